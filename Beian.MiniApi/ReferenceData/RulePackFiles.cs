using System.Text.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.ReferenceData;

/// <summary>A file of the folder <c>rules</c>.</summary>
/// <param name="Pack">Province code, <c>nationwide</c>, or an operator's own name.</param>
/// <param name="Provinces">Array of codes, or the word <c>all</c>.</param>
/// <param name="Sources">Titles of the sources by the short names that the rows use.</param>
internal sealed record PackFile(
    string Pack,
    string Name,
    string Version,
    DateOnly EffectiveFrom,
    JsonElement Provinces,
    DateOnly CheckedOn,
    IReadOnlyDictionary<string, string> Sources,
    IReadOnlyList<JsonElement> Rules,
    DateOnly? EffectiveTo = null,
    string? Note = null);

/// <summary>One rule of a <see cref="PackFile"/>.</summary>
/// <param name="NotesEn">The Chinese texts of the value in English, in the same order.</param>
internal sealed record PackRow(
    string Key,
    JsonElement Value,
    IReadOnlyList<string> Source,
    DateOnly CheckedOn,
    string? Id = null,
    string? Severity = null,
    DateOnly? EffectiveFrom = null,
    DateOnly? EffectiveTo = null,
    IReadOnlyList<string>? Kinds = null,
    string? Replaces = null,
    IReadOnlyList<RuleConflict>? Conflict = null,
    string? Note = null,
    IReadOnlyList<string>? NotesEn = null);

/// <summary>
/// Reads the rule packs: the built-in ones and those that an operator laid over them. A file of the same name replaces the built-in one, any other
/// adds a pack or a later edition of one.
/// </summary>
internal sealed class RulePackFiles(string folder, string? overlay, ReferenceBook book)
{
    private const string Rules = "rules";
    private const string Nationwide = "nationwide";

    /// <summary>Kinds of filing as the data names them.</summary>
    public static readonly string[] FilingKinds =
        ["FirstFiling", "AddServiceLocal", "AddServiceForeign", "AddAccess", "QuickAccess", "ChangeFiling", "ChangeSubject", "ChangeService", "CancelSubject", "CancelService", "CancelAccess"];

    /// <exception cref="InvalidDataException">A file or a row cannot be used; the message names both and says why.</exception>
    public IReadOnlyList<RuleRow> Read()
    {
        var rows = new List<RuleRow>();
        var editions = new List<(RulePack Pack, DataFile File)>();
        foreach (var file in Files())
        {
            var pack = ReadPack(file, out var content);
            if (editions.Find(e => e.Pack.Id == pack.Id && e.Pack.Version == pack.Version) is { Pack: not null } twin)
            {
                throw file.Bad($"pack '{pack.Id}'", $"has the version '{pack.Version}' that {twin.File.Name} has already");
            }

            editions.Add((pack, file));
            rows.AddRange(content.Rules.Select((row, i) => ReadRow(file, pack, content, row, i)));
        }

        var dated = Dated(rows, editions);
        RefuseMissing(editions);
        RuleOverlaps.Refuse(dated, book.Tables.Provinces.Select(p => p.Code), pack => editions.First(e => e.Pack == pack).File);
        return dated;
    }

    private IEnumerable<DataFile> Files()
    {
        var builtIn = Names(Path.Combine(folder, Rules));
        var laidOver = overlay is null ? [] : Names(Path.Combine(overlay, Rules));
        return builtIn.Union(laidOver, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => DataFile.Open(folder, overlay, Path.Combine(Rules, name))!);
    }

    private static IEnumerable<string> Names(string path) => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.json").Select(f => Path.GetFileName(f)) : [];

    /// <summary>A province without a pack would be judged by the nation's rules alone, and nobody would notice.</summary>
    private void RefuseMissing(List<(RulePack Pack, DataFile File)> editions)
    {
        foreach (var province in book.Tables.Provinces.Select(p => p.Code).Append(Nationwide))
        {
            if (!editions.Exists(e => e.Pack.Id == province && e.Pack.Covers(province == Nationwide ? null : province)))
            {
                throw new InvalidDataException($"{Path.Combine(folder, Rules)}: the pack '{province}' is missing.");
            }
        }
    }

