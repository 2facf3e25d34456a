using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Which rows the audit trail tells of, and how a row says what it is.</summary>
internal static class AuditedTables
{
    /// <summary>Makes the triggers on this connection; they end with it, and no other connection has them.</summary>
    /// <param name="writer">The only connection that writes.</param>
    /// <param name="digest">Digest of a row's values.</param>
    /// <param name="note">Called for every changed row: act, kind, thing, owner, digests.</param>
    public static void Watch(SqliteConnection writer, Func<object?[], byte[]> digest, Action<string, string, string, string?, byte[]?, byte[]?> note)
    {
        writer.CreateFunction("audit_digest", digest);
        writer.CreateFunction("audit_note", (object?[] a) =>
        {
            note((string)a[0]!, (string)a[1]!, Text(a[2]), a[3] as string, a[4] as byte[], a[5] as byte[]);
            return 0L;
        });
        foreach (var table in Texts(writer, "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name;").Where(t => !AuditedThings.Unwatched.ContainsKey(t)))
        {
            foreach (var sql in Triggers(table, Texts(writer, $"SELECT name FROM pragma_table_info('{table}') ORDER BY cid;"), Texts(writer, $"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk;")))
            {
                SqliteDatabase.Execute(writer, sql);
            }
        }
    }

    private static IEnumerable<string> Triggers(string table, List<string> columns, List<string> key)
    {
        var name = AuditedThings.Names.GetValueOrDefault(table) ?? (columns.Contains("id") ? "id" : key.Count > 0 ? key[0] : "rowid");
        string Owner(string row) => table == "accounts" ? $"{row}.id" : columns.Contains("account_id") ? $"{row}.account_id" : "NULL";
        string Digest(string row) => $"audit_digest({string.Join(", ", columns.Select(c => $"{row}.\"{c}\""))})";
        string Trigger(string act, string on, string row, string before, string after) => $"""
            CREATE TEMP TRIGGER "audit_{act}_{table}" AFTER {on} ON main."{table}" BEGIN
                SELECT audit_note('{act}', '{table}', {row}."{name}", {Owner(row)}, {before}, {after});
            END;
            """;
        yield return Trigger(AuditActs.Created, "INSERT", "NEW", "NULL", Digest("NEW"));
        yield return Trigger(AuditActs.Changed, "UPDATE", "NEW", Digest("OLD"), Digest("NEW"));
        yield return Trigger(AuditActs.Deleted, "DELETE", "OLD", Digest("OLD"), "NULL");
    }

    private static string Text(object? id) => id switch
    {
        byte[] bytes => Convert.ToHexStringLower(bytes),
        null => string.Empty,
        _ => Convert.ToString(id, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    private static List<string> Texts(SqliteConnection connection, string sql)
    {
        using var query = connection.Statement(sql);
        using var reader = query.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
