using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Which rows the audit trail tells of, and how a row says what it is.</summary>
internal static class AuditedTables
{
    private const string Program = "the program's own";
    private const string Derived = "written with the row it follows from, which is watched";
    private const string Counter = "counts for a limit, gone by itself";
    private const string Transport = "a message on its way; what it tells of is watched";

    /// <summary>Tables without entries, each with why. Everything else is watched, tables to come included.</summary>
    public static readonly IReadOnlyDictionary<string, string> Unwatched = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["schema_migrations"] = Program,
        ["settings"] = Program,
        ["store_probe"] = Program,
        ["data_keys"] = Program,
        ["resealings"] = Program,
        ["audit_entries"] = "the trail itself",
        ["audit_chain"] = "the trail itself",
        ["audit_checkpoints"] = "the trail itself",
        ["paper_work"] = "copies and scans still to be made of papers, which are watched with their filing",
        ["resumable_uploads"] = Transport,
        ["idempotency"] = "an answer that was given, for a day; the change it reports is watched",
        ["holds"] = Derived,
        ["resource_changes"] = Derived,
        ["filing_contacts"] = Derived,
        ["review_facts"] = Derived,
        ["subject_domains"] = Derived,
        ["refresh_tokens"] = Derived,
        ["former_members"] = Derived,
        ["erased_accounts"] = Derived,
        ["erased_files"] = Derived,
        ["staff_passwords"] = Derived,
        ["attempts"] = Counter,
        ["staff_attempts"] = Counter,
        ["provider_logins"] = "half a login; the session it leads to is watched",
        ["full_views"] = "the grant has an entry of its own, with its reason",
        ["notifications"] = Transport,
        ["wechat_messages"] = Transport,
        ["wechat_events"] = Transport,
        ["wechat_signatures"] = Transport,
        ["message_credits"] = Transport,
        ["message_refusals"] = Transport,
        ["message_deliveries"] = Transport,
        ["deliveries"] = Transport,
        ["media_verdicts"] = Transport,
    };

    /// <summary>What names the thing where it is not <c>id</c> or the first column of the key.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        // The key is a name at the identity provider, which may be a mail address.
        ["staff_identities"] = "staff_id",
    };

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
        foreach (var table in Texts(writer, "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name;").Where(t => !Unwatched.ContainsKey(t)))
        {
            foreach (var sql in Triggers(table, Texts(writer, $"SELECT name FROM pragma_table_info('{table}') ORDER BY cid;"), Texts(writer, $"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk;")))
            {
                SqliteDatabase.Execute(writer, sql);
            }
        }
    }

    private static IEnumerable<string> Triggers(string table, List<string> columns, List<string> key)
    {
        var name = Names.GetValueOrDefault(table) ?? (columns.Contains("id") ? "id" : key.Count > 0 ? key[0] : "rowid");
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
