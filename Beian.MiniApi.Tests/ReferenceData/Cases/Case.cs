using System.Text.Json;

namespace Beian.MiniApi.Tests.ReferenceData.Cases;

/// <summary>One worked example: a filing right in everything but its input, and the verdict of one rule.</summary>
/// <param name="Id">Unique within its file.</param>
/// <param name="Expected"><c>pass</c>, <c>fail</c> or <c>warn</c>.</param>
/// <param name="Field">The field that is looked at.</param>
/// <param name="Ref">The rule, as <c>file#row</c> or <c>provinces.json#code.key</c>; a demand by its id.</param>
/// <param name="Code">Code of the finding that must come; null where any will do.</param>
/// <param name="Material">The paper that must be asked for; null where any will do.</param>
internal sealed record Case(string Id, CaseInput Input, string Expected, string Field, string Ref, string? Code = null, string? Material = null)
{
    public static IReadOnlyList<Case> Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. document.RootElement.GetProperty("items").EnumerateArray().Select(row => Of(row.Clone()))];
    }

    private static Case Of(JsonElement row) => new(
        row.GetProperty("id").GetString()!,
        new CaseInput(row.GetProperty("input")),
        row.GetProperty("expected").GetString()!,
        row.GetProperty("field").GetString()!,
        row.GetProperty("ref").GetString()!,
        Optional(row, "code"),
        Optional(row, "material"));

    private static string? Optional(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.GetString() : null;

    public override string ToString() => Id;
}

/// <summary>What a case types. A name that is never asked for is a fault of the adapter, so each look is remembered.</summary>
internal sealed class CaseInput(JsonElement input)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>Names that nobody has asked for.</summary>
    public IEnumerable<string> Unused => input.EnumerateObject().Select(p => p.Name).Where(n => !_asked.Contains(n));

    public bool Has(string name) => Find(name) is not null;

    /// <summary>The text, or the fallback where the name is absent; null where it is null.</summary>
    public string? Text(string name, string? fallback = null) => Find(name) is { } value ? value.GetString() : fallback;

    public int? Number(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value ? value.GetInt32() : null;

    public bool? Flag(string name) => Find(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    public IReadOnlyList<string>? Texts(string name) => Find(name) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray().Select(v => v.GetString()!)] : null;

    public IReadOnlyList<int>? Numbers(string name) => Find(name) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray().Select(v => v.GetInt32())] : null;

    public CaseInput? Inner(string name) => Find(name) is { ValueKind: JsonValueKind.Object } value ? new CaseInput(value) : null;

    private JsonElement? Find(string name)
    {
        _asked.Add(name);
        return input.TryGetProperty(name, out var value) ? value : null;
    }
}
