using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Outlook;

/// <summary>What takes its time, in the order in which it is waited for.</summary>
internal static class WaitOutlooks
{
    private const string Hours = "hours";
    private const string WorkingDays = "workingDays";

    public static IReadOnlyList<WaitOutlook> Of(Outset o) => [.. Before(o), .. Review(o), .. Authority(o)];

    /// <summary>What providers saw the authority take; null where nobody has counted.</summary>
    public static EstimateOutlook? Estimate(Outset o) =>
        o.Find<DayRange>("reviewWorkingDays") is { } days ? new EstimateOutlook(days.Value.Min, days.Value.Max, days.Ref, days.Row.Source) : null;

    private static IEnumerable<WaitOutlook> Before(Outset o)
    {
        const string realName = "account.realName";
        if (o.Shape.Individual && o.Policy.RealNameMustMatch && o.Book.FindField(realName) is { } account)
        {
            var hours = (int)VerificationRules.IndividualWait.TotalHours;
            yield return new WaitOutlook("accountRealName", hours, hours, Hours, Phrase.Say("outlook.wait.accountRealName", ("hours", hours)), o.Book.RefOf("fields", realName), [account.Source]);
        }

        if (o.Find<DomainDefaults>("domain") is { } domain)
        {
            var (days, working) = (domain.Value.RealNameMinAge.SameProviderNaturalDays, domain.Value.RealNameMinAge.OtherProviderWorkingDays);
            yield return new WaitOutlook("domainRealName", days, days, "days", Phrase.Say("outlook.wait.domainRealName", ("days", days), ("working", working)), domain.Ref, domain.Row.Source);
        }
    }

    private static IEnumerable<WaitOutlook> Review(Outset o)
    {
        if (o.Find<DayRange>("providerReviewWorkingDays") is { } review)
        {
            yield return new WaitOutlook("providerReview", review.Value.Min, review.Value.Max, WorkingDays, Phrase.Say("outlook.wait.providerReview", ("min", review.Value.Min), ("max", review.Value.Max)), review.Ref, review.Row.Source);
        }

        var hours = (int)FilingTimes.AuthoritySubmission.TotalHours;
        yield return new WaitOutlook("handOver", 0, hours, Hours, Phrase.Say("outlook.wait.handOver", ("hours", hours)), null, []);
    }

    private static IEnumerable<WaitOutlook> Authority(Outset o)
    {
        var sms = o.Find<SmsRule>("smsVerification");
        if (sms is { Value.Required: true } && !sms.Value.ExemptKinds.Contains(o.Shape.DataKind) && o.Find<bool>("smsVerificationRequired") is not { Value: false })
        {
            var own = o.Find<int>("smsVerificationHours");
            var hours = own?.Value ?? sms.Value.Hours;
            yield return new WaitOutlook("sms", 0, hours, Hours, Phrase.Say("outlook.wait.sms", ("hours", hours)), own?.Ref ?? sms.Ref, own?.Row.Source ?? sms.Row.Source);
        }

        if (o.Find<int>("reviewLimitWorkingDays") is { } law)
        {
            yield return new WaitOutlook("authority", 0, law.Value, WorkingDays, Phrase.Say("outlook.wait.authority", ("days", law.Value)), law.Ref, law.Row.Source);
        }
    }
}
