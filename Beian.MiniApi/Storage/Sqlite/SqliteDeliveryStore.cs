using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Deliveries as rows, what they say sealed by their key.</summary>
public sealed class SqliteDeliveryStore(SqliteDatabase database) : IDeliveryStore
{
    /// <summary>Rows looked at for each one wanted: some lanes may be full.</summary>
    private const int LookedAt = 4;

    /// <summary>Nobody attempts it, and nothing before it in its order waits.</summary>
    private const string IsFree = """
        d.state = 'queued' AND (d.leased_until IS NULL OR d.leased_until <= $now)
        AND NOT EXISTS (SELECT 1 FROM deliveries e WHERE e.stream = d.stream AND e.seq < d.seq AND e.state = 'queued')
        """;

    public async Task<bool> AddAsync(NewDelivery delivery, CancellationToken cancellationToken)
    {
        var body = SealedColumns.Deliveries.Seal(database.Sealer, delivery.Key, StoredDelivery.Write(delivery.Body));
        return await database.WriteAsync(connection => !AccountRows.IsErased(connection, delivery.AccountId) && DeliveryRows.Add(connection, delivery, body), cancellationToken);
    }

    public async Task<IReadOnlyList<LeasedDelivery>> LeaseAsync(DeliveryLease lease, CancellationToken cancellationToken)
    {
        var chosen = database.Read(connection => Choose(connection, lease));
        return chosen.Count == 0 ? [] : Opened(await database.WriteAsync(connection => Lease(connection, lease, chosen), cancellationToken));
    }

    public Task<bool> SettleAsync(long id, string owner, DeliveryEnd end, string? reason, DateTimeOffset? dueAt, string? receipt, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.Run(
                end is DeliveryEnd.Again or DeliveryEnd.Doubt
                    ? """
                      UPDATE deliveries SET reason = $reason, due_at = $due, doubts = doubts + $doubt, lease = NULL, leased_until = NULL
                      WHERE id = $id AND lease = $owner AND state = 'queued';
                      """
                    : """
                      UPDATE deliveries SET state = $state, reason = $reason, receipt = $receipt, ended_at = $now, lease = NULL, leased_until = NULL,
                          body = CASE WHEN $state = 'dead' OR channel = 'webhook' THEN body END
                      WHERE id = $id AND lease = $owner AND state = 'queued';
                      """,
                ("$id", id),
                ("$owner", owner),
                ("$reason", reason),
                ("$due", (dueAt ?? now).ToUnixTimeMilliseconds()),
                ("$doubt", end == DeliveryEnd.Doubt ? 1 : 0),
                ("$state", end == DeliveryEnd.Sent ? "sent" : "dead"),
                ("$receipt", receipt),
                ("$now", now.ToUnixTimeMilliseconds())) == 1,
            cancellationToken);

