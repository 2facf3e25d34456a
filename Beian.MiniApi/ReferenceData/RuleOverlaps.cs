using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.ReferenceData;

/// <summary>Two rules that would say the same thing differently on one day in one province, and rules that stand in for what is not there.</summary>
internal static class RuleOverlaps
{
    /// <param name="rows">Of all packs, with the days they judge.</param>
    /// <param name="provinces">Codes of all provinces.</param>
    /// <param name="fileOf">The file of a pack.</param>
    /// <exception cref="InvalidDataException">Two rules overlap, or one stands in for a rule that is not there, is of another key, or is itself.</exception>
    public static void Refuse(IReadOnlyList<RuleRow> rows, IEnumerable<string> provinces, Func<RulePack, DataFile> fileOf)
    {
        var byId = rows.ToLookup(r => r.Id, StringComparer.Ordinal);
        foreach (var row in rows.Where(r => r.Replaces is not null))
        {
            CheckReplaced(row, byId, fileOf(row.Pack));
        }

        foreach (var province in provinces)
        {
            var own = rows.Where(r => r.Pack.Covers(province)).ToArray();
            foreach (var day in own.Select(r => r.From).Concat(own.Where(r => r.To < DateOnly.MaxValue).Select(r => r.To!.Value.AddDays(1))).Distinct())
            {
                RefuseTwins(InForce(own, day), province, day, fileOf);
            }
        }
    }

    private static void CheckReplaced(RuleRow row, ILookup<string, RuleRow> byId, DataFile file)
    {
        var where = $"'{row.Name}'";
        file.MustExist(byId.Contains(row.Replaces!), where, $"the rule '{row.Replaces}' to replace");
        if (byId[row.Replaces!].All(r => r.Key != row.Key))
        {
            throw file.Bad(where, $"has the key '{row.Key}' and replaces '{row.Replaces}', which has another");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal) { row.Id };
        for (var next = row.Replaces; next is not null; next = byId[next].FirstOrDefault(r => r.Replaces is not null)?.Replaces)
        {
            if (!seen.Add(next))
            {
                throw file.Bad(where, $"replaces '{row.Replaces}' and comes back to '{next}', so that none would be left");
            }
        }
    }

    /// <summary>As the rule book sees them: what is replaced on that day is out.</summary>
    private static IEnumerable<RuleRow> InForce(RuleRow[] own, DateOnly day)
    {
        var now = own.Where(r => r.IsInForce(day)).ToArray();
        var replaced = now.Select(r => r.Replaces).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return now.Where(r => !replaced.Contains(r.Id));
    }

    /// <summary>A demand is known by its id, any other rule by its key, once for the nation and once for the province.</summary>
    private static void RefuseTwins(IEnumerable<RuleRow> rows, string province, DateOnly day, Func<RulePack, DataFile> fileOf)
    {
        var seen = new Dictionary<string, RuleRow>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var name = row.Key == RuleKeys.Demand ? row.Id : (row.Pack.Provinces is null ? "*" : string.Empty) + row.Key;
            if (!seen.TryAdd(name, row))
            {
                var other = seen[name];
                throw fileOf(row.Pack).Bad(
                    $"'{row.Name}'",
                    $"overlaps in time with '{other.Id}' of version '{other.Pack.Version}' in {fileOf(other.Pack).Name}, from {day:O} in '{province}'; say replaces to stand in for it");
            }
        }
    }
}
