using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Counts what waits, from the index of the queue alone.</summary>
internal static class SqliteWaiting
{
    private static readonly string States = JsonSerializer.Serialize(StoredFigures.Waiting);

    public static IReadOnlyList<WaitingFigures> At(SqliteConnection connection, DateTimeOffset now)
    {
        var limits = WaitingFigures.AgeLimits;
        using var query = connection.Statement(
            $"""
            SELECT state, count(*), sum(due_key < $now), min(state_since),
                sum(state_since > $age0), sum(state_since > $age1), sum(state_since > $age2), sum(state_since > $age3)
            FROM filings INDEXED BY queue_state WHERE {SqliteQueue.Queued} AND state IN (SELECT value FROM json_each($states)) GROUP BY state ORDER BY state;
            """,
            ("$states", States),
            ("$now", now.ToUnixTimeMilliseconds()),
            ("$age0", Before(now, limits[0])),
            ("$age1", Before(now, limits[1])),
            ("$age2", Before(now, limits[2])),
            ("$age3", Before(now, limits[3])));
        using var reader = query.ExecuteReader();
        var waiting = new List<WaitingFigures>();
        while (reader.Read())
        {
            waiting.Add(Row(reader, limits.Count));
        }

        return waiting;
    }

    private static WaitingFigures Row(SqliteDataReader reader, int limits)
    {
        const int firstAge = 4;
        var count = reader.GetInt32(1);
        var ages = StoredFigures.Ages(Enumerable.Range(firstAge, limits).Select(reader.GetInt32), count);
        return new WaitingFigures(reader.GetString(0), count, reader.GetInt32(2), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(3)), ages);
    }

    private static long Before(DateTimeOffset now, int days) => now.AddDays(-days).ToUnixTimeMilliseconds();
}
