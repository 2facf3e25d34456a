using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.ReferenceData;

/// <summary>Two rules that would say the same thing differently on one day in one province.</summary>
internal static class RuleOverlaps
{
    /// <exception cref="InvalidDataException">Two rules overlap, or one stands in for a rule that is not there.</exception>
    public static void Refuse(IReadOnlyList<RuleRow> rows, Func<string, DataFile> fileOf)
    {
        var ids = rows.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var row in rows.Where(r => r.Replaces is not null))
        {
            fileOf(row.Id).MustExist(ids.Contains(row.Replaces!), $"'{row.Name}'", $"the rule '{row.Replaces}' to replace");
        }

        // A demand is known by its id, any other rule by its key and the provinces it judges.
        foreach (var group in rows.GroupBy(r => r.Key == RuleKeys.Demand ? r.Id : (r.Pack.Provinces is null ? "*" : string.Empty) + r.Key, StringComparer.Ordinal))
        {
            var same = group.ToArray();
            for (var i = 0; i < same.Length; i++)
            {
                for (var j = i + 1; j < same.Length; j++)
                {
                    if (Meet(same[i], same[j]))
                    {
                        throw fileOf(same[j].Id).Bad($"'{same[j].Name}'", $"overlaps in time with '{same[i].Id}' of version '{same[i].Pack.Version}'; say replaces to stand in for it");
                    }
                }
            }
        }
    }

    private static bool Meet(RuleRow a, RuleRow b) =>
        a.From <= (b.To ?? DateOnly.MaxValue) && b.From <= (a.To ?? DateOnly.MaxValue) && a.Replaces != b.Id && b.Replaces != a.Id && (a.Replaces is null || a.Replaces != b.Replaces)
        && (a.Pack.Provinces is null || b.Pack.Provinces is null || a.Pack.Provinces.Any(b.Pack.Provinces.Contains));
}
