using System.Text.Json;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.ReferenceData;

/// <summary>One worked example of a rule: what is typed, and whether it stands.</summary>
/// <param name="Input">What differs from a filing that is right in everything else.</param>
/// <param name="Expected"><c>pass</c>, <c>fail</c> or <c>warn</c>.</param>
/// <param name="Field">The field that is looked at.</param>
/// <param name="Ref">File and row, or file, province and rule key, such as <c>provinces.json#440000.minAge</c>.</param>
/// <param name="Rule">What is examined, for people.</param>
internal sealed record ValidationCaseRow(string Id, string Area, JsonElement Input, string Expected, string Field, string Ref, string Rule, string? Note, bool Synthetic);

/// <summary>Refuses examples of rules that do not exist: nobody would notice that they examine nothing.</summary>
internal sealed class ValidationCaseFile
{
    private const string Name = "validation-cases.json";
    private const string Provinces = "provinces.json";
    private const string Nationwide = "nationwide";

    /// <summary>Names of the row codes in the tables that a case can name.</summary>
    private static readonly string[] Keys = ["id", "ascii", "code"];

    private readonly string _folder;
    private readonly string? _overlay;
    private readonly Dictionary<string, HashSet<string>> _rows = new(StringComparer.Ordinal);

    private ValidationCaseFile(string folder, string? overlay) => (_folder, _overlay) = (folder, overlay);

    /// <summary>Reads every case. Built-in ones are compared with the built-in data, those of an operator with the operator's.</summary>
    /// <exception cref="InvalidDataException">A case cannot be read or names what does not exist; the message names file and row.</exception>
    public static IReadOnlyList<ValidationCaseRow> Read(string folder, string? overlay)
    {
        var own = overlay is not null && File.Exists(Path.Combine(overlay, Name)) ? overlay : null;
        var file = DataFile.Open(folder, own, Name) ?? throw new InvalidDataException($"{Path.Combine(folder, Name)} is missing.");
        var data = new ValidationCaseFile(folder, own);
        var cases = file.Rows<ValidationCaseRow>("items", c => c.Id);
        foreach (var row in cases)
        {
            data.Check(file, row);
        }

        return cases;
    }

    private void Check(DataFile file, ValidationCaseRow row)
    {
        var where = $"row '{row.Id}'";
        if (row.Expected is not ("pass" or "fail" or "warn"))
        {
            throw file.Bad(where, $"expects '{row.Expected}', which is none of pass, fail, warn");
        }

        if (row.Input.ValueKind != JsonValueKind.Object)
        {
            throw file.Bad(where, "has an input that is not an object");
        }

        var hash = row.Ref.IndexOf('#', StringComparison.Ordinal);
        if (hash <= 0)
        {
            throw file.Bad(where, $"has the ref '{row.Ref}', which is not a file and a row");
        }

        var (table, name) = (row.Ref[..hash], row.Ref[(hash + 1)..]);
        file.MustExist(Path.GetFileName(table) == table && DataFile.Open(_folder, _overlay, table) is not null, where, $"the file '{table}'");
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (table != Provinces)
        {
            file.MustExist(RowsOf(table).Contains(name), where, $"the row '{name}' of {table}");
            return;
        }

        file.MustExist(dot > 0 && (name[..dot] == Nationwide || RowsOf(Provinces).Contains(name[..dot])), where, $"the province '{name}'");
        file.MustExist(RuleKeys.Types.ContainsKey(name[(dot + 1)..]), where, $"the rule key '{name[(dot + 1)..]}'");
    }

    /// <summary>Codes of the rows of every table in a file, and the names of its tables and members.</summary>
    private HashSet<string> RowsOf(string table)
    {
        if (_rows.TryGetValue(table, out var known))
        {
            return known;
        }

        var rows = _rows[table] = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in DataFile.Open(_folder, _overlay, table)!.Root.EnumerateObject())
        {
            rows.Add(member.Name);
            foreach (var item in member.Value.ValueKind == JsonValueKind.Array ? member.Value.EnumerateArray() : default)
            {
                if (item.ValueKind == JsonValueKind.Object)
                {
                    rows.UnionWith(Keys.Where(k => item.TryGetProperty(k, out _)).Select(k => item.GetProperty(k).ToString()));
                }
            }
        }

        return rows;
    }
}
