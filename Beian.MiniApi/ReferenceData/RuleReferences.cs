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
    private static readonly string[] TradersFileAs = ["enterprise", "enterpriseIfTradeName", "enterpriseIfInCreditSystem", "individualIfNoTradeName"];
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
                file.MustBe(letter.Counts, ["order", "total"], where);
                break;
            case (_, MinorRule minor):
                Materials(file, where, minor.ProofSets.SelectMany(s => s), book);
                file.MustBe(minor.AppliesTo, Subjects, where);
                break;
            case (_, PrincipalRule principal):
                file.MustBe(principal.Default, PrincipalAnswers, where);
                Natures(file, where, principal.Exceptions.SelectMany(e => e.NatureCodes), book);
                principal.Exceptions.ToList().ForEach(e => file.MustBe(e.Rule, PrincipalAnswers, where));
                break;
            case ("phoneLocality", BySubject<string> locality):
                file.MustBe(locality.Organization, Localities, where);
                file.MustBe(locality.Individual, Localities, where);
                break;
            case ("domainRegistrantMustMatch", BySubject<string> registrant):
                file.MustBe(registrant.Organization, Registrants, where);
                file.MustBe(registrant.Individual, Registrants, where);
                break;
            case (_, InvestorRule investor):
                file.MustBe(investor.MustEqual, Investors, where);
                Natures(file, where, investor.Natures ?? [], book);
                break;
            case (_, SuffixLimits suffix):
                file.MustBe(suffix.Mode, ["allowList", "denyList"], where);
                file.MustBe(suffix.Subjects, Subjects, where);
                Says(file, where, suffix.Mode == "allowList" ? book.Tables.DomainSuffixes.Any(d => suffix.List is not null && d.IsOn(suffix.List)) : suffix.Suffixes is { Count: > 0 }, "a list of suffixes that exists");
                Suffixes(file, where, suffix.Suffixes ?? [], book);
                break;
            case (_, IReadOnlyList<ServiceContentRule> contents):
                contents.ToList().ForEach(c => file.MustBe(c.Subject, Subjects, where));
                Contents(file, where, contents.SelectMany(c => c.Forbidden.Concat(c.Recommended).Concat(c.RemarkRequiredFor).Concat(c.RemarkRequiredExcept)), book);
                break;
            case (_, IReadOnlyList<LetterMaxAge> ages):
                Says(file, where, ages.All(a => a.Months is null != a.Days is null), "months or days for each of its ages, not both");
                Materials(file, where, ages.SelectMany(a => a.Materials ?? []), book);
                break;
            case (_, IReadOnlyList<ResidenceProofList> lists):
                Provinces(file, where, lists.SelectMany(l => l.Provinces), book);
                break;
            case (_, SoleTraderRule trader):
                file.MustBe(trader.FileAs, TradersFileAs, where);
                break;
            case ("footerNumber", string number):
                file.MustBe(number, ["site", "subject"], where);
                break;
            case ("principalAndSiteManagerMustNotShare", IReadOnlyList<string> fields):
                fields.ToList().ForEach(f => file.MustBe(f, ["mobile", "email"], where));
                break;
            case (_, IReadOnlyList<InstitutionDomains> domains):
                Suffixes(file, where, domains.SelectMany(d => d.Suffixes), book);
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
            Says(file, where, field.Required || field.MinChars > 0 || field.MaxChars > 0 || field.ContainsAny is { Count: > 0 } || field.ContainsNone is { Count: > 0 }, "anything that the field must be");
            if (field.MaxChars < (field.MinChars ?? 1) || (field.ContainsAny ?? []).Intersect(field.ContainsNone ?? []).Any())
            {
                throw file.Bad(where, "asks of the field what nothing can be: its counts or words contradict each other");
            }

            var words = demand.Text!;
            Says(file, where, new[] { words.Zh.Detail, words.Zh.Remedy, words.En.Detail, words.En.Remedy }.All(t => !string.IsNullOrWhiteSpace(t)), "a detail and a remedy in both languages");
        }

        Conditions(file, where, demand.When, book);
    }

    private static void Conditions(DataFile file, string where, DemandCondition when, ReferenceBook book)
    {
        (when.Kinds ?? []).ToList().ForEach(k => file.MustBe(k, RulePackFiles.FilingKinds, where));
        Says(file, where, when.Words is null || (when.Words.Any.Count > 0 && when.Words.In.Count > 0 && when.Words.Any.All(w => !string.IsNullOrWhiteSpace(w))), "words and where they stand");
        file.MustBe(when.Subject, ["organization", "individual"], where);
        Natures(file, where, when.Natures ?? [], book);
        Contents(file, where, when.ServiceContents ?? [], book);
        file.MustBe(when.Person?.Who, People, where);
        foreach (var scope in when.Words?.In ?? [])
        {
            file.MustBe(scope, Scopes, where);
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

    private static void Says(DataFile file, string where, bool said, string what) => file.MustSay(said ? what : null, where, what);

    private static void Provinces(DataFile file, string where, IEnumerable<string> codes, ReferenceBook book)
    {
        foreach (var code in codes)
        {
            file.MustExist(book.FindProvince(code) is not null, where, $"the province '{code}'");
        }
    }

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
            file.MustExist(book.FindSuffix(suffix) is not null || book.Tables.DomainSuffixes.Any(d => d.Unicode == suffix), where, $"the suffix '{suffix}'");
        }
    }
}
