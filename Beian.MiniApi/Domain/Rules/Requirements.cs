using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>A rule that begins to apply later and would find something in the filing as it is.</summary>
/// <param name="Finding">What it will say.</param>
/// <param name="EffectiveFrom">First day it judges.</param>
public sealed record UpcomingRule(Finding Finding, DateOnly EffectiveFrom);

/// <summary>Everything that stands between a filing and its submission.</summary>
/// <param name="Due">Must be done or mended.</param>
/// <param name="Warnings">May be submitted; the reviewer sees them. Remarks that only inform are among them.</param>
/// <param name="Pending">Waits for somebody or something else.</param>
/// <param name="Upcoming">Rules that will apply from a later date.</param>
public sealed record RequirementSet(
    IReadOnlyList<Finding> Due,
    IReadOnlyList<Finding> Warnings,
    IReadOnlyList<Finding> Pending,
    IReadOnlyList<UpcomingRule> Upcoming)
{
    /// <summary>Packs and data files that judged, with their versions.</summary>
    public string RulesVersion { get; init; } = string.Empty;

    /// <summary>True when nothing is due and nothing pending.</summary>
    public bool IsComplete => Due.Count == 0 && Pending.Count == 0;

    /// <summary>What is open, due before pending.</summary>
    public IReadOnlyList<Finding> Open => [.. Due, .. Pending];

    /// <summary>Canonical paths of the fields that are due, for <see cref="OpenFields"/>.</summary>
    public IEnumerable<string> DuePaths(FilingSnapshot filing) => Due.SelectMany(f => PathsOf(f, filing));

    private static IEnumerable<string> PathsOf(Finding due, FilingSnapshot filing) => due switch
    {
        { MaterialKind: { } kind } => [FormFields.MaterialPath(kind, due.MaterialPart, due.SiteId), .. due.Alternatives.Select(a => FormFields.MaterialPath(a, null, due.SiteId))],

        // The picture that stands in for a face check may always be handed in while one is due.
        { Step: "faceCheck" } => [FormFields.MaterialPath(FaceCheckRules.Fallback, null, due.SiteId), FormFields.MaterialPath(FaceCheckRules.Fallback, null, null)],

        // What is asked for here is a yes, not other values.
        { Code: "subject.notConfirmed" or "subject.emptyShell" } => [],

        // A filed subject that is not the account's real name is not mended by renaming it.
        { Step: "verification", Pointer: "/subject/name" } when filing.SubjectId is not null => [],

        // Another name, or the paper with which the name may stand.
        { AlternativeMaterial: { } paper } => [Field(due, filing), FormFields.MaterialPath(paper, null, due.SiteId)],
        _ => [Field(due, filing)],
    };

    private static string Field(Finding due, FilingSnapshot filing) => FormFields.FieldOf(FormFields.Canonical(due.Pointer, filing.Sites));
}

/// <summary>Judges a filing against the rules in force on its day in its province. Pure; nothing is stored, and the same input always gives the same findings in the same order.</summary>
public static class Requirements
{
    public static RequirementSet Of(Filing filing, RuleContext context)
    {
        var province = filing.Snapshot.Verification.Region?.Province;
        var editable = Array.IndexOf(FilingTransitions.Editable, filing.State) >= 0;
        if (!editable && filing.Snapshot.Rounds.Count > 0)
        {
            // What was handed in stays judged by the rules it was handed in under.
            return Judge(filing, context, context.Rules.For(province, ChinaTime.DateOf(filing.Snapshot.Rounds[^1].SubmittedAt)));
        }

        var now = Judge(filing, context, context.Rules.For(province, context.Today));
        var upcoming = new List<UpcomingRule>();
        var known = now;
        foreach (var later in context.Rules.After(province, context.Today))
        {
            var then = Judge(filing, context, later);
            upcoming.AddRange(then.Due.Concat(then.Warnings).Where(f => !Contains(known, f)).Select(f => new UpcomingRule(f, later.From)));
            known = then;
        }

        return now with { Upcoming = upcoming };
    }

    private static bool Contains(RequirementSet set, Finding finding)
    {
        bool Same(Finding f) => f.Code == finding.Code && f.Pointer == finding.Pointer && f.MaterialKind == finding.MaterialKind && f.MaterialPart == finding.MaterialPart && f.SiteId == finding.SiteId && f.Severity == finding.Severity;
        return set.Due.Any(Same) || set.Warnings.Any(Same);
    }

    private static RequirementSet Judge(Filing filing, RuleContext context, RuleSet rules)
    {
        var s = new Situation(filing, context, rules);
        var findings = new FindingList(context.Book);

        // First, since a character nobody sees explains whatever else is wrong with a number.
        WrittenCharacters.Judge(s, findings);
        VerificationRules.Judge(s, findings);
        ResidenceRules.Judge(s, findings);
        SubjectRules.Judge(s, findings);
        PersonRules.Judge(s.Principal, s, findings);
        ContactRules.Judge(s, findings);
        CountRules.Judge(s, findings);

        // Before the sites: where a province's own words and the nation's ask for one paper, the province is named.
        WordRules.Judge(s, findings);
        for (var i = 0; i < s.Sites.Count; i++)
        {
            SiteRules.Judge(i, s, findings);
            if (s.SitePrincipals.FirstOrDefault(p => p.SiteId == s.Sites[i].Id) is { } principal)
            {
                PersonRules.Judge(principal, s, findings);
            }
        }

        PhoneRules.JudgeTogether(s, findings);
        PrincipalRules.Judge(s, findings);
        FaceCheckRules.Judge(s, findings);
        MaterialRules.Judge(s, findings);
        DemandRules.Judge(s, findings);
        SafetyRules.Judge(s, findings);
        ReadingRules.Judge(s, findings);
        return findings.ToSet() with { RulesVersion = rules.Version };
    }
}
