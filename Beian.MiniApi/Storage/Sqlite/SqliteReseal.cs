using System.Security.Cryptography;
using Beian.MiniApi.Vault;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Seals the rows anew, a hundred a write. A row is only replaced when it still is what was read, so that no other write is lost.</summary>
public sealed class SqliteReseal(SqliteDatabase database, TimeProvider time) : IResealable, IResealOrders
{
    private const int PerWrite = 100;

    private Sealer Sealer => database.Sealer;

    public async Task ResealAsync(TimeSpan pause, IProgress<ResealProgress> progress, CancellationToken cancellationToken)
    {
        foreach (var column in SealedColumns.All)
        {
            await ResealAsync(column, pause, progress, cancellationToken);
        }

        // What the rows said before stands in the log until it is emptied.
        await new SqliteErasureStore(database).TidyAsync(cancellationToken);
    }

    public Task AddAsync(int dataKey, CancellationToken cancellationToken) => database.HousekeepAsync(
        connection => connection.Run(
            "INSERT INTO resealings (data_key, asked_at) VALUES ($key, $now) ON CONFLICT (data_key) DO NOTHING;", ("$key", dataKey), ("$now", time.GetUtcNow().ToUnixTimeMilliseconds())),
        cancellationToken);

    public Task<bool> IsDueAsync(CancellationToken cancellationToken) => Task.FromResult(database.Read(connection =>
    {
        using var query = connection.Statement("SELECT count(*) = 0 OR sum(ended_at IS NULL) > 0 FROM resealings;");
        return (long)query.ExecuteScalar()! != 0;
    }));

    public Task<bool> HasEndedAsync(CancellationToken cancellationToken) => Task.FromResult(database.Read(connection =>
    {
        using var query = connection.Statement("SELECT 1 FROM resealings WHERE ended_at IS NOT NULL LIMIT 1;");
        return query.ExecuteScalar() is not null;
    }));

    public Task EndAsync(int dataKey, long resealed, long unreadable, CancellationToken cancellationToken) => database.HousekeepAsync(
        connection => connection.Run(
            """
            INSERT INTO resealings (data_key, asked_at) VALUES ($key, $now) ON CONFLICT (data_key) DO NOTHING;
            UPDATE resealings SET ended_at = $now, resealed = $resealed, unreadable = $unreadable WHERE data_key <= $key AND ended_at IS NULL;
            """,
            ("$key", dataKey),
            ("$now", time.GetUtcNow().ToUnixTimeMilliseconds()),
            ("$resealed", resealed),
            ("$unreadable", unreadable)),
        cancellationToken);

    private async Task ResealAsync(SealedColumn column, TimeSpan pause, IProgress<ResealProgress> progress, CancellationToken cancellationToken)
    {
        var told = new ResealProgress($"{column.Table}.{column.Column}", 0, 0, 0);
        for (var last = 0L; ;)
        {
            var rows = database.Read(connection => Old(connection, column, last));
            if (rows.Count == 0)
            {
                progress.Report(told);
                return;
            }

            var opened = rows.Select(r => (r.RowId, r.Value, Fresh: Reseal(column, r))).ToList();
            var changed = await database.HousekeepAsync(connection => opened.Sum(r => r.Fresh is null ? 0 : Replace(connection, column, r.RowId, r.Value, r.Fresh)), cancellationToken);
            told = told with { Seen = told.Seen + rows.Count, Resealed = told.Resealed + changed, Unreadable = told.Unreadable + opened.Count(r => r.Fresh is null) };
            progress.Report(told);
            last = rows[^1].RowId;
            await Task.Delay(pause, cancellationToken);
        }
    }

    /// <summary>The next rows that another key than the active one has sealed, or none.</summary>
    private List<OldRow> Old(SqliteConnection connection, SealedColumn column, long after)
    {
        using var query = connection.Statement(
            $"""
            SELECT rowid, {column.Key}, {column.Column} FROM {column.Table}
            WHERE rowid > $after AND {column.Column} IS NOT NULL AND substr({column.Column}, 1, $length) <> $mark ORDER BY rowid LIMIT $take;
            """,
            ("$after", after),
            ("$length", column.IsText ? Sealer.CurrentTextMark().Length : Sealer.MarkBytes),
            ("$mark", column.IsText ? Sealer.CurrentTextMark() : Sealer.CurrentMark()),
            ("$take", PerWrite));
        using var reader = query.ExecuteReader();
        var rows = new List<OldRow>();
        while (reader.Read())
        {
            rows.Add(new OldRow(reader.GetInt64(0), reader.GetString(1), reader.GetValue(2)));
        }

        return rows;
    }

    /// <summary>The value sealed by the active key; null when it cannot be opened.</summary>
    private object? Reseal(SealedColumn column, OldRow row)
    {
        try
        {
            return column.IsText
                ? column.SealText(Sealer, row.Key, column.OpenText(Sealer, row.Key, (string)row.Value))
                : column.Seal(Sealer, row.Key, column.Open(Sealer, row.Key, (byte[])row.Value));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static int Replace(SqliteConnection connection, SealedColumn column, long rowId, object before, object fresh) => connection.Run(
        $"UPDATE {column.Table} SET {column.Column} = $fresh WHERE rowid = $row AND {column.Column} = $before;", ("$fresh", fresh), ("$row", rowId), ("$before", before));

    private sealed record OldRow(long RowId, string Key, object Value);
}
