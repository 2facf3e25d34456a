using System.Globalization;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>How old a signed letter may be at submission; judged where its date was given with the upload.</summary>
internal static class LetterAges
{
    public static void Judge(Situation s, FindingList findings)
    {
        foreach (var paper in s.Filing.Snapshot.Materials)
        {
            if (paper.SignedOn is not { } signed || s.Book.FindMaterial(paper.Kind) is not { } row)
            {
                continue;
            }

            var finding = new Finding("/materials", "material.signedLater")
            {
                Step = "materials",
                SiteId = paper.SiteId,
                MaterialKind = paper.Kind,
                MaterialPart = paper.Part,
                Args = Texts.Args(("material", row.NameCode)),
            };
            if (signed > s.Today)
            {
                findings.Error(s.Book.RefOf("materials", row.Id), finding);
            }
            else if (Limit(row, s) is { } limit && limit.Earliest > signed)
            {
                findings.Add(limit.Weight, limit.Rule, finding with { Code = "material.letterTooOld", Args = Texts.Args(("material", row.NameCode), ("earliest", limit.Earliest.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))) });
            }
        }
    }

    /// <summary>The first day a letter may bear; null where no age is stated.</summary>
    private static (DateOnly Earliest, RuleRef Rule, Severity Weight)? Limit(Material row, Situation s) =>
        Stated(row, s) is { } age ? (Back(s.Today, age.Months, age.Days), age.Rule, age.Weight) : null;

    /// <summary>How old a letter may be: by the province's row for this kind, else by the kind's own row. Null where no age is stated.</summary>
    public static (int? Months, int? Days, RuleRef Rule, Severity Weight)? Stated(Material row, Situation s)
    {
        if (OfProvince(row, s.Rules, s.Kind) is (var own, var rule))
        {
            return (own.Months, own.Days, rule.Ref, rule.Severity ?? Severity.Error);
        }

        return row.Validity is { HasAge: true } validity
            ? (validity.MaxAgeMonths, validity.MaxAgeDays, s.Book.RefOf("materials", row.Id), Severity.Error)
            : null;
    }

    /// <summary>How old a letter of that kind may be, in months or days; both null where no age is stated.</summary>
    /// <param name="row">The kind.</param>
    /// <param name="rules">The rules of the province.</param>
    /// <param name="kind">Kind of filing as the data names it.</param>
    public static (int? Months, int? Days) MaxAge(Material row, RuleSet rules, string kind) =>
        OfProvince(row, rules, kind) is (var own, _) ? (own.Months, own.Days) : (row.Validity?.MaxAgeMonths, row.Validity?.MaxAgeDays);

    /// <summary>What the province says of that kind by name, else of letters in general.</summary>
    private static (LetterMaxAge Age, RuleRow Rule)? OfProvince(Material row, RuleSet rules, string kind) =>
        rules.Find<IReadOnlyList<LetterMaxAge>>("letterMaxAge", kind) is { } rule
        && (rule.Value.FirstOrDefault(l => l.Materials?.Contains(row.Id) == true) ?? rule.Value.FirstOrDefault(l => l.Materials is null && row.Validity is { HasAge: true })) is { } own
            ? (own, rule.Row)
            : null;

    private static DateOnly Back(DateOnly today, int? months, int? days) => days is { } d ? today.AddDays(-d) : today.AddMonths(-(months ?? 0));
}
