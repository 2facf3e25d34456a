using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>One paper that is due.</summary>
/// <param name="Kind">Id of the materials data.</param>
/// <param name="Part">The part, or null for a kind without parts.</param>
/// <param name="SiteId">Whose: null for the subject and its principal.</param>
/// <param name="Count">How many, at least.</param>
public sealed record DueMaterial(string Kind, string? Part, string? SiteId, int Count);

/// <summary>上传材料: the papers that are always due for this subject, its people and sites.</summary>
public static class MaterialRules
{
    /// <summary>Stands in for what the registry does not publish about the owner of a domain.</summary>
    public const string RealNameScreenshot = "domainRealNameScreenshot";

    private const string IdCard = "idCard";
    private const string OtherPersonalId = "otherPersonalId";
    private const int ResidentIdCardType = 2;

    internal static void Judge(Filing filing, RuleContext context, FindingList findings)
    {
        foreach (var due in DueOf(filing, context.Book))
        {
            var there = filing.Snapshot.Materials.Count(m => m.Kind == due.Kind && m.Part == due.Part && m.SiteId == due.SiteId);
            if (there < due.Count)
            {
                findings.Due(new Finding("/materials", "material.missing")
                {
                    Step = "materials",
                    SiteId = due.SiteId,
                    MaterialKind = due.Kind,
                    MaterialPart = due.Part,
                    Args = Texts.Args(("material", context.Book.FindMaterial(due.Kind)?.Name ?? due.Kind), ("part", due.Part is null ? string.Empty : "name.part." + due.Part)),
                });
            }
        }
    }

    /// <summary>Every paper that is due, in the order of the data. Empty until nature and province are known.</summary>
    public static IEnumerable<DueMaterial> DueOf(Filing filing, ReferenceBook book)
    {
        var v = filing.Snapshot.Verification;
        if (v.SubjectNature is not { } nature || v.Region?.Province is not { } province)
        {
            yield break;
        }

        var kind = filing.Snapshot.Kind == FilingKind.AddSite ? "AddServiceLocal" : "FirstFiling";
        foreach (var row in book.Tables.Materials)
        {
            var profile = book.FindFormatProfile(row.FormatProfile);
            if (row.Required != "always" || !row.IsCurrent || profile is not { IsUploaded: true } || !row.Concerns(nature, province) || !(row.FilingKinds?.Contains(kind) ?? true))
            {
                continue;
            }

            foreach (var due in Owners(filing, row, book))
            {
                yield return due;
            }
        }

        foreach (var site in filing.Snapshot.Sites.Where(s => s.Checks.Results.Any(IsHidden)))
        {
            yield return new DueMaterial(RealNameScreenshot, null, site.Id, 1);
        }
    }

    /// <summary>How many papers of a kind fit per part and owner.</summary>
    public static int MaxCountPerPart(Reference.Material row) => row.Parts.Count == 0 ? row.MaxCount : Math.Max(1, row.MaxCount / row.Parts.Count);

    /// <summary>A fact about the domain's owner that the registry does not publish: a screenshot shows it instead.</summary>
    private static bool IsHidden(CheckResult result) =>
        result is { Outcome: CheckOutcome.Unknown, Reason: UnknownReason.NotDisclosed, Check: "domain.holder" or "domain.realName" or "domain.registrar" };

    private static IEnumerable<DueMaterial> Owners(Filing filing, Reference.Material row, ReferenceBook book)
    {
        switch (row.AppliesTo)
        {
            case "person":
                return PersonsOf(filing).SelectMany(p => OfPerson(p.Person, p.SiteId, row, book));
            case "website":
                return filing.Snapshot.Sites.SelectMany(s => Parts(row, s.Id));
            default:
                return Parts(row, null);
        }
    }

    /// <summary>The subject's principal, and each site's that is somebody else.</summary>
    private static IEnumerable<(Person Person, string? SiteId)> PersonsOf(Filing filing)
    {
        var subject = filing.Snapshot.Subject.Principal;
        yield return (subject, null);
        foreach (var site in filing.Snapshot.Sites)
        {
            if (!filing.SharesPrincipal(site) && (site.Principal.Name, site.Principal.CertificateNumber) != (subject.Name, subject.CertificateNumber))
            {
                yield return (site.Principal, site.Id);
            }
        }
    }

    /// <summary>A resident identity card is due by both sides, any other paper of a person by its front.</summary>
    private static IEnumerable<DueMaterial> OfPerson(Person person, string? siteId, Reference.Material row, ReferenceBook book)
    {
        if (row.Id != IdCard || person.CertificateType is null or ResidentIdCardType)
        {
            return Parts(row, siteId);
        }

        return book.FindMaterial(OtherPersonalId) is { Parts.Count: > 0 } other ? [new DueMaterial(OtherPersonalId, other.Parts[0], siteId, 1)] : [];
    }

    private static IEnumerable<DueMaterial> Parts(Reference.Material row, string? siteId) =>
        row.Parts.Count == 0
            ? [new DueMaterial(row.Id, null, siteId, row.MinCount)]
            : row.Parts.Take(row.MinCount).Select(part => new DueMaterial(row.Id, part, siteId, 1));
}
