using Beian.MiniApi.Platform;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Timers.Notify;

namespace Beian.MiniApi.Tests.Notify;

/// <summary>What a text message and a mail say of an event.</summary>
public sealed class DeliveryWordsTests
{
    private const string Why = "家里有事，暂缓办理";

    private readonly DeliveryWords _words = new(TextCatalogue.Load(Path.Combine(TheBook.Folder, "texts")), TheBook.Shipped);

    /// <summary>Why somebody withdrew is theirs and the reviewers'.</summary>
    [Fact]
    public void Reminder_AfterAWithdrawal_DoesNotSayWhySomebodyWithdrew()
    {
        var withdrawn = AFiling.InReview().Withdraw(Why, AFiling.Applicant, AFiling.DecidedAt).Value;
        var reminded = withdrawn.Fire(withdrawn.NextTimer()!).Value;
        var entry = reminded.Snapshot.History[^1];
        Assert.Equal((Why, "draftExpiring.23"), (withdrawn.Snapshot.History[^1].Note, entry.Code));

        var (mail, sms) = (_words.Mail(reminded, entry, "a@example.com", english: false), _words.Sms(reminded, entry, AForm.Principal.Mobile!, english: false));

        Assert.All(new[] { mail.Subject!, mail.Text, sms.Text }.Concat(mail.Values.Values).Concat(sms.Values.Values), said => Assert.DoesNotContain("家里有事", said, StringComparison.Ordinal));
    }

    [Fact]
    public void Reminder_OfWhatWasSentBack_RepeatsWhatTheReviewerSaid()
    {
        var sentBack = AFiling.ModificationRequested(null, "/subject/name");
        var reminded = sentBack.Fire(sentBack.NextTimer()!).Value;
        var entry = reminded.Snapshot.History[^1];
        Assert.StartsWith("waitingForYou", entry.Code, StringComparison.Ordinal);

        Assert.Contains("1. 主办单位名称 / 姓名：made up，请修改。", _words.Mail(reminded, entry, "a@example.com", english: false).Text, StringComparison.Ordinal);
    }
}
