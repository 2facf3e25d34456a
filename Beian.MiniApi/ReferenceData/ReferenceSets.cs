using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.ReferenceData;

/// <summary>One row of the list of sets.</summary>
/// <param name="Set">Its name in the path.</param>
/// <param name="Source">Where its rows come from.</param>
/// <param name="AsOf">Month the source describes, or <c>unknown</c>.</param>
/// <param name="Count">Rows in <c>items</c>.</param>
/// <param name="ETag">Tag of the set, to compare with a kept copy; that of a compressed copy ends in <c>-br</c> or <c>-gz</c>.</param>
public sealed record ReferenceSetView(string Set, string Href, string Source, string AsOf, int Count, string ETag);

/// <summary>The list of sets.</summary>
public sealed record ReferenceSetsView(IReadOnlyList<ReferenceSetView> Items);

/// <summary>The public reference sets as they are served: every row with its source and the day it was checked, provinces with the rules of the day.</summary>
public sealed class ReferenceSets
{
    private const string Provinces = "provinces";
    private const string Packs = "rule-packs";
    private const string NameRules = "site-name-rules";

    private static readonly string[] Public =
    [
        Provinces, "divisions", "subject-natures", "certificate-types", "service-contents", "languages", "pre-approval-types", "materials", "domain-suffixes", NameRules, "agreements", "face-check-guide", "fields",
    ];

    /// <summary>Every name a caller may ask for.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Public, Packs];

    private readonly FrozenDictionary<string, PublicDocument> _sets;
    private readonly IReadOnlyList<ReferenceSetView> _rows;
    private readonly JsonObject _provinces;
    private readonly LiveRules _rules;
    private readonly BusinessClock _clock;
    private Shown? _shown;

    private ReferenceSets(FrozenDictionary<string, PublicDocument> sets, IReadOnlyList<ReferenceSetView> rows, JsonObject provinces, LiveRules rules, BusinessClock clock) =>
        (_sets, _rows, _provinces, _rules, _clock) = (sets, rows, provinces, rules, clock);

    /// <summary>What is served while these rules are in force on this day.</summary>
    private sealed record Shown(RuleBook Rules, DateOnly Day, ProvinceDocuments Provinces, PublicDocument Names, PublicDocument Index);

    /// <summary>The list of sets.</summary>
    public PublicDocument Index => Now().Index;

    /// <summary>A whole set, or null for an unknown name.</summary>
    public PublicDocument? Find(string set) => set switch
    {
        Provinces => Now().Provinces.All,
        Packs => Now().Provinces.Packs,
        NameRules => Now().Names,
        _ => _sets.GetValueOrDefault(set),
    };

    /// <summary>One province with its rules, or null for an unknown code.</summary>
    public PublicDocument? FindProvince(string code) => Now().Provinces.Single.GetValueOrDefault(code);

    /// <exception cref="InvalidDataException">A file is not JSON or lacks source, asOf or items.</exception>
    public static ReferenceSets Load(string folder, string? overlay, LiveRules rules, BusinessClock clock)
    {
        var sets = new Dictionary<string, PublicDocument>(StringComparer.Ordinal);
        var rows = new List<ReferenceSetView>();
        JsonObject? provinces = null;
        foreach (var name in Public)
        {
            if (DataFile.Open(folder, overlay, name + ".json") is not { } file)
            {
                continue;
            }

            var root = SourcedRows.Of(file);
            if (name == Provinces)
            {
                provinces = root;
                continue;
            }

            var document = sets[name] = PublicDocument.Of(root);
            rows.Add(Row(name, root, document));
        }

        var loaded = new ReferenceSets(sets.ToFrozenDictionary(StringComparer.Ordinal), rows, provinces ?? throw new InvalidDataException($"{folder} has no provinces.json."), rules, clock);
        loaded.Now();
        return loaded;
    }

    private static ReferenceSetView Row(string name, JsonObject root, PublicDocument document) =>
        new(name, Href(name), root["source"]!.ToString(), root["asOf"]?.ToString() ?? "unknown", root["items"]!.AsArray().Count, document.ETag);

    private static string Href(string set) => $"/api/v1/reference/{set}";

    /// <summary>Made anew when the rules change or a day begins; two callers at once make the same.</summary>
    private Shown Now()
    {
        var rules = _rules.Current;
        var day = ChinaTime.DateOf(_clock.GetUtcNow());
        if (_shown is { } shown && shown.Rules == rules && shown.Day == day)
        {
            return shown;
        }

        var provinces = ProvinceDocuments.Of(_provinces, rules, day);
        var first = Row(Provinces, _provinces, provinces.All);
        var names = PublicDocument.Of(_rules.Names);
        var others = _rows.Select(r => r.Set == NameRules ? Row(NameRules, _rules.Names, names) : r);
        var packs = new ReferenceSetView(Packs, Href(Packs), "各规则包自述来源", "unknown", rules.Rows.Select(r => r.Pack).Distinct().Count(), provinces.Packs.ETag);
        return _shown = new Shown(rules, day, provinces, names, PublicDocument.Of(new ReferenceSetsView([first, .. others, packs])));
    }
}
