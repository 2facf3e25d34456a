using System.Collections.Frozen;

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

/// <summary>The public reference sets as they are served: the data files themselves, and single provinces.</summary>
public sealed class ReferenceSets
{
    private static readonly string[] Public =
    [
        "provinces", "divisions", "subject-natures", "certificate-types", "service-contents", "languages", "pre-approval-types", "materials", "domain-suffixes", "site-name-rules", "agreements", "face-check-guide",
    ];

    private readonly FrozenDictionary<string, PublicDocument> _sets;
    private readonly FrozenDictionary<string, PublicDocument> _provinces;

    private ReferenceSets(PublicDocument index, FrozenDictionary<string, PublicDocument> sets, FrozenDictionary<string, PublicDocument> provinces) =>
        (Index, _sets, _provinces) = (index, sets, provinces);

    /// <summary>The list of sets.</summary>
    public PublicDocument Index { get; }

    /// <summary>A whole set, or null for an unknown name.</summary>
    public PublicDocument? Find(string set) => _sets.GetValueOrDefault(set);

    /// <summary>One province with its rules, or null for an unknown code.</summary>
    public PublicDocument? FindProvince(string code) => _provinces.GetValueOrDefault(code);

    /// <exception cref="InvalidDataException">A file is not JSON or lacks source, asOf or items.</exception>
    public static ReferenceSets Load(string folder, string? overlay)
    {
        var sets = new Dictionary<string, PublicDocument>(StringComparer.Ordinal);
        var provinces = new Dictionary<string, PublicDocument>(StringComparer.Ordinal);
        var rows = new List<ReferenceSetView>();
        foreach (var name in Public)
        {
            if (DataFile.Open(folder, overlay, name + ".json") is not { } file)
            {
                continue;
            }

            var items = file.Member("items");
            var document = sets[name] = PublicDocument.Of(file.Root);
            rows.Add(new ReferenceSetView(name, $"/api/v1/reference/{name}", file.Member("source").ToString(), file.Member("asOf").ToString(), items.GetArrayLength(), document.ETag));
            foreach (var province in name == "provinces" ? items.EnumerateArray().ToArray() : [])
            {
                provinces[province.GetProperty("code").GetString()!] = PublicDocument.Of(province);
            }
        }

        return new ReferenceSets(
            PublicDocument.Of(new ReferenceSetsView(rows)), sets.ToFrozenDictionary(StringComparer.Ordinal), provinces.ToFrozenDictionary(StringComparer.Ordinal));
    }
}
