using System.Globalization;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules;

namespace Beian.MiniApi.Domain.Verification;

/// <summary>Whether region, nature and certificate of a subject are ones that exist and belong together, by the data alone.</summary>
public static class IdentityChecks
{
    private const string Types = "certificate-types";

    /// <summary>One result each for region, nature, type and number of the certificate, in that order.</summary>
    /// <param name="v">As typed; complete.</param>
    /// <param name="book">The data.</param>
    /// <param name="provinces">Provinces served; empty for all of them.</param>
    /// <param name="now">When it is judged.</param>
    public static IReadOnlyList<CheckResult> Judge(Filings.Verification v, ReferenceBook book, IReadOnlyCollection<string> provinces, DateTimeOffset now)
    {
        var type = book.FindCertificateType(v.CertificateType);
        return [OfRegion(v.Region, book, provinces, now), OfNature(v.SubjectNature, book, now), OfType(type, v.SubjectNature, book, now), OfNumber(type, v, book, now)];
    }

    private static CheckResult OfRegion(Region? region, ReferenceBook book, IReadOnlyCollection<string> provinces, DateTimeOffset now)
    {
        if (!book.IsRegion(region?.Province, region?.City, region?.District))
        {
            return CheckResult.Failed(CheckNames.Region, "region.unknown", null, now) with { Rule = book.RefOf("divisions", region?.District ?? string.Empty) };
        }

        return provinces.Count > 0 && !provinces.Contains(region!.Province!)
            ? CheckResult.Failed(CheckNames.Region, "region.notSupported", null, now)
            : CheckResult.Passed(CheckNames.Region, null, now);
    }

    private static CheckResult OfNature(int? nature, ReferenceBook book, DateTimeOffset now) => book.FindNature(nature) is null
        ? CheckResult.Failed(CheckNames.Nature, "subject.nature.unknown", null, now)
        : CheckResult.Passed(CheckNames.Nature, null, now);

    private static CheckResult OfType(CertificateType? type, int? nature, ReferenceBook book, DateTimeOffset now)
    {
        if (type is null)
        {
            return CheckResult.Failed(CheckNames.CertificateType, "certificate.type.unknown", null, now);
        }

        return nature is { } code && type.Serves(code)
            ? CheckResult.Passed(CheckNames.CertificateType, null, now)
            : CheckResult.Failed(CheckNames.CertificateType, "certificate.type.notForNature", null, now) with { Rule = book.RefOf(Types, Row(type)) };
    }

    /// <summary>Form and check digit; a credit code whose first characters stand for another nature is worth a word.</summary>
    private static CheckResult OfNumber(CertificateType? type, Filings.Verification v, ReferenceBook book, DateTimeOffset now)
    {
        if (type is null)
        {
            return CheckResult.Passed(CheckNames.CertificateNumber, null, now);
        }

        if (v.CertificateNumber is { } typed && WrittenCharacters.FaultOfNumber("verification.certificateNumber", typed) is var (code, args))
        {
            return CheckResult.Failed(CheckNames.CertificateNumber, code, null, now) with { Rule = book.RefOf(Types, Row(type)), Args = args };
        }

        if (CertificateNumbers.Check(type, v.CertificateNumber, ChinaTime.DateOf(now)) is { } fault)
        {
            return CheckResult.Failed(CheckNames.CertificateNumber, fault, null, now) with { Rule = book.RefOf(Types, Row(type)) };
        }

        return CertificateNumbers.OtherNature(book, type, v.CertificateNumber!, v.SubjectNature) is { } kind
            ? CheckResult.Warned(CheckNames.CertificateNumber, "certificate.natureMismatch", null, now) with { Rule = book.RefOf(Types, "usccStructure"), Args = Texts.Args(("kind", kind)) }
            : CheckResult.Passed(CheckNames.CertificateNumber, null, now);
    }

    private static string Row(CertificateType type) => type.Code.ToString(CultureInfo.InvariantCulture);
}
