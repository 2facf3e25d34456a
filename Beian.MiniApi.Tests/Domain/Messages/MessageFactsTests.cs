using System.Text.Json;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Messages;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Messages;

/// <summary>What messages say about a filing.</summary>
public sealed class MessageFactsTests
{
    [Fact]
    public void Events_AreThoseThatTheInboxTells()
    {
        using var texts = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(TheBook.Folder, "texts", "notification.json")));
        var told = texts.RootElement.EnumerateObject().Select(t => t.Name).Where(n => n != "notification.notFound").Order(StringComparer.Ordinal);

        Assert.Equal(told, MessageEvent.All.Keys.Order(StringComparer.Ordinal));
        Assert.All(Enum.GetValues<FilingAction>().Where(a => Filing.Tells(a) && a != FilingAction.Remind), a => Assert.Contains("notification." + FilingTransitions.NameOf(a), MessageEvent.All.Keys));
    }

    [Fact]
    public void Hints_FitALineAsTheyAre() =>
        Assert.All(MessageEvent.All.Values, e => Assert.Equal(e.Hint, MessageValues.Of(MessageFieldKind.Thing, new MessageFact(e.Hint), default, [])));

    [Fact]
    public void Phrases_OfEveryState_FitAPhraseAsTheyAre() => Assert.All(
        Enum.GetValues<FilingState>(),
        s => Assert.Equal(MessageFacts.PhraseOf(s), MessageValues.Of(MessageFieldKind.Phrase, new MessageFact(MessageFacts.PhraseOf(s)), default, [])));

    [Fact]
    public void Reason_OfAReminderAfterAWithdrawal_IsTheReviewersAndNeverTheApplicants()
    {
        var sent = AFiling.Called().Reject(true, [], "名称与证件不符", AFiling.Reviewer, AFiling.DecidedAt).Value;
        var back = AFiling.Submitted(sent, AFiling.DecidedAt).Withdraw("made up", AFiling.Applicant, AFiling.DecidedAt).Value;
        var draft = AFiling.InReview().Withdraw("made up", AFiling.Applicant, AFiling.DecidedAt).Value;

        Assert.Equal("名称与证件不符", Reminded(back).Text);
        Assert.DoesNotContain("made up", Reminded(draft).Text, StringComparison.Ordinal);
    }

    private static MessageFact Reminded(Filing filing)
    {
        var reminded = filing.Fire(filing.NextTimer()!).Value;
        return MessageFacts.Of("reason", reminded, reminded.Snapshot.History[^1]);
    }

    [Fact]
    public void Fact_ToString_SaysNothing() => Assert.Equal("MessageFact", new MessageFact("欧阳·测试").ToString());
}
