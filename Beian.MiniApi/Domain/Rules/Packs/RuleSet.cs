using System.Collections.Frozen;

namespace Beian.MiniApi.Domain.Rules.Packs;

/// <summary>Every rule that judges in one province on one day.</summary>
public sealed class RuleSet
{
    private readonly FrozenDictionary<string, RuleRow> _province;
    private readonly FrozenDictionary<string, RuleRow> _nationwide;

    internal RuleSet(string? province, DateOnly from, IReadOnlyList<RuleRow> rows, IReadOnlyList<NameRule> names, IEnumerable<string> tables)
    {
        From = from;
        _province = Keyed(rows.Where(r => r.Pack.Provinces is not null));
        _nationwide = Keyed(rows.Where(r => r.Pack.Provinces is null));
        Demands = [.. rows.Where(r => r.Key == RuleKeys.Demand)];
        Names = [.. names.Where(n => n.Concerns(province) && n.IsInForce(from))];
        Version = string.Join(' ', rows.Select(r => r.Pack.Label).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Concat(tables));
    }

    /// <summary>First day of the time in which nothing of it changes.</summary>
    public DateOnly From { get; }

    /// <summary>Packs and data files with their versions, in a fixed order: two filings judged under the same text were judged by the same rules.</summary>
    public string Version { get; }

    /// <summary>Rules in the open form.</summary>
    public IReadOnlyList<RuleRow> Demands { get; }

    /// <summary>Rules about the names of sites, nationwide and of the province.</summary>
    public IReadOnlyList<NameRule> Names { get; }

    /// <summary>Rows in force, the province's before the nation's.</summary>
    public IEnumerable<RuleRow> Rows => _province.Values.Concat(_nationwide.Values.Where(r => !_province.ContainsKey(r.Key))).Concat(Demands);

    /// <summary>The value of a key: the province's own, else the nation's; null when neither has one that judges this kind of filing.</summary>
    public Ruled<T>? Find<T>(string key, string? kind = null)
    {
        if (_province.TryGetValue(key, out var own) && own.Judges(kind))
        {
            return new Ruled<T>((T)own.Value, own);
        }

        return _nationwide.TryGetValue(key, out var common) && common.Judges(kind) ? new Ruled<T>((T)common.Value, common) : null;
    }

    /// <summary>As <see cref="Find"/> for a key with one value for organisations and one for individuals: where the province has none for this subject, the nation's counts.</summary>
    public Ruled<T>? FindFor<T>(string key, bool individual, string? kind = null)
    {
        if (_province.TryGetValue(key, out var own) && own.Judges(kind) && ((BySubject<T>)own.Value).For(individual) is { } value)
        {
            return new Ruled<T>(value, own);
        }

        return _nationwide.TryGetValue(key, out var common) && common.Judges(kind) && ((BySubject<T>)common.Value).For(individual) is { } general
            ? new Ruled<T>(general, common)
            : null;
    }

    /// <summary>Whether a switch is on; null when it is off or not known.</summary>
    public RuleRow? On(string key, string? kind = null) => Find<bool>(key, kind) is { Value: true } ruled ? ruled.Row : null;

    private static FrozenDictionary<string, RuleRow> Keyed(IEnumerable<RuleRow> rows) =>
        rows.Where(r => r.Key != RuleKeys.Demand).ToFrozenDictionary(r => r.Key, StringComparer.Ordinal);
}
