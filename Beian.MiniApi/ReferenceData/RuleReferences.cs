using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.ReferenceData;

/// <summary>Refuses rules that name a code, paper, field or word that does not exist: they would never judge, and nobody would notice.</summary>
internal static class RuleReferences
{
    private static readonly string[] PrincipalAnswers = ["legalPersonOnly", "delegateWithLetter", "delegateWithoutLetter"];
    private static readonly string[] Localities = ["required", "nonLocalOnly", "recommended", "none"];
    private static readonly string[] Registrants = ["self", "organizationOrLegalPerson", "organizationOnly", "organizationOrLegalPersonWithLetter"];
    private static readonly string[] Investors = ["subjectName", "legalRepresentative", "superiorUnit"];
    private static readonly string[] Subjects = ["all", "organization", "individual"];
    private static readonly string[] Scopes = ["subjectName", "businessScope", "serviceName", "remark", "serviceContent"];
    private static readonly string[] People = ["principal", "sitePrincipal", "legalRepresentative"];

    public static void Check(DataFile file, string where, string key, object value, ReferenceBook book)
    {
        switch (key, value)
        {
            case ("acceptedResidenceProofs" or "commitmentLetters", IReadOnlyList<string> kinds):
                Materials(file, where, kinds, book);
                break;
            case ("offCampusTrainingCommitment" or "financeCommitment", string kind):
                Materials(file, where, [kind], book);
                break;
            case (_, StatementLetter letter):
                Materials(file, where, [letter.Material], book);
                OneOf(file, where, letter.Counts, ["order", "total"]);
                break;
            case (_, MinorRule minor):
                Materials(file, where, minor.ProofSets.SelectMany(s => s), book);
                OneOf(file, where, minor.AppliesTo, Subjects);
                break;
            case (_, PrincipalRule principal):
                OneOf(file, where, principal.Default, PrincipalAnswers);
                Natures(file, where, principal.Exceptions.SelectMany(e => e.NatureCodes), book);
                principal.Exceptions.ToList().ForEach(e => OneOf(file, where, e.Rule, PrincipalAnswers));
                break;
            case ("phoneLocality", BySubject<string> locality):
                OneOf(file, where, locality.Organization, Localities);
                OneOf(file, where, locality.Individual, Localities);
                break;
            case ("domainRegistrantMustMatch", BySubject<string> registrant):
                OneOf(file, where, registrant.Organization, Registrants);
                OneOf(file, where, registrant.Individual, Registrants);
                break;
            case (_, InvestorRule investor):
                OneOf(file, where, investor.MustEqual, Investors);
                Natures(file, where, investor.Natures ?? [], book);
                break;
            case (_, SuffixLimits suffix):
                OneOf(file, where, suffix.Mode, ["allowList", "denyList"]);
                OneOf(file, where, suffix.Subjects, Subjects);
                Suffixes(file, where, suffix.Suffixes ?? [], book);
                break;
            case (_, IReadOnlyList<ServiceContentRule> contents):
                contents.ToList().ForEach(c => OneOf(file, where, c.Subject, Subjects));
                Contents(file, where, contents.SelectMany(c => c.Forbidden.Concat(c.Recommended).Concat(c.RemarkRequiredFor).Concat(c.RemarkRequiredExcept)), book);
                break;
            case (_, IReadOnlyList<LetterMaxAge> ages):
                Materials(file, where, ages.SelectMany(a => a.Materials ?? []), book);
                break;
            case (_, IReadOnlyList<InstitutionDomains> domains):
                Natures(file, where, domains.Select(d => d.NatureCode), book);
                break;
            case (_, Demand demand):
                Of(file, where, demand, book);
                break;
            default:
                break;
        }
    }

    private static void Of(DataFile file, string where, Demand demand, ReferenceBook book)
    {
        if ((demand.Material is null) == (demand.Field is null) || (demand.Field is null) != (demand.Text is null))
        {
            throw file.Bad(where, "needs a material, or a field with its text");
        }

        Materials(file, where, demand.Material is { } material ? [material] : [], book);
        if (demand.Field is { } field)
        {
            file.MustExist(FieldDemands.Pointers.Contains(field.Pointer), where, $"the field '{field.Pointer}'");
        }

        var when = demand.When;
        OneOf(file, where, when.Subject, ["organization", "individual"]);
        Natures(file, where, when.Natures ?? [], book);
        Contents(file, where, when.ServiceContents ?? [], book);
        OneOf(file, where, when.Person?.Who, People);
        foreach (var scope in when.Words?.In ?? [])
        {
            OneOf(file, where, scope, Scopes);
        }

        foreach (var type in when.PreApprovals ?? [])
        {
            file.MustExist(book.FindPreApprovalType(type) is not null, where, $"the pre-approval type '{type}'");
        }

        foreach (var type in when.Person?.CertificateTypes ?? [])
        {
            file.MustExist(book.FindCertificateType(type) is not null, where, $"the certificate type {type}");
        }
    }

    private static void OneOf(DataFile file, string where, string? word, IReadOnlyList<string> known) => file.MustExist(word is null || known.Contains(word), where, $"'{word}' (known are {string.Join(", ", known)})");

    private static void Materials(DataFile file, string where, IEnumerable<string> kinds, ReferenceBook book)
    {
        foreach (var kind in kinds)
        {
            file.MustExist(book.FindMaterial(kind) is not null, where, $"the material '{kind}'");
        }
    }

    private static void Natures(DataFile file, string where, IEnumerable<int> codes, ReferenceBook book)
    {
        foreach (var code in codes)
        {
            file.MustExist(book.FindNature(code) is not null, where, $"the subject nature {code}");
        }
    }

    private static void Contents(DataFile file, string where, IEnumerable<int> codes, ReferenceBook book)
    {
        foreach (var code in codes)
        {
            file.MustExist(book.FindServiceContent(code) is not null, where, $"the service content {code}");
        }
    }

    private static void Suffixes(DataFile file, string where, IEnumerable<string> suffixes, ReferenceBook book)
    {
        foreach (var suffix in suffixes)
        {
            file.MustExist(book.FindSuffix(suffix) is not null, where, $"the suffix '{suffix}'");
        }
    }
}
