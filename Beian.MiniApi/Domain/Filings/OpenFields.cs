namespace Beian.MiniApi.Domain.Filings;

/// <summary>
/// Which fields the applicant may change now. A draft is open everywhere; after a rejection the marked fields and everything below them, and what the
/// requirements name besides, are open, and so is what was mended already; in every other state nothing is.
/// </summary>
public sealed class OpenFields
{
    private static readonly string[] Phones = ["/mobile", "/phone2", "/landline", "/emergencyPhone"];

    private static readonly string[] Identity = ["/name", "/certificateType", "/certificateNumber", "/validFrom", "/validTo"];

    private readonly string[] _open;

    private OpenFields(bool everything, IEnumerable<string> open) => (Everything, _open) = (everything, [.. open]);

    /// <summary>True when no field is locked.</summary>
    public bool Everything { get; }

    /// <summary>The open canonical paths; empty when everything or nothing is open.</summary>
    public IReadOnlyList<string> Paths => Everything ? [] : _open;

    /// <param name="filing">The filing as stored.</param>
    /// <param name="duePaths">Canonical paths that the requirements name as due.</param>
    public static OpenFields Of(FilingSnapshot filing, IEnumerable<string> duePaths)
    {
        if (filing.State == FilingState.Draft)
        {
            return new OpenFields(true, duePaths.Concat(filing.Opened));
        }

        if (Array.IndexOf(FilingTransitions.Editable, filing.State) < 0)
        {
            return new OpenFields(false, []);
        }

        var last = filing.Rounds.Count == 0 ? null : filing.Rounds[^1];
        if (last?.EndedBy == FilingTransitions.NameOf(FilingAction.RejectUnreachable))
        {
            return new OpenFields(false, PhonesOf(filing).Concat(duePaths).Concat(filing.Opened));
        }

        var findings = last?.Findings ?? [];
        return findings.Count == 0 || findings.Any(f => f.Path.Length == 0)
            ? new OpenFields(true, duePaths.Concat(filing.Opened))
            : new OpenFields(false, Marked(filing, findings).Concat(duePaths).Concat(filing.Opened));
    }

    /// <summary>True when that field may change.</summary>
    public bool Allows(string path) => Everything || Names(path);

    /// <summary>True when that field itself, or what it is part of, was marked or is due; a filed subject is open nowhere else.</summary>
    public bool Names(string path) => Array.Exists(_open, open => Covers(open, path));

    /// <summary>Of those paths, the ones that are locked.</summary>
    public IReadOnlyList<string> Locked(IEnumerable<string> paths) => [.. paths.Where(p => !Allows(p))];

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

            foreach (var path in PapersOfMarkedPeople(filing, finding.Path))
            {
                yield return path;
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

    /// <summary>Another person, or another certificate, comes with other papers: those of the same owner are open with the principal.</summary>
    private static IEnumerable<string> PapersOfMarkedPeople(FilingSnapshot filing, string marked)
    {
        foreach (var (owner, at) in filing.Sites.Select(s => (Owner: (string?)s.Id, At: $"/sites/{s.Id}/principal")).Prepend((Owner: null, At: "/subject/principal")))
        {
            if (Array.Exists(Identity, field => Covers(marked, at + field)))
            {
                foreach (var paper in filing.Materials.Where(m => m.SiteId == owner))
                {
                    yield return FormFields.PathOf(paper);
                }
            }
        }
    }

    private static IEnumerable<string> PhonesOf(FilingSnapshot filing) =>
        Phones.Select(p => "/subject/principal" + p).Concat(filing.Sites.SelectMany(s => Phones.Select(p => $"/sites/{s.Id}/principal{p}")));
}
