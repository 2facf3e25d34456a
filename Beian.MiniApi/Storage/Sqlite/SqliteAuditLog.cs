using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>The audit trail in the one database file.</summary>
public sealed class SqliteAuditLog(SqliteDatabase database, AuditSecret secret, TimeProvider time) : IAuditLog
{
    /// <summary>Entries deleted in one write, so that others wait a few milliseconds at most.</summary>
    private const int PruneBatch = 2000;

    public Task RecordAsync(IReadOnlyList<Sighting> sightings, CancellationToken cancellationToken) => database.WriteAsync(
        _ =>
        {
            foreach (var sighting in sightings)
            {
                database.Note(sighting);
            }

            return 0;
        },
        cancellationToken);

    public Task<IReadOnlyList<AccessRecord>> AccessesAsync(string owner, long? before, int limit, CancellationToken cancellationToken) =>
        Records(
            """
            SELECT seq, at, actor, role, act, kind, thing FROM audit_entries
            WHERE owner = $owner AND seq < $before AND owner IS NOT NULL AND (role IN ('reviewer', 'admin') OR act IN ('viewed', 'viewedInFull', 'exported'))
            ORDER BY seq DESC LIMIT $limit;
            """,
            ("$owner", owner),
            ("$before", before ?? long.MaxValue),
            ("$limit", limit));

    public Task<IReadOnlyList<AccessRecord>> PageAsync(AuditFilter filter, long? before, int limit, CancellationToken cancellationToken)
    {
        var actor = filter.Actor is null ? string.Empty : " AND actor = $actor";
        var thing = filter.Thing is null ? string.Empty : " AND thing = $thing";
        return Records(
            $"SELECT seq, at, actor, role, act, kind, thing FROM audit_entries WHERE seq < $before{actor}{thing} ORDER BY seq DESC LIMIT $limit;",
            [
                ("$before", before ?? long.MaxValue),
                ("$limit", limit),
                .. filter.Actor is { } who ? new (string, object?)[] { ("$actor", who) } : [],
                .. filter.Thing is { } what ? new (string, object?)[] { ("$thing", what) } : [],
            ]);
    }

    public AuditHead? Head() => database.Read(AuditRows.HeadOf);

    public async Task<(AuditHead Checkpoint, long Deleted)?> PruneAsync(DateTimeOffset olderThan, CancellationToken cancellationToken)
    {
        (AuditHead Checkpoint, long Deleted)? all = null;
        while (await database.WriteAsync(connection => Prune(connection, olderThan), cancellationToken) is { } some)
        {
            all = (some.Checkpoint, some.Deleted + (all?.Deleted ?? 0));
        }

        return all;
    }

    private Task<IReadOnlyList<AccessRecord>> Records(string sql, params (string Name, object? Value)[] values) => Task.FromResult<IReadOnlyList<AccessRecord>>(database.Read(connection =>
    {
        using var query = connection.Statement(sql, values);
        using var reader = query.ExecuteReader();
        var found = new List<AccessRecord>();
        while (reader.Read())
        {
            found.Add(new AccessRecord(
                reader.GetInt64(0), AuditRows.Time(reader.GetInt64(1)), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6)));
        }

        return found;
    }));

    private (AuditHead Checkpoint, long Deleted)? Prune(SqliteConnection connection, DateTimeOffset olderThan)
    {
        // The last of all stays, whatever its age: the chain goes on from it.
        var (last, deleted) = ((Seq: 0L, Mac: Array.Empty<byte>()), 0L);
        using (var query = connection.Statement("SELECT seq, at, mac FROM audit_entries WHERE seq < (SELECT max(seq) FROM audit_entries) ORDER BY seq LIMIT $limit;", ("$limit", PruneBatch)))
        {
            using var reader = query.ExecuteReader();
            while (reader.Read() && reader.GetInt64(1) < olderThan.ToUnixTimeMilliseconds())
            {
                (last, deleted) = ((reader.GetInt64(0), reader.GetFieldValue<byte[]>(2)), deleted + 1);
            }
        }

        if (deleted == 0 || AuditRows.HeadOf(connection) is not { } head)
        {
            return null;
        }

        var checkpoint = new AuditHead(AuditHead.Checkpoint, head.Instance, last.Seq, DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()), last.Mac, []);
        checkpoint = checkpoint with { Signature = secret.Sign(checkpoint) };
        connection.Run(
            "INSERT INTO audit_checkpoints (seq, instance, at, mac, signature) VALUES ($seq, $instance, $at, $mac, $signature);",
            ("$seq", checkpoint.Seq),
            ("$instance", checkpoint.Instance),
            ("$at", checkpoint.At.ToUnixTimeMilliseconds()),
            ("$mac", checkpoint.Mac),
            ("$signature", checkpoint.Signature));
        connection.Run("DELETE FROM audit_entries WHERE seq <= $seq;", ("$seq", checkpoint.Seq));
        connection.Run("DELETE FROM audit_checkpoints WHERE seq < $seq;", ("$seq", checkpoint.Seq));
        database.Note(new Sighting(AuditActs.Pruned, "audit_entries", checkpoint.Seq.ToString(System.Globalization.CultureInfo.InvariantCulture), null));
        return (checkpoint, deleted);
    }
}
