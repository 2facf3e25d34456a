using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Idempotency records as a table that every write of this engine can add to in its own transaction.</summary>
public sealed class SqliteIdempotencyStore(SqliteDatabase database) : IIdempotencyStore
{
    public Task<IdempotencyRecord?> FindAsync(string key, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection =>
        {
            using var query = connection.CreateCommand();
            query.CommandText = "SELECT request_hash, answer, expires_at FROM idempotency WHERE key = $key AND expires_at > $now;";
            query.Parameters.AddWithValue("$key", key);
            query.Parameters.AddWithValue("$now", now.ToUnixTimeMilliseconds());
            using var reader = query.ExecuteReader();
            return reader.Read()
                ? new IdempotencyRecord(key, reader.GetString(0), SealedColumns.Answers.Open(connection, key, reader.GetFieldValue<byte[]>(1)), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)))
                : null;
        }));

    public async Task SaveAsync(IdempotencyRecord record, CancellationToken cancellationToken)
    {
        try
        {
            await database.WriteAsync(
                connection =>
                {
                    Insert(connection, record);
                    return true;
                },
                cancellationToken);
        }
        catch (IdempotencyKeyTakenException)
        {
            // The first answer stands.
        }
    }

    public Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = "DELETE FROM idempotency WHERE expires_at <= $now;";
                command.Parameters.AddWithValue("$now", now.ToUnixTimeMilliseconds());
                return command.ExecuteNonQuery();
            },
            cancellationToken);

    /// <summary>Adds a record inside a running write; a null record adds nothing. An expired record of the same key is replaced.</summary>
    /// <exception cref="IdempotencyKeyTakenException">The key is there already; the whole write is undone.</exception>
    internal static void Insert(SqliteConnection connection, IdempotencyRecord? record)
    {
        if (record is null)
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO idempotency (key, request_hash, answer, expires_at, owner_id) VALUES ($key, $hash, $answer, $expires, $owner)
            ON CONFLICT (key) DO UPDATE SET request_hash = excluded.request_hash, answer = excluded.answer, expires_at = excluded.expires_at, owner_id = excluded.owner_id
            WHERE idempotency.expires_at <= excluded.expires_at - 86400000;
            """;
        command.Parameters.AddWithValue("$key", record.Key);
        command.Parameters.AddWithValue("$hash", record.RequestHash);
        command.Parameters.AddWithValue("$answer", SealedColumns.Answers.Seal(connection, record.Key, record.Answer));
        command.Parameters.AddWithValue("$expires", record.ExpiresAt.ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$owner", (object?)record.OwnerId ?? DBNull.Value);
        if (command.ExecuteNonQuery() == 0)
        {
            throw new IdempotencyKeyTakenException();
        }
    }
}
