using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Verification;

/// <summary>How a check ended.</summary>
public enum CheckOutcome
{
    Passed = 1,

    /// <summary>The fact is known and speaks against the filing.</summary>
    Failed = 2,

    /// <summary>Nothing could be established; the applicant goes on and the check is tried again later.</summary>
    Unknown = 3,
}

/// <summary>Why a check is <see cref="CheckOutcome.Unknown"/>.</summary>
public enum UnknownReason
{
    /// <summary>The source answered, but does not publish this fact (or we hold no list to compare it with); asking again will not help.</summary>
    NotDisclosed = 1,

    /// <summary>The source did not answer in time or not understandably; asking again may help.</summary>
    Unavailable = 2,
}

/// <summary>What one check of a fact outside the filing found. Holds no personal data.</summary>
/// <param name="Check">Name of the check, such as <c>domain.expiry</c>.</param>
/// <param name="Outcome">How it ended. A passed check may still carry a <paramref name="Code"/>: then it is a warning.</param>
/// <param name="Code">Finding code with texts in <c>ReferenceData/texts</c>; null when there is nothing to say.</param>
/// <param name="Reason">Set exactly when the outcome is <see cref="CheckOutcome.Unknown"/>.</param>
/// <param name="Evidence">Short text for the reviewer, such as <c>rdap expires 2027-05-01</c>; null when nothing was read.</param>
/// <param name="CheckedAt">When the source was asked, in real time.</param>
public sealed record CheckResult(string Check, CheckOutcome Outcome, string? Code, UnknownReason? Reason, string? Evidence, DateTimeOffset CheckedAt)
{
    /// <summary>Values for the placeholders of the code's texts.</summary>
    public IReadOnlyDictionary<string, string> Args { get; init; } = Texts.NoArgs;

    /// <summary>The rule of a pack that judged; null when the check itself did.</summary>
    public RuleRef? Rule { get; init; }

    /// <summary>Canonical path of the one field of the form it is about; null when the name of the check says it.</summary>
    public string? Field { get; init; }

    public static CheckResult Passed(string check, string? evidence, DateTimeOffset checkedAt) => new(check, CheckOutcome.Passed, null, null, evidence, checkedAt);

    /// <summary>Passed, with a remark worth showing.</summary>
    public static CheckResult Warned(string check, string code, string? evidence, DateTimeOffset checkedAt) => new(check, CheckOutcome.Passed, code, null, evidence, checkedAt);

    public static CheckResult Failed(string check, string code, string? evidence, DateTimeOffset checkedAt) => new(check, CheckOutcome.Failed, code, null, evidence, checkedAt);

    public static CheckResult Unknown(string check, UnknownReason reason, string? evidence, DateTimeOffset checkedAt) =>
        new(check, CheckOutcome.Unknown, null, reason, evidence, checkedAt);
}
