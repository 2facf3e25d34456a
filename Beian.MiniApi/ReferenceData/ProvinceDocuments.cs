using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.ReferenceData;

/// <summary>The set of provinces as it is served on one day: who they are, and the rules in force and to come.</summary>
internal sealed class ProvinceDocuments
{
    private ProvinceDocuments(PublicDocument all, FrozenDictionary<string, PublicDocument> single, PublicDocument packs) => (All, Single, Packs) = (all, single, packs);

    public PublicDocument All { get; }

    /// <summary>By province code.</summary>
    public FrozenDictionary<string, PublicDocument> Single { get; }

    /// <summary>The packs with their editions.</summary>
    public PublicDocument Packs { get; }

    /// <param name="provinces">The file of the provinces, with sources in its rows.</param>
    /// <param name="rules">The rules of all packs.</param>
    /// <param name="today">The day they are shown for.</param>
    public static ProvinceDocuments Of(JsonObject provinces, RuleBook rules, DateOnly today)
    {
        var keys = rules.Rows.Where(r => r.Pack.Provinces is not null && r.Key != RuleKeys.Demand).Select(r => r.Key).Distinct(StringComparer.Ordinal).ToArray();
        var root = (JsonObject)provinces.DeepClone();
        var items = root["items"]!.AsArray();
        var single = new Dictionary<string, PublicDocument>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            var province = item!.AsObject();
            var code = province["code"]!.GetValue<string>();
            Fill(province, code, keys, rules, today);
            single[code] = PublicDocument.Of(province);
        }

        var nationwide = new JsonObject();
        foreach (var row in rules.Rows.Where(r => r.Pack.Provinces is null && r.Key != RuleKeys.Demand && r.IsInForce(today)))
        {
            nationwide[row.Key] = Json(row.Value);
        }

        root.Insert(root.IndexOf("items"), "nationwide", nationwide);
        return new ProvinceDocuments(PublicDocument.Of(root), single.ToFrozenDictionary(StringComparer.Ordinal), PublicDocument.Of(PacksOf(rules)));
    }

    private static void Fill(JsonObject province, string code, string[] keys, RuleBook rules, DateOnly today)
    {
        var own = rules.Rows.Where(r => r.Pack.Provinces?.Contains(code) == true).ToArray();
        var set = rules.For(code, today);
        var values = new JsonObject();
        foreach (var key in keys)
        {
            values[key] = set.Rows.FirstOrDefault(r => r.Key == key && r.Pack.Provinces is not null) is { } row ? Json(row.Value) : null;
        }

        var conflicts = province["conflicts"]!.AsArray();
        foreach (var conflict in own.Where(r => r.IsInForce(today)).SelectMany(r => r.Conflicts))
        {
            conflicts.Add(Json(conflict));
        }

        province["packVersions"] = Json(own.Where(r => r.IsInForce(today)).Select(r => r.Pack.Label).Distinct(StringComparer.Ordinal).ToArray());
        province["rules"] = values;
        province["rows"] = new JsonArray([.. own.Where(r => r.To is null || r.To >= today).Select(Row)]);
    }

    private static JsonNode Row(RuleRow row) => Json(
        new RuleView(row.Id, row.Key, row.Value, row.Severity, row.Pack.Label, row.From, row.To, row.Kinds, row.Replaces, row.Conflicts, row.Note, row.NotesEn, row.Source, row.CheckedOn));

    private static JsonObject PacksOf(RuleBook rules) => new()
    {
        ["source"] = "各规则包自述来源",
        ["asOf"] = "unknown",
        ["items"] = new JsonArray([.. rules.Rows.GroupBy(r => r.Pack).OrderBy(g => g.Key.Id, StringComparer.Ordinal).ThenBy(g => g.Key.From)
            .Select(g => Json(new PackView(g.Key.Id, g.Key.Name, g.Key.Version, g.Key.From, g.Max(r => r.To ?? DateOnly.MaxValue) is var end && end == DateOnly.MaxValue ? null : end, g.Key.Provinces, g.Count(), [.. g.SelectMany(r => r.Source).Distinct(StringComparer.Ordinal)], g.Max(r => r.CheckedOn))))]),
    };

    private static JsonNode Json<T>(T value) => JsonSerializer.SerializeToNode(value, value?.GetType() ?? typeof(T), ApiJson.Data)!;
}

/// <summary>One rule as it is served.</summary>
/// <param name="Id">What a finding names as its <c>ruleId</c>.</param>
/// <param name="PackVersion">What a finding names as its <c>packVersion</c>.</param>
/// <param name="NotesEn">The texts of the value in English, in the same order; null for none.</param>
internal sealed record RuleView(
    string Id, string Key, object Value, Domain.Severity? Severity, string PackVersion, DateOnly EffectiveFrom, DateOnly? EffectiveTo, IReadOnlyList<string>? Kinds, string? Replaces, IReadOnlyList<RuleConflict> Conflicts, string? Note, IReadOnlyList<string>? NotesEn, IReadOnlyList<string> Source, DateOnly CheckedOn);

/// <summary>One edition of a pack as it is served.</summary>
internal sealed record PackView(
    string Pack, string Name, string Version, DateOnly EffectiveFrom, DateOnly? EffectiveTo, IReadOnlyList<string>? Provinces, int Rules, IReadOnlyList<string> Source, DateOnly CheckedOn);
