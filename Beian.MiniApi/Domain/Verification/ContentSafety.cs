namespace Beian.MiniApi.Domain.Verification;

/// <summary>The check of published texts by a content safety service (内容安全).</summary>
public static class ContentSafety
{
    /// <summary>The text may not be published.</summary>
    public const string Risky = "content.risky";

    /// <summary>The service is not sure: a person should look, and the applicant is not told.</summary>
    public const string ForReview = "content.review";

    /// <summary>A result as its applicant sees it: what is only for the reviewer's eyes looks like any other text that passed.</summary>
    public static CheckResult AsShown(CheckResult result) => result.Code == ForReview ? result with { Code = null, Evidence = null } : result;
}