    private RulePack ReadPack(DataFile file, out PackFile content)
    {
        content = file.Read<PackFile>(file.Root, "the pack");
        var provinces = file.AllOr<string>(content.Provinces, "the pack", "provinces");
        file.MustSay(provinces is { Count: 0 } ? null : DataFile.All, "the pack", "provinces");
        file.MustSay(content.Name, "the pack", "name");
        foreach (var (name, title) in content.Sources)
        {
            file.MustSay(title, $"sources '{name}'", "title");
        }

        foreach (var province in provinces ?? [])
        {
            file.MustExist(book.FindProvince(province) is not null, "provinces", $"the province '{province}'");
        }

        if (content.EffectiveTo < content.EffectiveFrom)
        {
            throw file.Bad("effectiveTo", "lies before effectiveFrom");
        }

        return content.Pack.Length == 0 || content.Pack.Contains('.', StringComparison.Ordinal) || content.Version.Length == 0
            ? throw file.Bad("pack and version", "must not be empty, and a pack's name has no dot")
            : new RulePack(content.Pack, content.Name, content.Version, content.EffectiveFrom, content.EffectiveTo, provinces);
    }

    private RuleRow ReadRow(DataFile file, RulePack pack, PackFile content, JsonElement element, int index)
    {
        var row = file.Read<PackRow>(element, $"rules[{index}]");
        var where = $"rules[{index}] '{row.Id ?? row.Key}'";
        if (!RuleKeys.Types.TryGetValue(row.Key, out var type))
        {
            throw file.Bad(where, $"has the key '{row.Key}', which no rule has");
        }

        if (row.Source.Count == 0)
        {
            throw file.Bad(where, "has no source");
        }

        foreach (var source in row.Source)
        {
            file.MustExist(content.Sources.ContainsKey(source), where, $"the source '{source}'");
        }

        foreach (var kind in row.Kinds ?? [])
        {
            file.MustBe(kind, FilingKinds, where);
        }

        if ((row.Key == RuleKeys.Demand) != (row.Id is not null) || row.Id?.Trim().Length == 0)
        {
            throw file.Bad(where, string.IsNullOrWhiteSpace(row.Id) ? "needs an id" : "has an id, which only a demand has");
        }

        if (row.EffectiveTo < (row.EffectiveFrom ?? pack.From) || row.EffectiveFrom < pack.From)
        {
            throw file.Bad(where, "has dates that contradict each other or those of its pack");
        }

        var value = Value(file, row, type, where);
        RuleReferences.Check(file, where, row.Key, value, book);
        file.MustPair(RuleWords.In(value), row.NotesEn, where);
        return new RuleRow(pack, row.Key, row.Id ?? row.Key, value)
        {
            Severity = SeverityOf(file, row, where),
            From = row.EffectiveFrom ?? pack.From,
            To = row.EffectiveTo ?? pack.To,
            Source = [.. row.Source.Select(s => content.Sources[s])],
            CheckedOn = row.CheckedOn,
            Kinds = row.Kinds,
            Replaces = row.Replaces,
            Conflicts = row.Conflict ?? [],
            Note = row.Note,
            NotesEn = row.NotesEn,
        };
    }

    private static object Value(DataFile file, PackRow row, Type type, string where)
    {
        try
        {
            return row.Value.Deserialize(type, ApiJson.Data) ?? throw file.Bad(where, "has no value");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file.Name}: {where} value {e.Path}: {DataFile.Reason(e)}", e);
        }
    }

    private static Severity? SeverityOf(DataFile file, PackRow row, string where) => row.Severity switch
    {
        null => null,
        "error" => Severity.Error,
        "warning" => Severity.Warning,
        "info" => Severity.Info,
        _ => throw file.Bad(where, $"has the severity '{row.Severity}', which is none of error, warning, info"),
    };

    /// <summary>An edition without an end judges until the day before the next one of its pack.</summary>
    private static List<RuleRow> Dated(List<RuleRow> rows, List<(RulePack Pack, DataFile File)> editions)
    {
        var ends = new Dictionary<RulePack, DateOnly?>();
        foreach (var group in editions.GroupBy(e => e.Pack.Id))
        {
            var ordered = group.OrderBy(e => e.Pack.From).ToArray();
            for (var i = 0; i < ordered.Length; i++)
            {
                var next = i + 1 < ordered.Length ? ordered[i + 1] : default;
                if (next.Pack is not null && (next.Pack.From == ordered[i].Pack.From || ordered[i].Pack.To >= next.Pack.From))
                {
                    throw next.File.Bad($"pack '{next.Pack.Id}'", $"overlaps in time with the edition '{ordered[i].Pack.Version}' in {ordered[i].File.Name}");
                }

                ends[ordered[i].Pack] = ordered[i].Pack.To ?? next.Pack?.From.AddDays(-1);
            }
        }

        return [.. rows.Select(r => ends[r.Pack] is { } end && (r.To is null || r.To > end) ? r with { To = end } : r).Where(r => r.To is null || r.From <= r.To)];
    }
}
