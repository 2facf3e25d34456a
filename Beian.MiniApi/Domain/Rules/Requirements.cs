using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>What the rules need to know besides the filing.</summary>
/// <param name="Book">The reference data.</param>
/// <param name="RealName">What the provider knows about the account's identity.</param>
/// <param name="RealNameMustMatch">Policy switch: the subject must be the account's real name; default on.</param>
/// <param name="FaceCheckSupports">Whether the face check can handle a certificate type.</param>
/// <param name="Now">Business time.</param>
public sealed record RuleContext(ReferenceBook Book, RealName RealName, bool RealNameMustMatch, Func<int, bool> FaceCheckSupports, DateTimeOffset Now)
{
    /// <summary>The day it is in China.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Now.ToOffset(TimeSpan.FromHours(8)).Date);
}

/// <summary>A rule that begins to apply later.</summary>
public sealed record UpcomingRule(string Code, DateOnly EffectiveFrom);

/// <summary>Everything that stands between a filing and its submission.</summary>
/// <param name="Due">Must be done or mended.</param>
/// <param name="Warnings">May be submitted; the reviewer sees them.</param>
/// <param name="Pending">Waits for somebody or something else.</param>
/// <param name="Upcoming">Rules that will apply from a later date.</param>
public sealed record RequirementSet(
    IReadOnlyList<Finding> Due,
    IReadOnlyList<Finding> Warnings,
    IReadOnlyList<Finding> Pending,
    IReadOnlyList<UpcomingRule> Upcoming)
{
    /// <summary>True when nothing is due and nothing pending.</summary>
    public bool IsComplete => Due.Count == 0 && Pending.Count == 0;

    /// <summary>What is open, due before pending.</summary>
    public IReadOnlyList<Finding> Open => [.. Due, .. Pending];

    /// <summary>Canonical paths of the fields that are due, for <see cref="OpenFields"/>.</summary>
    public IEnumerable<string> DuePaths(FilingSnapshot filing) => Due.SelectMany(f => PathsOf(f, filing));

    private static IEnumerable<string> PathsOf(Finding due, FilingSnapshot filing) => due switch
    {
        { MaterialKind: { } kind } => [FormFields.MaterialPath(kind, due.MaterialPart, due.SiteId)],

        // The picture that stands in for a face check may always be handed in while one is due.
        { Step: "faceCheck" } => [FormFields.MaterialPath(FaceCheckRules.Fallback, null, due.SiteId), FormFields.MaterialPath(FaceCheckRules.Fallback, null, null)],

        // What is asked for here is a yes, not other values.
        { Code: "subject.notConfirmed" } => [],

        // A filed subject that is not the account's real name is not mended by renaming it.
        { Step: "verification", Pointer: "/subject/name" } when filing.SubjectId is not null => [],
        _ => [FormFields.FieldOf(FormFields.Canonical(due.Pointer, filing.Sites))],
    };
}

/// <summary>Judges a filing against the data: presence, format, check digits, and the papers that are always due. Pure; nothing is stored.</summary>
public static class Requirements
{
    /// <summary>Version of the rules in this build, kept with every submission.</summary>
    public const string Version = "2026-11";

    public static RequirementSet Of(Filing filing, RuleContext context)
    {
        var findings = new FindingList(filing.Snapshot.Sites);
        VerificationRules.Judge(filing, context, findings);
        SubjectRules.Judge(filing, context, findings);
        SiteRules.JudgeCount(filing, findings);
        for (var i = 0; i < filing.Snapshot.Sites.Count; i++)
        {
            SiteRules.Judge(filing, i, context, findings);
        }

        FaceCheckRules.Judge(filing, context, findings);
        MaterialRules.Judge(filing, context, findings);
        return findings.ToSet();
    }
}

/// <summary>Collects findings of one judgement.</summary>
internal sealed class FindingList(IReadOnlyList<Site> sites)
{
    private readonly List<Finding> _due = [];
    private readonly List<Finding> _warnings = [];
    private readonly List<Finding> _pending = [];

    public IReadOnlyList<Site> Sites { get; } = sites;

    public void Due(Finding finding) => _due.Add(finding);

    public void Warn(Finding finding) => _warnings.Add(finding with { Severity = Severity.Warning });

    public void Pending(Finding finding) => _pending.Add(finding);

    /// <summary>Due when the value is empty.</summary>
    /// <returns>True when there is a value to judge further.</returns>
    public bool Present(string? value, string pointer, string code, string step, string? siteId = null)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            return true;
        }

        Due(new Finding(pointer, code) { Step = step, SiteId = siteId });
        return false;
    }

    public RequirementSet ToSet() => new(_due, _warnings, _pending, []);
}
