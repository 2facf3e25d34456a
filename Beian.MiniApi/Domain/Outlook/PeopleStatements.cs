using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Outlook;

/// <summary>What is asked of the principals: age, who they may be, whose else.</summary>
internal static class PeopleStatements
{
    private const string Number = ".certificateNumber";

    public static IEnumerable<Placed> Of(Outset o) => [.. Ages(o), .. Delegations(o), .. Exclusive(o)];

    /// <summary>The rule about young principals, when it means this subject.</summary>
    public static Ruled<MinorRule>? Minor(Outset o) => o.Find<MinorRule>("minorRule") is { } rule && o.Means(rule.Value.AppliesTo) ? rule : null;

    private static List<Placed> Ages(Outset o)
    {
        var placed = new List<Placed>();
        if (o.For<int?>("minAge") is { Value: { } years } least)
        {
            placed.AddRange(o.OfEverybody(Number, least.Row, Phrase.Say("outlook.person.minAge", ("years", years))));
        }

        if (Minor(o) is { } minor)
        {
            // One set is enough; within it everything is needed.
            string[] sets = [.. minor.Value.ProofSets.Select(set => string.Join(" + ", o.Papers(set)))];
            var text = minor.Value.FromAge is { } from
                ? Phrase.Say("outlook.person.minorFrom", ("from", from), ("under", minor.Value.UnderAge), ("papers", sets))
                : Phrase.Say("outlook.person.minor", ("under", minor.Value.UnderAge), ("papers", sets));
            placed.AddRange(o.OfEverybody(Number, minor.Row, text));
        }

        if (o.Find<MaxAge>("maxAge") is { } max)
        {
            placed.Add(Outset.Place(o.Roles[^1] + Number, max.Row, Phrase.Say("outlook.person.maxAge", ("male", max.Value.SiteManager.Male), ("female", max.Value.SiteManager.Female))));
        }

        return placed;
    }

    private static IEnumerable<Placed> Delegations(Outset o)
    {
        const string subjectPrincipal = "subjectPrincipal.name";
        const string sitePrincipal = "sitePrincipal.name";
        if (o.Shape.Individual)
        {
            yield break;
        }

        foreach (var delegation in PrincipalOutlooks.OfSubject(o, out var row))
        {
            var text = delegation.Answer switch
            {
                "legalPersonOnly" => Phrase.Say("outlook.principal.legalPersonOnly"),
                "delegateWithLetter" when delegation.Letters.Count > 0 => Phrase.Say("outlook.principal.withLetter", ("letters", o.Papers(delegation.Letters))),
                _ => Phrase.Say("outlook.principal.withoutLetter"),
            };
            yield return Outset.Place(subjectPrincipal, row!, delegation.When is null ? text : Phrase.Join([delegation.When, text])!);
        }

        if (o.Find<bool>("siteManagerAuthorizationLetterRequired") is { } letter)
        {
            yield return Outset.Place(sitePrincipal, letter.Row, letter.Value ? Phrase.Say("outlook.site.principal.letter", ("letters", o.Papers(PrincipalOutlooks.LettersOfSite(o)))) : Phrase.Say("outlook.site.principal.noLetter"));
        }

        if (o.Rules.On("siteManagerMustEqualPrincipalWhenNotLegalPerson", o.Shape.DataKind) is { } same)
        {
            yield return Outset.Place(sitePrincipal, same, Phrase.Say("outlook.site.principal.same"));
        }
    }

    private static List<Placed> Exclusive(Outset o)
    {
        var placed = new List<Placed>();
        if (o.Rules.On("idNumberUniqueAcrossSubjects", o.Shape.DataKind) is { } unique)
        {
            placed.AddRange(o.OfEverybody(Number, unique, Phrase.Say("outlook.person.oneSubject")));
        }

        if (o.Rules.On("siteManagerExclusive", o.Shape.DataKind) is { } exclusive)
        {
            placed.Add(Outset.Place(o.Roles[^1] + Number, exclusive, Phrase.Say("outlook.site.principal.exclusive")));
        }

        return placed;
    }
}
