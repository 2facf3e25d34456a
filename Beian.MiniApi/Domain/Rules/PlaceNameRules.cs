using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>Places in the name of a site.</summary>
internal static class PlaceNameRules
{
    public static void Judge(NameRule rule, string name, Finding at, Situation s, FindingList findings)
    {
        var places = s.Book.Places.In(name);
        if (places.Count == 0)
        {
            return;
        }

        // An organisation may name the place that its own name has, or one inside it, unless its province forbids all.
        var offending = rule.AppliesTo == "organization" ? [.. places.Where(p => !Owns(s, p))] : places;
        if (offending.Count == 0)
        {
            return;
        }

        var certain = offending.Any(p => p.Certain);
        var finding = at with { Code = certain ? at.Code : "site.name.placeNameMaybe", Args = Texts.Args(("places", string.Join('、', offending.Select(p => p.Text)))) };
        findings.Add(certain ? rule.Severity : Severity.Warning, rule.Ref, finding);
    }

    private static bool Owns(Situation s, Place place) => s.Book.Places.In(s.Subject.Name).Any(own => own.Covers(place));
}
