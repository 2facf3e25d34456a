namespace Beian.MiniApi.Domain.Filings;

/// <summary>
/// Which fields the applicant may change now. A draft is open everywhere; after a rejection the marked fields and everything below them, and what the
/// requirements name besides, are open; in every other state nothing is. A filed subject to which a site is added is never open as a whole.
/// </summary>
public sealed class OpenFields
{
    /// <summary>What is new when a site is added; the filed subject comes along as it is, and only what the requirements name in it may be mended.</summary>
    private static readonly string[] Added = ["/verification/domain", "/verification/resource", "/sites", "/materials"];

    private static readonly string[] Phones = ["/mobile", "/phone2", "/landline", "/emergencyPhone"];

    private readonly string[] _open;

    private OpenFields(bool everything, IEnumerable<string> open) => (Everything, _open) = (everything, [.. open]);

    /// <summary>True when no field is locked.</summary>
    public bool Everything { get; }

    /// <summary>The open canonical paths; empty when everything or nothing is open.</summary>
    public IReadOnlyList<string> Paths => _open;

    /// <param name="filing">The filing as stored.</param>
    /// <param name="duePaths">Canonical paths that the requirements name as due.</param>
    public static OpenFields Of(FilingSnapshot filing, IEnumerable<string> duePaths)
    {
        if (filing.State == FilingState.Draft)
        {
            return Whole(filing, duePaths);
        }

        if (Array.IndexOf(FilingTransitions.Editable, filing.State) < 0)
        {
            return new OpenFields(false, []);
        }

        var last = filing.Rounds.Count == 0 ? null : filing.Rounds[^1];
        if (last?.EndedBy == FilingTransitions.NameOf(FilingAction.RejectUnreachable))
        {
            return new OpenFields(false, PhonesOf(filing).Concat(duePaths));
        }

        var findings = last?.Findings ?? [];
        return findings.Count == 0 || findings.Any(f => f.Path.Length == 0)
            ? Whole(filing, duePaths)
            : new OpenFields(false, Marked(filing, findings).Concat(duePaths));
    }

    /// <summary>True when that field may change.</summary>
    public bool Allows(string path) => Everything || Array.Exists(_open, open => Covers(open, path));

    /// <summary>Of those paths, the ones that are locked.</summary>
    public IReadOnlyList<string> Locked(IEnumerable<string> paths) => [.. paths.Where(p => !Allows(p))];

    private static OpenFields Whole(FilingSnapshot filing, IEnumerable<string> duePaths) =>
        filing.SubjectId is null ? new OpenFields(true, []) : new OpenFields(false, Added.Concat(duePaths));

    /// <summary>A path covers itself and everything below it.</summary>
    private static bool Covers(string open, string path) =>
        path.StartsWith(open, StringComparison.Ordinal) && (path.Length == open.Length || path[open.Length] == '/');

    private static IEnumerable<string> Marked(FilingSnapshot filing, IReadOnlyList<ReviewFinding> findings)
    {
        foreach (var finding in findings)
        {
            yield return finding.Path;

            // A paper that was marked opens its kind and owner, so that it can be replaced.
            // It may have been replaced already, and be replaced again.
            if (finding.MaterialId is not null && filing.Materials.Concat(filing.Rounds.SelectMany(r => r.Form.Materials)).FirstOrDefault(m => m.Id == finding.MaterialId) is { } paper)
            {
                yield return FormFields.PathOf(paper);
            }

            // The verified site shows the verification's domain and resource: marking either marks both.
            var site = filing.Sites.FirstOrDefault(s => s.FromVerification);
            if (site is not null && (Covers($"/sites/{site.Id}/domain", finding.Path) || Covers(finding.Path, $"/sites/{site.Id}/domain")))
            {
                yield return "/verification/domain";
            }

            if (site is not null && (Covers($"/sites/{site.Id}/resource", finding.Path) || Covers(finding.Path, $"/sites/{site.Id}/resource")))
            {
                yield return "/verification/resource";
            }
        }
    }

    private static IEnumerable<string> PhonesOf(FilingSnapshot filing) =>
        Phones.Select(p => "/subject/principal" + p).Concat(filing.Sites.SelectMany(s => Phones.Select(p => $"/sites/{s.Id}/principal{p}")));
}
