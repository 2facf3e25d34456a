using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Domain.Rules;

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
        ContactRules.Judge(filing, findings);
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
