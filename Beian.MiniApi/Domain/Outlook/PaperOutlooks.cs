using Beian.MiniApi.Domain.Letters;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules;

namespace Beian.MiniApi.Domain.Outlook;

/// <summary>The papers of a filing of one shape, each once per owner with everything that asks for it.</summary>
internal static class PaperOutlooks
{
    private const string SubjectCertificate = "subjectCertificate";

    public static IReadOnlyList<PaperOutlook> Of(Outset o)
    {
        var papers = new List<PaperOutlook>();
        foreach (var group in PaperClaims.Of(o).GroupBy(c => (c.Kind, c.Owner)))
        {
            if (o.Book.FindMaterial(group.Key.Kind) is { } row && o.Book.FindFormatProfile(row.FormatProfile) is { } format)
            {
                papers.Add(Paper(row, group.Key.Owner, format, [.. group.Select(c => c.Reason).OrderBy(r => r.When is null ? 0 : 1).ThenBy(r => r.Weight)], o));
            }
        }

        var order = o.Book.Tables.Materials.Select((m, i) => (m.Id, i)).ToDictionary(m => m.Id, m => m.i, StringComparer.Ordinal);
        return [.. papers.OrderBy(p => Rank(p.Required)).ThenBy(p => order[p.Row.Id])];
    }

    /// <summary>Whether a row of the materials data can mean this shape.</summary>
    public static bool Concerns(Material row, Outset o) => row.Concerns(o.Shape.Nature, o.Shape.Province) && row.ConcernsKind(o.Shape.DataKind);

    private static PaperOutlook Paper(Material row, string owner, FormatProfile format, IReadOnlyList<PaperReason> reasons, Outset o)
    {
        var template = o.Letters.Find(row.Id) is { } letter && row.IsCurrent && Concerns(row, o) && (letter.Provinces?.Contains(o.Shape.Province) ?? true) ? letter : null;
        var age = LetterAges.Stated(row, o.Situation);
        int? months = row.Validity?.MinRemainingMonths is not { } own ? null
            : SubjectRules.MonthsLeft(o.Situation, m => row.Id == SubjectCertificate ? m.Subject : m.Person)?.Months ?? own;
        return new PaperOutlook(
            row, owner, Required(row, reasons), reasons, format, months, age?.Months, age?.Days, template is null ? row.Signing : LetterSigning.For(template.Signing ?? row.Signing, o.Shape.Individual), template?.Title);
    }

    private static string Required(Material row, IReadOnlyList<PaperReason> reasons) =>
        reasons.Any(r => r is { When: null, Weight: Severity.Error }) ? "always" : row.Required == "optional" ? "optional" : "conditional";

    private static int Rank(string required) => required switch { "always" => 0, "conditional" => 1, _ => 2 };
}
