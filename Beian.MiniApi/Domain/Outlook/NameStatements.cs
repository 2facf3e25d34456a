using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Outlook;

/// <summary>The rules about names of sites and about words, each at the fields it reads.</summary>
internal static class NameStatements
{
    public static IEnumerable<Placed> Of(Outset o) =>
        o.Rules.Names.Where(rule => rule.ConcernsSubject(o.Shape.Individual, o.Shape.Nature))
            .SelectMany(rule => Texts(rule, o).SelectMany(text => rule.Scope.Select(FieldOf).OfType<string>().Select(field => new Placed(field, new RuleStatement(rule.Ref, text, rule.Severity)))));

    private static string? FieldOf(string scope) => scope switch
    {
        "serviceName" => "site.name",
        "subjectName" => "subject.name",
        "businessScope" => "subject.businessScope",
        "serviceContent" => "site.serviceContents",
        "remark" => "site.remark",
        _ => null,
    };

    private static IEnumerable<Phrase> Texts(NameRule rule, Outset o) => rule.Kind switch
    {
        "length" => Length(rule),
        "charset" => [Phrase.Say("outlook.name.characters")],
        "words" => [Words(rule, o)],
        "wordsMap" => rule.Map.Select(m => Phrase.Say("outlook.name.wordsAsk", ("words", m.Words.ToArray()), ("papers", o.Papers([m.Material])))),
        "wordsRef" => [Phrase.Say("outlook.name.preApproval")],
        "placeName" => [rule.AppliesTo == "organization" ? Phrase.Say("outlook.name.placeWithin") : Phrase.Say("outlook.name.noPlace")],
        "suffix" => [Phrase.Say("outlook.name.suffix", ("words", rule.Words.All.ToArray()), ("suffixes", rule.RequireSuffix.ToArray()))],
        "unique" => [Phrase.Say("outlook.name.unique")],

        // The finding itself is worded as the rule.
        _ => [Phrase.Say(rule.Code)],
    };

    private static IEnumerable<Phrase> Length(NameRule rule)
    {
        var han = rule.Unit == "hanCharacters";
        if (rule.Min is { } min)
        {
            yield return han ? Phrase.Say("outlook.name.minHan", ("min", min)) : Phrase.Say("outlook.name.min", ("min", min));
        }

        if (rule.Max is { } max)
        {
            yield return Phrase.Say("outlook.name.max", ("max", max));
        }
    }

    private static Phrase Words(NameRule rule, Outset o)
    {
        var words = rule.Words.All.ToArray();
        return (rule.ExceptionMaterial, rule.AtStart) switch
        {
            ({ } paper, true) => Phrase.Say("outlook.name.wordsAtStartUnless", ("words", words), ("papers", o.Papers([paper]))),
            ({ } paper, _) => Phrase.Say("outlook.name.wordsAsk", ("words", words), ("papers", o.Papers([paper]))),
            (null, true) => Phrase.Say("outlook.name.wordsAtStart", ("words", words)),
            _ => Phrase.Say("outlook.name.words", ("words", words)),
        };
    }
}