    public Task<IReadOnlyList<DeliveryRow>> PageAsync(DeliveryFilter filter, long? before, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection => DeliveryRows.Page(connection, filter, before, limit)));

    public Task<DeliveryRow?> FindAsync(long id, CancellationToken cancellationToken) => Task.FromResult(database.Read(connection => DeliveryRows.Find(connection, id)));

    public Task<bool> RetryAsync(long id, DateTimeOffset now, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        ByHandAsync(
            """
            UPDATE deliveries SET state = 'queued', reason = NULL, receipt = NULL, attempts = 0, doubts = 0, quiet = 0, due_at = $now, expires_at = $expires, ended_at = NULL, lease = NULL, leased_until = NULL
            WHERE id = $id AND body IS NOT NULL AND state IN ('queued', 'dead', 'sent') AND (leased_until IS NULL OR leased_until <= $now) RETURNING account_id;
            """,
            id,
            [("$id", id), ("$now", now.ToUnixTimeMilliseconds()), ("$expires", expiresAt.ToUnixTimeMilliseconds())],
            cancellationToken);

    public Task<bool> DropAsync(long id, DateTimeOffset now, CancellationToken cancellationToken) =>
        ByHandAsync(
            """
            UPDATE deliveries SET state = 'dropped', body = NULL, ended_at = $now, lease = NULL, leased_until = NULL
            WHERE id = $id AND state IN ('queued', 'dead') AND (leased_until IS NULL OR leased_until <= $now) RETURNING account_id;
            """,
            id,
            [("$id", id), ("$now", now.ToUnixTimeMilliseconds())],
            cancellationToken);

    public Task<DeliveryCounts> CountAsync(CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection =>
        {
            using var query = connection.Statement(
                "SELECT (SELECT count(*) FROM deliveries WHERE state = 'queued'), (SELECT count(*) FROM deliveries WHERE state = 'dead'), (SELECT min(queued_at) FROM deliveries WHERE state = 'queued');");
            using var reader = query.ExecuteReader();
            reader.Read();
            return new DeliveryCounts(reader.GetInt64(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : MessageRows.At(reader.GetInt64(2)));
        }));

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.Run("DELETE FROM deliveries WHERE ended_at < $before;", ("$before", before.ToUnixTimeMilliseconds())), cancellationToken);

    /// <summary>What a person does with a message: nothing else of its table is in the audit trail.</summary>
    private Task<bool> ByHandAsync(string update, long id, (string Name, object? Value)[] values, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                using var command = connection.Statement(update, values);
                if (command.ExecuteScalar() is not string account)
                {
                    return false;
                }

                database.Note(new Sighting(AuditActs.Changed, "deliveries", id.ToString(CultureInfo.InvariantCulture), account));
                return true;
            },
            cancellationToken);

    /// <summary>What is due in lanes that are not full, oldest first.</summary>
    private static List<long> Choose(SqliteConnection connection, DeliveryLease lease)
    {
        var room = lease.Busy.ToDictionary(b => b.Key, b => lease.PerLane - b.Value, StringComparer.Ordinal);
        using var query = connection.Statement(
            $"""
            SELECT d.id, d.lane FROM deliveries d
            WHERE d.due_at <= $now AND (d.quiet = 0 OR $quiet = 0) AND d.lane NOT IN (SELECT value FROM json_each($full)) AND {IsFree}
            ORDER BY d.due_at, d.id LIMIT $take;
            """,
            ("$now", lease.Now.ToUnixTimeMilliseconds()),
            ("$quiet", lease.IsQuiet ? 1 : 0),
            ("$full", JsonSerializer.Serialize(room.Where(r => r.Value <= 0).Select(r => r.Key))),
            ("$take", lease.Take * LookedAt));
        using var reader = query.ExecuteReader();
        var chosen = new List<long>();
        while (chosen.Count < lease.Take && reader.Read())
        {
            var lane = reader.GetString(1);
            var left = room.GetValueOrDefault(lane, lease.PerLane);
            room[lane] = left - 1;
            if (left > 0)
            {
                chosen.Add(reader.GetInt64(0));
            }
        }

        return chosen;
    }

    /// <summary>Takes those that are still free; somebody else may have been quicker. One that still has a lease was perhaps sent by whoever had it.</summary>
    private static List<LeasedRow> Lease(SqliteConnection connection, DeliveryLease lease, List<long> chosen)
    {
        using var command = connection.Statement(
            $"""
            UPDATE deliveries AS d SET lease = $owner, leased_until = $until, attempts = attempts + 1, doubts = doubts + (lease IS NOT NULL)
            WHERE d.id IN (SELECT value FROM json_each($ids)) AND d.due_at <= $now AND (d.quiet = 0 OR $quiet = 0) AND {IsFree}
            RETURNING id, key, channel, lane, event, body, attempts, doubts, expires_at;
            """,
            ("$owner", lease.Owner),
            ("$until", lease.Until.ToUnixTimeMilliseconds()),
            ("$ids", JsonSerializer.Serialize(chosen)),
            ("$quiet", lease.IsQuiet ? 1 : 0),
            ("$now", lease.Now.ToUnixTimeMilliseconds()));
        using var reader = command.ExecuteReader();
        var rows = new List<LeasedRow>();
        while (reader.Read())
        {
            var body = reader.IsDBNull(5) ? null : reader.GetFieldValue<byte[]>(5);
            rows.Add(new LeasedRow(
                new LeasedDelivery(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), null, reader.GetInt32(6), reader.GetInt32(7), MessageRows.At(reader.GetInt64(8))),
                body));
        }

        return rows;
    }

    /// <summary>Opened outside the write; one that cannot be opened must not hold up the others.</summary>
    private List<LeasedDelivery> Opened(List<LeasedRow> rows) => [.. rows.OrderBy(r => r.Delivery.Id).Select(r => r.Delivery with { Body = StoredDelivery.Open(database.Sealer, r.Delivery.Key, r.Body) })];

    private sealed record LeasedRow(LeasedDelivery Delivery, byte[]? Body);
}
