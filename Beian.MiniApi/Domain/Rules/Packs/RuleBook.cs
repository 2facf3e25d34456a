using System.Collections.Frozen;

namespace Beian.MiniApi.Domain.Rules.Packs;

/// <summary>Where the rules come from that are in force now; an operator may change them while the program runs.</summary>
public interface IRuleSource
{
    /// <summary>The rules as last loaded without a fault.</summary>
    RuleBook Current { get; }
}

/// <summary>Every rule of every pack and edition, arranged by province and day. Immutable; knows no province by name.</summary>
public sealed class RuleBook
{
    private readonly FrozenDictionary<string, IReadOnlyList<RuleSet>> _byProvince;
    private readonly IReadOnlyList<RuleSet> _anywhere;

    /// <param name="rows">Rows of all packs; checked by the loader.</param>
    /// <param name="names">Rules about names.</param>
    /// <param name="provinces">Codes of all provinces.</param>
    /// <param name="tables">Data files that judge besides the packs, each with its version.</param>
    public RuleBook(IReadOnlyList<RuleRow> rows, IReadOnlyList<NameRule> names, IEnumerable<string> provinces, IReadOnlyList<string> tables)
    {
        Rows = rows;
        ResidenceProofs = rows.Where(r => r.Key == "acceptedResidenceProofs").SelectMany(r => (IReadOnlyList<string>)r.Value).ToFrozenSet(StringComparer.Ordinal);
        Names = names;
        _byProvince = provinces.ToFrozenDictionary(p => p, p => Sets(p, rows, names, tables), StringComparer.Ordinal);
        _anywhere = Sets(null, rows, names, tables);
    }

    public IReadOnlyList<RuleRow> Rows { get; }

    public IReadOnlyList<NameRule> Names { get; }

    /// <summary>Kinds of paper that some province takes as proof of residence.</summary>
    public FrozenSet<string> ResidenceProofs { get; }

    /// <summary>The rules of a province on that day; for no or an unknown province those of the nation.</summary>
    public RuleSet For(string? province, DateOnly day)
    {
        var sets = Of(province);
        for (var i = sets.Count - 1; i > 0; i--)
        {
            if (sets[i].From <= day)
            {
                return sets[i];
            }
        }

        return sets[0];
    }

    /// <summary>The sets that will follow after that day, in order; each says from when.</summary>
    public IEnumerable<RuleSet> After(string? province, DateOnly day) => Of(province).Where(s => s.From > day);

    private IReadOnlyList<RuleSet> Of(string? province) => province is not null && _byProvince.TryGetValue(province, out var sets) ? sets : _anywhere;

    /// <summary>One set per span of days in which nothing changes. The first one reaches back to the beginning of time.</summary>
    private static IReadOnlyList<RuleSet> Sets(string? province, IReadOnlyList<RuleRow> rows, IReadOnlyList<NameRule> names, IReadOnlyList<string> tables)
    {
        var own = rows.Where(r => r.Pack.Covers(province)).ToArray();
        var changes = own.SelectMany(r => Days(r.From, r.To)).Concat(names.Where(n => n.Concerns(province)).SelectMany(n => Days(n.From, n.To))).Distinct().Order().ToArray();
        return changes.Length == 0
            ? [new RuleSet(province, DateOnly.MinValue, [], names, tables)]
            : [.. changes.Select(day => new RuleSet(province, day, InForce(own, day), names, tables))];
    }

    private static IEnumerable<DateOnly> Days(DateOnly from, DateOnly? to) => to is null || to == DateOnly.MaxValue ? [from] : [from, to.Value.AddDays(1)];

    private static RuleRow[] InForce(RuleRow[] rows, DateOnly day)
    {
        var now = rows.Where(r => r.IsInForce(day)).ToArray();
        var replaced = now.Where(r => r.Replaces is not null).Select(r => r.Replaces!).ToHashSet(StringComparer.Ordinal);
        return [.. now.Where(r => !replaced.Contains(r.Id))];
    }
}
