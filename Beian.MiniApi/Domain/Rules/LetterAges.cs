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
                Args = Texts.Args(("material", row.Name)),
            };
            if (signed > s.Today)
            {
                findings.Error(s.Book.RefOf("materials", row.Id), finding);
            }
            else if (Limit(row, s) is { } limit && limit.Earliest > signed)
            {
                findings.Add(limit.Weight, limit.Rule, finding with { Code = "material.letterTooOld", Args = Texts.Args(("material", row.Name), ("earliest", limit.Earliest.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))) });
            }
        }
    }

    /// <summary>The first day a letter may bear; null where no age is stated.</summary>
    public static (DateOnly Earliest, RuleRef Rule, Severity Weight)? Limit(Material row, Situation s) =>
        Stated(row, s) is { } age ? (Back(s.Today, age.Months, age.Days), age.Rule, age.Weight) : null;

    /// <summary>How old a letter may be: by the province's row for this kind, else by the kind's own row. Null where no age is stated.</summary>
    public static (int? Months, int? Days, RuleRef Rule, Severity Weight)? Stated(Material row, Situation s)
    {
        if (s.Rules.Find<IReadOnlyList<LetterMaxAge>>("letterMaxAge", s.Kind) is { } rule
            && (rule.Value.FirstOrDefault(l => l.Materials?.Contains(row.Id) == true) ?? rule.Value.FirstOrDefault(l => l.Materials is null && row.Validity is { HasAge: true })) is { } own)
        {
            return (own.Months, own.Days, rule.Ref, rule.Row.Severity ?? Severity.Error);
        }

        return row.Validity is { HasAge: true } validity
            ? (validity.MaxAgeMonths, validity.MaxAgeDays, s.Book.RefOf("materials", row.Id), Severity.Error)
            : null;
    }

    private static DateOnly Back(DateOnly today, int? months, int? days) => days is { } d ? today.AddDays(-d) : today.AddMonths(-(months ?? 0));
}
