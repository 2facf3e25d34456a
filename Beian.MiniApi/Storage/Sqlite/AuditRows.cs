using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Entries, heads and checkpoints as rows.</summary>
internal static class AuditRows
{
    private static readonly string[] Columns = ["seq", "at", "actor", "role", "act", "kind", "thing", "route", "owner", "reason", "source", "before", "after", "mac"];

    public static SqliteCommand Insert(SqliteConnection connection) => Prepared(
        connection, $"INSERT INTO audit_entries ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(c => "$" + c))});", Columns);

    public static SqliteCommand SaveHead(SqliteConnection connection) => Prepared(
        connection,
        """
        INSERT INTO audit_chain (id, instance, seq, at, mac, signature) VALUES (1, $instance, $seq, $at, $mac, $signature)
        ON CONFLICT (id) DO UPDATE SET instance = excluded.instance, seq = excluded.seq, at = excluded.at, mac = excluded.mac, signature = excluded.signature;
        """,
        ["instance", "seq", "at", "mac", "signature"]);

    public static void Bind(SqliteCommand insert, AuditEntry entry, byte[] mac) => Set(
        insert,
        [
            entry.Seq, entry.At.ToUnixTimeMilliseconds(), entry.Actor, entry.Role, entry.Act, entry.Kind, entry.Thing, entry.Route, entry.Owner, entry.Reason, entry.Source, entry.Before,
            entry.After, mac,
        ]);

    public static void Bind(SqliteCommand saveHead, AuditHead head) => Set(saveHead, [head.Instance, head.Seq, head.At.ToUnixTimeMilliseconds(), head.Mac, head.Signature]);

    /// <summary>The chain as it stands; null before its first entry.</summary>
    public static AuditHead? HeadOf(SqliteConnection connection) =>
        One(connection, "SELECT instance, seq, at, mac, signature FROM audit_chain WHERE id = 1;", AuditHead.Head);

    /// <summary>The last deletion by age; null when there was none.</summary>
    public static AuditHead? CheckpointOf(SqliteConnection connection) =>
        One(connection, "SELECT instance, seq, at, mac, signature FROM audit_checkpoints ORDER BY seq DESC LIMIT 1;", AuditHead.Checkpoint);

    public static long LastSeq(SqliteConnection connection)
    {
        using var query = connection.Statement("SELECT coalesce(max(seq), 0) FROM audit_entries;");
        return (long)query.ExecuteScalar()!;
    }

    /// <summary>Entries with their hashes, in order.</summary>
    public static IEnumerable<(AuditEntry Entry, byte[] Mac)> All(SqliteConnection connection)
    {
        using var query = connection.Statement($"SELECT {string.Join(", ", Columns)} FROM audit_entries ORDER BY seq;");
        using var reader = query.ExecuteReader();
        while (reader.Read())
        {
            var entry = new AuditEntry(
                reader.GetInt64(0),
                Time(reader.GetInt64(1)),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetString(4),
                reader.GetString(5),
                reader.GetString(6),
                reader.GetString(7),
                reader.IsDBNull(8) ? null : reader.GetString(8),
                Bytes(reader, 9),
                reader.IsDBNull(10) ? null : reader.GetString(10),
                Bytes(reader, 11),
                Bytes(reader, 12));
            yield return (entry, Bytes(reader, 13) ?? []);
        }
    }

    /// <summary>A time of a row, or the beginning of times where the row was made to say something impossible.</summary>
    internal static DateTimeOffset Time(long milliseconds) =>
        milliseconds is >= -62_135_596_800_000 and <= 253_402_300_799_999 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : DateTimeOffset.MinValue;

    private static byte[]? Bytes(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);

    private static AuditHead? One(SqliteConnection connection, string sql, string kind)
    {
        using var query = connection.Statement(sql);
        using var reader = query.ExecuteReader();
        return reader.Read() ? new AuditHead(kind, reader.GetString(0), reader.GetInt64(1), Time(reader.GetInt64(2)), Bytes(reader, 3) ?? [], Bytes(reader, 4) ?? []) : null;
    }

    private static SqliteCommand Prepared(SqliteConnection connection, string sql, IReadOnlyList<string> names)
    {
        var command = connection.Statement(sql);
        foreach (var name in names)
        {
            command.Parameters.Add(new SqliteParameter("$" + name, null));
        }

        return command;
    }

    private static void Set(SqliteCommand command, ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}
