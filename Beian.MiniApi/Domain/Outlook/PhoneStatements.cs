using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Outlook;

/// <summary>What is asked of telephones and addresses of mail.</summary>
internal static class PhoneStatements
{
    private const string Mobile = ".mobile";
    private const string Emergency = ".emergencyPhone";

    public static IEnumerable<Placed> Of(Outset o) => [.. Asked(o), .. Different(o), .. Local(o), .. Shared(o)];

    private static IEnumerable<Placed> Asked(Outset o)
    {
        Phrase Needed(bool needed) => needed ? Phrase.Say("outlook.phone.needed") : Phrase.Say("outlook.phone.notNeeded");
        (string Key, string Field)[] switches = [("emergencyContactRequired", Emergency), ("secondContactRequired", ".phone2"), ("landlineRequired", ".landline")];
        return switches.SelectMany(s => o.For<bool?>(s.Key) is { Value: { } needed } rule ? o.OfEverybody(s.Field, rule.Row, Needed(needed), needed ? Severity.Error : Severity.Info) : []);
    }

    private static List<Placed> Different(Outset o)
    {
        var placed = new List<Placed>();
        if (o.For<bool?>("emergencyContactMustDiffer") is { Value: { } differ } rule)
        {
            placed.AddRange(o.OfEverybody(Emergency, rule.Row, differ ? Phrase.Say("outlook.phone.emergencyDiffers") : Phrase.Say("outlook.phone.emergencyMayBeOwn")));
        }

        if (Distinct(o) is { } distinct)
        {
            var text = o.Shape.Individual
                ? Phrase.Say("outlook.phone.distinctOfOne", ("count", distinct.Value.SamePerson))
                : Phrase.Say("outlook.phone.distinct", ("same", distinct.Value.SamePerson), ("different", distinct.Value.DifferentPersons));
            placed.AddRange(o.OfEverybody(Emergency, distinct.Row, text));
        }

        return placed;
    }

    /// <summary>How many different numbers there must be, where that is judged.</summary>
    public static Ruled<DistinctPhones>? Distinct(Outset o) =>
        o.Find<DistinctPhones>("minDistinctPhones") is { } rule && o.For<bool?>("emergencyContactMustDiffer") is not { Value: false } ? rule : null;

    private static IEnumerable<Placed> Local(Outset o)
    {
        if (o.For<string>("phoneLocality") is not { } rule)
        {
            return [];
        }

        return rule.Value switch
        {
            "required" => o.OfEverybody(Mobile, rule.Row, Phrase.Say("outlook.phone.local")),
            "nonLocalOnly" => o.OfEverybody(Mobile, rule.Row, Phrase.Say("outlook.phone.localForOthers")),
            "recommended" => o.OfEverybody(Mobile, rule.Row, Phrase.Say("outlook.phone.localAdvised"), Severity.Warning),
            _ => o.OfEverybody(Mobile, rule.Row, Phrase.Say("outlook.phone.localFree"), Severity.Info),
        };
    }

    private static List<Placed> Shared(Outset o)
    {
        var placed = new List<Placed>();
        if (o.Rules.On("phoneUniqueAcrossSubjects", o.Shape.DataKind) is { } unique)
        {
            placed.AddRange(o.OfEverybody(Mobile, unique, Phrase.Say("outlook.phone.oneSubject")));
        }

        if (!o.Shape.Individual && o.Find<IReadOnlyList<string>>("principalAndSiteManagerMustNotShare") is { } share)
        {
            placed.AddRange(share.Value.SelectMany(field => o.OfEverybody("." + field, share.Row, Phrase.Say("outlook.phone.notShared"))));
        }

        return placed;
    }
}
