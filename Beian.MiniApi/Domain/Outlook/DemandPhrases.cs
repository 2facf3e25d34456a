using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Outlook;

/// <summary>The conditions of a demand in words.</summary>
internal static class DemandPhrases
{
    /// <summary>What is still open for this shape: empty when the demand always holds, null when it never does.</summary>
    public static IReadOnlyList<Phrase>? Conditions(DemandCondition when, Outset o)
    {
        var never = (when.Subject is { } subject && !o.Means(subject))
            || when.Natures?.Contains(o.Shape.Nature) == false
            || when.Kinds?.Contains(o.Shape.DataKind) == false
            || (when.SoleTrader == true && !o.MayBeSoleTrader)
            || (when.TotalSitesFrom is { } sites && sites.For(o.Shape.Individual) is null);
        return never ? null : [.. About(when, o), .. when.Person is { } person ? Person(person, o) : []];
    }

    /// <summary>Names of the fields in which words are looked for, as codes.</summary>
    public static string[] Fields(IEnumerable<string> scopes) => [.. scopes.Select(Field).OfType<string>()];

    private static string? Field(string scope) => scope switch
    {
        "subjectName" => "name.outlook.subjectName",
        "businessScope" => "name.outlook.businessScope",
        "serviceName" => "name.outlook.serviceName",
        "serviceContent" => "name.outlook.serviceContent",
        "remark" => "name.outlook.remark",
        _ => null,
    };

    private static IEnumerable<Phrase> About(DemandCondition when, Outset o)
    {
        if (when.SoleTrader is { } trader)
        {
            yield return trader ? Phrase.Say("outlook.when.soleTrader") : Phrase.Say("outlook.when.notSoleTrader");
        }

        if (when.TotalSitesFrom?.For(o.Shape.Individual) is { } total)
        {
            yield return Phrase.Say("outlook.when.totalSites", ("count", total));
        }

        if (when.NewSitesFrom is { } added)
        {
            yield return Phrase.Say("outlook.when.newSites", ("count", added));
        }

        if (when.ServiceContents is { } contents)
        {
            yield return Phrase.Say("outlook.when.contents", ("contents", contents.Select(c => o.Book.FindServiceContent(c)?.NameCode).OfType<string>().ToArray()));
        }

        if (when.PreApprovals is { } approvals)
        {
            yield return Phrase.Say("outlook.when.preApprovals", ("approvals", approvals.Select(a => o.Book.FindPreApprovalType(a)?.NameCode).OfType<string>().ToArray()));
        }

        if (when.Words is { } words)
        {
            yield return Phrase.Say("outlook.when.words", ("fields", Fields(words.In)), ("words", words.Any.ToArray()));
        }
    }

    private static IEnumerable<Phrase> Person(PersonCondition person, Outset o)
    {
        var who = person.Who switch
        {
            "sitePrincipal" => "name.outlook.sitePrincipal",
            "legalRepresentative" => "name.outlook.legalRepresentative",
            _ => "name.outlook.subjectPrincipal",
        };
        if (person.AgeFrom is { } from)
        {
            yield return Phrase.Say("outlook.when.ageFrom", ("who", who), ("years", from));
        }

        if (person.AgeBelow is { } below)
        {
            yield return Phrase.Say("outlook.when.ageBelow", ("who", who), ("years", below));
        }

        if (person.IdOutsideProvince is { } outside)
        {
            yield return outside ? Phrase.Say("outlook.when.fromElsewhere", ("who", who)) : Phrase.Say("outlook.when.fromHere", ("who", who));
        }

        if (person.IsLegalRepresentative is { } legal)
        {
            yield return legal ? Phrase.Say("outlook.when.isLegal", ("who", who)) : Phrase.Say("outlook.when.notLegal", ("who", who));
        }

        if (person.CertificateTypes is { } types)
        {
            yield return Phrase.Say("outlook.when.certificates", ("who", who), ("types", types.Select(t => o.Book.FindCertificateType(t)?.NameCode).OfType<string>().ToArray()));
        }
    }
}
