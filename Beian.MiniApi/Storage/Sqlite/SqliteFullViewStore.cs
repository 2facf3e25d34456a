using System.Text;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Grants of full views, one row for each filing and member of staff.</summary>
public sealed class SqliteFullViewStore(SqliteDatabase database) : IFullViewStore
{
    public Task GrantAsync(
        string filingId, string accountId, string staffId, string reason, DateTimeOffset now, DateTimeOffset endsAt, IdempotencyRecord? record, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                SqliteIdempotencyStore.Insert(connection, record);
                database.Note(new Sighting(AuditActs.FullViewGranted, "filings", filingId, accountId, reason));
                return connection.Run(
                    """
                    INSERT INTO full_views (filing_id, staff_id, granted_at, ends_at, reason) VALUES ($filing, $staff, $now, $ends, $reason)
                    ON CONFLICT (filing_id, staff_id) DO UPDATE SET granted_at = excluded.granted_at, ends_at = excluded.ends_at, reason = excluded.reason;
                    """,
                    ("$filing", filingId),
                    ("$staff", staffId),
                    ("$now", now.ToUnixTimeMilliseconds()),
                    ("$ends", endsAt.ToUnixTimeMilliseconds()),
                    ("$reason", SealedColumns.FullViewReasons.Seal(connection, $"{filingId} {staffId}", Encoding.UTF8.GetBytes(reason))));
            },
            cancellationToken);

    public Task<DateTimeOffset?> EndsAsync(string filingId, string staffId, DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult(database.Read<DateTimeOffset?>(connection =>
    {
        using var query = connection.Statement(
            "SELECT ends_at FROM full_views WHERE filing_id = $filing AND staff_id = $staff AND ends_at > $now;",
            ("$filing", filingId),
            ("$staff", staffId),
            ("$now", now.ToUnixTimeMilliseconds()));
        return query.ExecuteScalar() is long ends ? DateTimeOffset.FromUnixTimeMilliseconds(ends) : null;
    }));

    public Task<int> PruneAsync(DateTimeOffset endedBefore, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Run("DELETE FROM full_views WHERE ends_at < $before;", ("$before", endedBefore.ToUnixTimeMilliseconds())), cancellationToken);
}
