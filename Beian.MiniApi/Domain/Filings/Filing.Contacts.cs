using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Domain.Filings;

/// <content>Phones, addresses and numbers of the principals: whom they belong to, here and elsewhere.</content>
public sealed partial class Filing
{
    /// <summary>What decides about every contact of the form: the rules of the province, and who the subject is.</summary>
    private static readonly string[] DecideAboutContacts = ["/verification/region/province", "/verification/subjectNature", "/verification/certificateNumber"];

    /// <summary>The principals with the canonical path at which each stands; one that serves several sites by reference stands once.</summary>
    public IEnumerable<(string At, Person Person)> Principals() =>
        _s.Sites.Where(site => !SharesPrincipal(site)).Select(site => ($"/sites/{site.Id}/principal", site.Principal)).Prepend(("/subject/principal", _s.Subject.Principal));

    /// <summary>Results of the checks of the subject, its principal and its remark.</summary>
    public IEnumerable<CheckResult> ResultsOfSubject() => _s.Verification.SubjectResults.Concat(ContactResultsAt("/subject/")).Concat(TextResultsOf(null));

    /// <summary>Results of the checks of a site, its own principal and its texts.</summary>
    public IEnumerable<CheckResult> ResultsOf(Site site) => site.Checks.Results.Concat(ContactResultsAt($"/sites/{site.Id}/")).Concat(TextResultsOf(site.Id));

    private IEnumerable<CheckResult> ContactResultsAt(string prefix) => _s.ContactResults.Where(r => r.Field!.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>A draft keeps its contacts to itself, and so does what has come to nothing.</summary>
    private static FilingSnapshot WithContacts(FilingSnapshot s) => Array.IndexOf(NeverSubmitted, s.State) < 0 ? s : s with { Contacts = [] };

    /// <summary>The results that still say something about the form after those changes.</summary>
    private static IReadOnlyList<CheckResult> StillValid(IReadOnlyList<CheckResult> results, IReadOnlyList<FieldChange> changes)
    {
        if (results.Count == 0 || changes.Count == 0)
        {
            return results;
        }

        var changed = changes.Select(c => c.Path).ToHashSet(StringComparer.Ordinal);
        return Array.Exists(DecideAboutContacts, changed.Contains)
            ? []
            : [.. results.Where(r => !changed.Contains(r.Field!) && !changed.Contains(NumberBeside(r.Field!)))];
    }

    /// <summary>Whose contact it is, is told by the number beside it.</summary>
    private static string NumberBeside(string field) => field[..field.LastIndexOf('/')] + "/certificateNumber";
}
