using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>One row an attempt; rows older than the longest window are deleted as new ones come.</summary>
public sealed class SqliteAttemptStore(SqliteDatabase database) : IAttemptStore
{
    public Task<Attempts> CountAsync(string key, DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection => Count(connection, key, since)));

    public Task AddAsync(string key, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                Insert(connection, key, at);
                return true;
            },
            cancellationToken);

    public Task RemoveAsync(string key, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = "DELETE FROM attempts WHERE rowid = (SELECT rowid FROM attempts WHERE key = $key AND at = $at LIMIT 1);";
                command.Parameters.AddWithValue("$key", key);
                command.Parameters.AddWithValue("$at", at.ToUnixTimeMilliseconds());
                return command.ExecuteNonQuery();
            },
            cancellationToken);

    public Task<bool> TryAddAsync(string key, int limit, DateTimeOffset since, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                if (Count(connection, key, since).Count >= limit)
                {
                    return false;
                }

                Insert(connection, key, at);
                return true;
            },
            cancellationToken);

    private static Attempts Count(SqliteConnection connection, string key, DateTimeOffset since)
    {
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT COUNT(*), MIN(at) FROM attempts WHERE key = $key AND at > $since;";
        query.Parameters.AddWithValue("$key", key);
        query.Parameters.AddWithValue("$since", since.ToUnixTimeMilliseconds());
        using var reader = query.ExecuteReader();
        reader.Read();
        return new Attempts(reader.GetInt32(0), reader.IsDBNull(1) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)));
    }

    private static void Insert(SqliteConnection connection, string key, DateTimeOffset at)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            DELETE FROM attempts WHERE at <= $oldest;
            INSERT INTO attempts (key, at) VALUES ($key, $at);
            """;
        command.Parameters.AddWithValue("$key", key);
        command.Parameters.AddWithValue("$at", at.ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$oldest", (at - IAttemptStore.MaxWindow).ToUnixTimeMilliseconds());
        command.ExecuteNonQuery();
    }
}
