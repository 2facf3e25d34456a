using System.Text.Json;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.ReferenceData;

/// <summary>One data file: an object with <c>source</c>, <c>asOf</c> and tables. Whatever is wrong with it is thrown naming the file and the row.</summary>
internal sealed class DataFile
{
    private readonly JsonElement _root;

    private DataFile(string name, JsonElement root) => (Name, _root) = (name, root);

    public string Name { get; }

    /// <summary>The whole file.</summary>
    public JsonElement Root => _root;

    /// <summary>Reads a file; one of the same name in the overlay folder replaces the built-in one.</summary>
    /// <returns>Null when neither exists.</returns>
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
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 });
            return new DataFile(path, document.RootElement.Clone());
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
            throw new InvalidDataException($"{Name}: {where} {e.Path}: {e.Message}", e);
        }
    }

    /// <summary>Refuses a reference to a code that does not exist.</summary>
    public void MustExist(bool exists, string where, string what)
    {
        if (!exists)
        {
            throw Bad(where, $"names {what}, which does not exist");
        }
    }

    public InvalidDataException Bad(string where, string problem) => new($"{Name}: {where} {problem}.");
}
