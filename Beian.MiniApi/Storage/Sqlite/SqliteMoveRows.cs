using System.Globalization;
using System.Text.Json;
using Beian.MiniApi.Storage.Moving;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Reads a table in the order of its key, a batch at a time, each row with the rows that belong to it.</summary>
internal sealed class SqliteMoveRows(SqliteConnection connection, MovedTable table)
{
    /// <summary>Rows behind that key, and the key of the last one.</summary>
    public (IReadOnlyList<MovedThing> Things, object?[] Last) Read(object?[]? after, int limit)
    {
        var key = table.Key;
        var from = table.IsGroup ? $"(SELECT DISTINCT {table.Key[0]} FROM {table.Parts[0].Table.Name})" : table.Name;
        var names = Enumerable.Range(0, key.Count).Select(i => "$k" + i).ToArray();
        var where = after is null ? string.Empty : $" WHERE ({string.Join(", ", key)}) > ({string.Join(", ", names)})";
        using var query = connection.Statement($"SELECT {Columns(key)}, {Columns(table.Columns)} FROM {from}{where} ORDER BY {string.Join(", ", key)} LIMIT {limit.ToString(CultureInfo.InvariantCulture)};");
        for (var i = 0; i < (after?.Length ?? 0); i++)
        {
            query.Parameters.AddWithValue(names[i], after![i]);
        }

        var rows = All(query);
        if (rows.Count == 0)
        {
            return ([], []);
        }

        var parts = table.Parts.Select(p => Parts(p, rows.Select(r => (string)r[0]!))).ToArray();
        return ([.. rows.Select(r => new MovedThing(r[key.Count..], [.. parts.Select(p => p.GetValueOrDefault((r[0] as string) ?? string.Empty, []))]))], rows[^1][..key.Count]);
    }

    public static string InsertInto(MovedTable table) =>
        $"INSERT INTO {table.Name} ({Columns(table.Columns)}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => "$" + i.ToString(CultureInfo.InvariantCulture)))});";

    public static List<object?[]> All(SqliteCommand query)
    {
        using var reader = query.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            }

            rows.Add(row);
        }

        return rows;
    }

    /// <summary>A key as text, with the types of its values.</summary>
    public static string Text(object?[] key) => JsonSerializer.Serialize(key.Select(k => k switch
    {
        long number => "i" + number.ToString(CultureInfo.InvariantCulture),
        byte[] bytes => "b" + Convert.ToHexStringLower(bytes),
        _ => "t" + (string)k!,
    }));

    public static object?[] Key(string text) => [.. JsonSerializer.Deserialize<string[]>(text)!.Select(object? (k) => k[0] switch
    {
        'i' => long.Parse(k.AsSpan(1), CultureInfo.InvariantCulture),
        'b' => Convert.FromHexString(k.AsSpan(1)),
        _ => k[1..],
    })];

    private Dictionary<string, IReadOnlyList<object?[]>> Parts(MovedPart part, IEnumerable<string> owners)
    {
        var only = part.Only is { } o ? $"{o.Column} = '{o.Value}' AND " : string.Empty;
        var order = part.Table.Key.Count > 0 ? part.Table.Key[0] : "rowid";
        using var query = connection.Statement(
            $"SELECT {Columns(part.Table.Columns)} FROM {part.Table.Name} WHERE {only}{part.Owner} IN (SELECT value FROM json_each($owners)) ORDER BY {order};", ("$owners", JsonSerializer.Serialize(owners)));
        var owner = part.Table.IndexOf(part.Owner);
        return All(query).GroupBy(r => (string)r[owner]!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => (IReadOnlyList<object?[]>)[.. g], StringComparer.Ordinal);
    }

    private static string Columns(IReadOnlyList<string> names) => string.Join(", ", names.Select(n => $"\"{n}\""));
}
