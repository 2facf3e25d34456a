using System.Globalization;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>Evaluates rules in the open form: conditions over the filing, and the paper or the field they ask for.</summary>
internal static class DemandRules
{
    public static void Judge(Situation s, FindingList findings)
    {
        foreach (var rule in s.Rules.Demands)
        {
            var demand = (Demand)rule.Value;
            if (!rule.Judges(s.Kind) || !Holds(demand.When, s))
            {
                continue;
            }

            if (demand.Material is { } material)
            {
                Material(rule, material, demand.When, s, findings);
            }
            else if (demand.Field is { } field)
            {
                Field(rule, field, demand, s, findings);
            }
        }
    }

    private static void Material(RuleRow rule, string material, DemandCondition when, Situation s, FindingList findings)
    {
        var row = s.Book.FindMaterial(material);
        var owners = row?.AppliesTo switch
        {
            "website" => s.Sites.Where(site => AboutSite(when, site, s)).Select(site => (string?)site.Id),
            "person" when when.Person?.Who == "sitePrincipal" => s.SitePrincipals.Where(p => Fits(when.Person, p.Person, s)).Select(p => p.SiteId),
            _ => [null],
        };
        foreach (var owner in owners)
        {
            if (!s.Filing.Snapshot.Materials.Any(m => m.Kind == material && m.SiteId == owner))
            {
                MaterialRules.Demand(rule, material, owner, s, findings);
            }
        }
    }

    private static void Field(RuleRow rule, FieldDemand field, Demand demand, Situation s, FindingList findings)
    {
        foreach (var (pointer, step, siteId, value, site) in FieldDemands.Of(field.Pointer, s))
        {
            if ((site is null || AboutSite(demand.When, site, s)) && !IsMet(field, value))
            {
                findings.By(rule, new Finding(pointer, "demand.field")
                {
                    Step = step,
                    SiteId = siteId,
                    Args = Texts.Args(("detail", demand.Text!.Zh.Detail), ("remedy", demand.Text.Zh.Remedy), ("detailEn", demand.Text.En.Detail), ("remedyEn", demand.Text.En.Remedy)),
                });
            }
        }
    }

    private static bool IsMet(FieldDemand field, string? value)
    {
        var text = value?.Trim() ?? string.Empty;
        var length = new StringInfo(text).LengthInTextElements;
        return !(field.Required && length == 0)
            && (length == 0 || ((field.MinChars is null || length >= field.MinChars) && (field.MaxChars is null || length <= field.MaxChars)))
            && (field.ContainsAny is null || field.ContainsAny.Any(w => text.Contains(w, StringComparison.OrdinalIgnoreCase)))
            && (field.ContainsNone is null || !field.ContainsNone.Any(w => text.Contains(w, StringComparison.OrdinalIgnoreCase)));
    }

    private static bool Holds(DemandCondition when, Situation s)
    {
        if (s.Individual is not { } individual || s.Province is null)
        {
            return false;
        }

        return (when.Subject is null || when.Subject == (individual ? "individual" : "organization"))
            && (when.Natures is null || when.Natures.Contains(s.Nature!.Value))
            && (when.Kinds is null || when.Kinds.Contains(s.Kind))
            && (when.SoleTrader is null || when.SoleTrader == s.IsSoleTrader)
            && (when.TotalSitesFrom is null || s.TotalSites >= (when.TotalSitesFrom.For(individual) ?? int.MaxValue))
            && (when.NewSitesFrom is null || s.Sites.Count >= when.NewSitesFrom)
            && (when.Person is null || Persons(when.Person, s).Any(p => Fits(when.Person, p, s)))
            && ((when.Words is null && when.ServiceContents is null && when.PreApprovals is null) || s.Sites.Any(site => AboutSite(when, site, s)) || (s.Sites.Count == 0 && AboutSubject(when, s)));
    }

    /// <summary>The conditions about one site hold for it.</summary>
    private static bool AboutSite(DemandCondition when, Site site, Situation s) =>
        (when.Words is null || when.Words.In.Any(scope => WordRules.Text(scope, site, s).Any(t => when.Words.Any.Any(w => t.Contains(w, StringComparison.OrdinalIgnoreCase)))))
        && (when.ServiceContents is null || when.ServiceContents.Any(site.ServiceContents.Contains))
        && (when.PreApprovals is null || when.PreApprovals.Any(t => site.PreApprovals.Any(a => a.Type == t)));

    /// <summary>Before there is a site, words of the subject alone can hold.</summary>
    private static bool AboutSubject(DemandCondition when, Situation s) =>
        when.ServiceContents is null && when.PreApprovals is null && when.Words is { } words
        && words.In.Any(scope => (scope switch { "subjectName" => s.Subject.Name, "businessScope" => s.BusinessScope, _ => null }) is { } text && words.Any.Any(w => text.Contains(w, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<Person> Persons(PersonCondition who, Situation s) => who.Who switch
    {
        "sitePrincipal" => s.SitePrincipals.Select(p => p.Person).DefaultIfEmpty(s.Principal.Person),
        "legalRepresentative" => s.LegalRepresentative is { } legal ? [new Person { Name = legal.Name, CertificateType = legal.CertificateType, CertificateNumber = legal.CertificateNumber ?? NumberOf(legal, s) }] : [],
        _ => [s.Principal.Person],
    };

    /// <summary>The number of a legal representative who is the principal is typed there.</summary>
    private static string? NumberOf(LegalRepresentative legal, Situation s) => s.IsLegalRepresentative(s.Principal.Person) == true ? s.Principal.Person.CertificateNumber : legal.CertificateNumber;

    private static bool Fits(PersonCondition who, Person person, Situation s)
    {
        var age = People.AgeOf(person, s.Today);
        var home = People.ProvinceOf(person.CertificateType ?? (person.CertificateNumber is null ? null : s.Principal.Person.CertificateType), person.CertificateNumber);
        return (who.AgeFrom is null || age >= who.AgeFrom)
            && (who.AgeBelow is null || age < who.AgeBelow)
            && (who.IdOutsideProvince is null || (home is not null && (home != s.Province) == who.IdOutsideProvince))
            && (who.IsLegalRepresentative is null || s.IsLegalRepresentative(person) == who.IsLegalRepresentative)
            && (who.CertificateTypes is null || (person.CertificateType is { } type && who.CertificateTypes.Contains(type)));
    }
}
