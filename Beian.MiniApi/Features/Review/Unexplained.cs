using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Features.Review;

/// <summary>Checks that stand in the way of an approval until somebody has explained them.</summary>
internal static class Unexplained
{
    private static readonly string[] ShownByScreenshot = [RegistryChecks.Registrar, RegistryChecks.RealName, RegistryChecks.Holder];

    /// <summary>
    /// Everything failed or unknown, and every text that the content safety left to a person, less what was explained. A fact that the registry does not publish is explained by the screenshot that was asked for
    /// instead; one that could not be asked needs a word.
    /// </summary>
    public static IEnumerable<(CheckResult Result, string? SiteId)> Of(Filing filing, IReadOnlyList<UnknownExplanation> explanations)
    {
        var s = filing.Snapshot;
        var all = filing.ResultsOfSubject().Select(r => (Result: r, SiteId: (string?)null))
            .Concat(s.Sites.SelectMany(site => filing.ResultsOf(site).Select(r => (Result: r, SiteId: (string?)site.Id))));
        return all.Where(x => (x.Result.Outcome != CheckOutcome.Passed || x.Result.Code == ContentSafety.ForReview)
            && !explanations.Any(e => e.Check == x.Result.Check && (e.SiteId is null || e.SiteId == x.SiteId))
            && !IsShown(s, x.Result, x.SiteId));
    }

    public static string CodeOf(CheckResult result) => result.Outcome == CheckOutcome.Unknown ? CheckNames.UnknownCode(result) : result.Code!;

    private static bool IsShown(FilingSnapshot s, CheckResult result, string? siteId) =>
        result is { Outcome: CheckOutcome.Unknown, Reason: UnknownReason.NotDisclosed } && Array.IndexOf(ShownByScreenshot, result.Check) >= 0
        && s.Materials.Any(m => m.Kind == MaterialRules.RealNameScreenshot && m.SiteId == siteId);
}
