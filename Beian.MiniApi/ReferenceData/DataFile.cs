using System.Text.Json;
using System.Text.RegularExpressions;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.ReferenceData;

/// <summary>One data file: an object with its source and tables. Whatever is wrong with it is thrown naming the file and the row.</summary>
internal sealed class DataFile
{
    /// <summary>The word for every code there is.</summary>
    public const string All = "all";

    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];
    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64, AllowDuplicateProperties = false };

    private readonly JsonElement _root;

    private DataFile(string name, JsonElement root) => (Name, _root) = (name, root);

    /// <summary>Full path, for messages.</summary>
    public string Name { get; }

    /// <summary>The whole file.</summary>
    public JsonElement Root => _root;

    /// <summary>Reads a file; one of the same name in the overlay folder replaces the built-in one.</summary>
    /// <returns>Null when neither exists.</returns>
    /// <exception cref="InvalidDataException">It is not JSON, does not say where it is from, or has a member that nobody reads.</exception>
    public static DataFile? Open(string folder, string? overlay, string name)
    {
        var replaced = overlay is null ? null : Path.Combine(overlay, name);
        var path = replaced is not null && File.Exists(replaced) ? replaced : Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var bytes = File.ReadAllBytes(path).AsMemory();
            using var document = JsonDocument.Parse(bytes.Span.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes, Reading);
            var file = new DataFile(path, document.RootElement.Clone());
            FileShapes.Check(file, name);
            return file;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not JSON: {e.Message}", e);
        }
    }

    public JsonElement Member(string name) =>
        _root.ValueKind == JsonValueKind.Object && _root.TryGetProperty(name, out var value) ? value : throw Bad(name, "is missing");

    /// <summary>A table as typed rows; unknown and missing members are refused.</summary>
    /// <param name="member">Name of the table, usually <c>items</c>.</param>
    /// <param name="key">Gives the code of a row, which may stand only once; null for a table without codes.</param>
    public IReadOnlyList<T> Rows<T>(string member, Func<T, string>? key)
        where T : class
    {
        var table = Member(member);
        if (table.ValueKind != JsonValueKind.Array)
        {
            throw Bad(member, "is not an array");
        }

        var rows = new List<T>(table.GetArrayLength());
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in table.EnumerateArray())
        {
            var where = $"{member}[{rows.Count}]";
            var row = Read<T>(element, where);
            if (key is not null && string.IsNullOrWhiteSpace(key(row)))
            {
                throw Bad(where, "has no code");
            }

            if (key is not null && !seen.Add(key(row)))
            {
                throw Bad(where, $"repeats the code '{key(row)}'");
            }

            rows.Add(row);
        }

        return rows;
    }

    public T Read<T>(JsonElement element, string where)
        where T : class
    {
        try
        {
            return element.Deserialize<T>(ApiJson.Data) ?? throw Bad(where, "is null");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{Name}: {where} {e.Path}: {Reason(e)}", e);
        }
    }

    /// <summary>What a reader of JSON complained about, without its position in a part of the file.</summary>
    public static string Reason(JsonException e) => e.Message.Split(" Path: ", 2)[0];

    /// <returns>Null for the word "all".</returns>
    public IReadOnlyList<T>? AllOr<T>(JsonElement value, string where, string member) =>
        value.ValueKind == JsonValueKind.String
            ? value.GetString() == All ? null : throw Bad(where, $"{member} is neither an array nor all")
            : Read<IReadOnlyList<T>>(value, $"{where} {member}");

    /// <summary>Refuses a reference to a code that does not exist.</summary>
    public void MustExist(bool exists, string where, string what)
    {
        if (!exists)
        {
            throw Bad(where, $"names {what}, which does not exist");
        }
    }

    /// <summary>Refuses a word that nothing knows; null is no word.</summary>
    public void MustBe(string? word, IReadOnlyList<string> known, string where) =>
        MustExist(word is null || known.Contains(word), where, $"'{word}' (known are {string.Join(", ", known)})");

    /// <summary>Refuses English that is not one text for each Chinese one; none at all is none.</summary>
    public void MustPair(IReadOnlyList<string> zh, IReadOnlyList<string>? en, string where)
    {
        if (en is not null && en.Count != zh.Count)
        {
            throw Bad(where, $"has {en.Count} texts in notesEn for {zh.Count} in Chinese");
        }
    }

    /// <summary>Refuses an empty text.</summary>
    public void MustSay(string? text, string where, string what)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw Bad(where, $"has no {what}");
        }
    }

    /// <exception cref="InvalidDataException">The pattern does not compile.</exception>
    public Regex Pattern(string pattern, string where, RegexOptions options = RegexOptions.None)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.CultureInvariant, MatchTimeout);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new InvalidDataException($"{Name}: {where} has the pattern '{pattern}': {e.Message}", e);
        }
    }

    public InvalidDataException Bad(string where, string problem) => new($"{Name}: {where} {problem}.");
}
