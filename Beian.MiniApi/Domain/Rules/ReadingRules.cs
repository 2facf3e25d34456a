using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>A field that was typed otherwise than it was read from the paper. Holds personal data and never prints.</summary>
/// <param name="MaterialId">The paper.</param>
/// <param name="Pointer">JSON pointer of the typed field.</param>
/// <param name="Code">What differs, such as <c>ocr.nameDiffers</c>.</param>
/// <param name="Typed">As typed.</param>
/// <param name="Read">As read.</param>
public sealed record ReadingDifference(string MaterialId, string Pointer, string Code, string Typed, string Read)
{
    public required string Step { get; init; }

    /// <summary>Id of the field's row.</summary>
    public required string Field { get; init; }

    /// <summary>The site whose paper or principal it is, or null.</summary>
    public string? SiteId { get; init; }

    public override string ToString() => $"{nameof(ReadingDifference)} {Code}";
}

/// <summary>What was typed against what was read from the papers. Recognition errs: a difference is a warning that the applicant may overrule.</summary>
public static class ReadingRules
{
    /// <summary>The kind that holds both sides of a resident identity card.</summary>
    public const string IdCard = "idCard";

    /// <summary>The kind that holds the licence of an organisation.</summary>
    public const string Licence = "subjectCertificate";

    /// <summary>Every difference, in the order of the papers.</summary>
    /// <remarks>The business scope is not compared: it is long, and recognition hardly ever gets all of it.</remarks>
    public static IReadOnlyList<ReadingDifference> Differences(Filing filing) =>
        [.. filing.Snapshot.Materials.Where(m => m.Reading is { Status: ReadingStatus.Recognised }).SelectMany(m => Of(m, m.Reading!, filing)).OfType<ReadingDifference>()];

    internal static void Judge(Situation s, FindingList findings)
    {
        foreach (var d in Differences(s.Filing))
        {
            findings.Field(d.Field, new Finding(d.Pointer, d.Code) { Step = d.Step, SiteId = d.SiteId }, Severity.Warning);
        }

        var papers = s.Filing.Snapshot.Materials;
        for (var i = 0; i < papers.Count; i++)
        {
            if (ShowsOtherSide(papers[i]))
            {
                findings.Warn(s.Book.RefOf("materials", papers[i].Kind), new Finding($"/materials/{i}", "ocr.sideDiffers") { Step = "materials", SiteId = papers[i].SiteId });
            }
        }
    }

    /// <summary>True when the picture shows the other side of the card than its part says.</summary>
    public static bool ShowsOtherSide(Material paper) =>
        paper.Reading?.Side is { } side && paper.Part is Reading.Front or Reading.Back && side != paper.Part;

    private static IEnumerable<ReadingDifference?> Of(Material paper, Reading read, Filing filing) => paper.Kind switch
    {
        IdCard => OfCard(paper, read, filing),
        Licence => OfLicence(paper, read, filing.Snapshot),
        _ => [],
    };

    private static IEnumerable<ReadingDifference?> OfCard(Material paper, Reading read, Filing filing)
    {
        var site = paper.SiteId is null ? null : filing.FindSite(paper.SiteId);
        var own = site is not null && !filing.SharesPrincipal(site);
        var person = own ? site!.Principal : filing.Snapshot.Subject.Principal;
        var (at, step) = own ? (FormFields.Pointer($"/sites/{site!.Id}/principal", filing.Snapshot.Sites), "sitePrincipal") : ("/subject/principal", "subjectPrincipal");
        ReadingDifference? Compare(string field, string code, string? typed, string? value) => Differ(paper, at + "/" + field, code, typed, value, step, $"{step}.{field}");
        yield return Compare("name", "ocr.nameDiffers", person.Name, read.Name);
        yield return Compare("certificateNumber", "ocr.numberDiffers", person.CertificateNumber, read.Number);
        yield return Compare("validFrom", "ocr.validityDiffers", person.ValidFrom, read.ValidFrom);
        yield return Compare("validTo", "ocr.validityDiffers", person.ValidTo, read.ValidTo);

        // A person who files shows the card as the subject's certificate, too.
        if (paper.SiteId is null && filing.IsIndividual == true)
        {
            yield return Differ(paper, "/subject/certificateAddress", "ocr.addressDiffers", filing.Snapshot.Subject.CertificateAddress, read.Address, "subject", "subject.certificateAddress");
        }
    }

    private static IEnumerable<ReadingDifference?> OfLicence(Material paper, Reading read, FilingSnapshot s)
    {
        ReadingDifference? Compare(string field, string code, string? typed, string? value) =>
            Differ(paper, "/subject/" + field, code, typed, value, "subject", "subject." + field.Replace('/', '.'));
        yield return Compare("name", "ocr.nameDiffers", s.Subject.Name, read.Name);
        yield return Differ(paper, "/verification/certificateNumber", "ocr.numberDiffers", s.Verification.CertificateNumber, read.Number, "verification", "verification.certificateNumber");
        yield return Compare("legalRepresentative/name", "ocr.legalRepresentativeDiffers", s.Subject.LegalRepresentative?.Name, read.LegalRepresentative);
        yield return Compare("certificateAddress", "ocr.addressDiffers", s.Subject.CertificateAddress, read.Address);
        yield return Compare("certificateValidTo", "ocr.validityDiffers", s.Subject.CertificateValidTo, read.ValidTo);
    }

    /// <summary>Null when one of the two is missing, or they mean the same.</summary>
    private static ReadingDifference? Differ(Material paper, string pointer, string code, string? typed, string? read, string step, string field) =>
        string.IsNullOrWhiteSpace(typed) || string.IsNullOrWhiteSpace(read) || Comparable(typed) == Comparable(read)
            ? null
            : new ReadingDifference(paper.Id, pointer, code, typed, read) { Step = step, Field = field, SiteId = step == "subject" ? null : paper.SiteId };

    /// <summary>Without blanks, half-width, in lower case; the dots within names of minorities come in several shapes.</summary>
    private static string Comparable(string text) => HolderNames.Comparable(text).Replace('•', '·').Replace('‧', '·').Replace('・', '·').Replace('.', '·');
}
