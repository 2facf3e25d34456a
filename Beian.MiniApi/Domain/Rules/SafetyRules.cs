using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>What the content safety said of the published texts: a risky one is due, one that nobody judged a warning. What is for the reviewer alone is not told here.</summary>
internal static class SafetyRules
{
    public static void Judge(Situation s, FindingList findings)
    {
        foreach (var text in s.Filing.PublishedTexts())
        {
            if (s.Filing.JudgementOf(text) is { } judged)
            {
                VerificationRules.Report(
                    ContentSafety.AsShown(judged.Result), FormFields.Pointer(text.Field, s.Sites), text.SiteId is null ? "subject" : "site", text.SiteId, s, findings);
            }
        }
    }
}
