using System.Text;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Pushed events as rows, their bodies sealed.</summary>
public sealed class SqliteWeChatEventStore(SqliteDatabase database, TimeProvider time) : IWeChatEventStore
{
    public Task<PushReceipt> AddAsync(PushedEvent pushed, PushOnce? once, CancellationToken cancellationToken)
    {
        var body = SealedColumns.Events.Seal(database.Sealer, pushed.Key, Encoding.UTF8.GetBytes(pushed.Body));
        return database.WriteAsync(
            connection =>
            {
                if (once is not null && !IsOf(connection, once, pushed.ExpiresAt))
                {
                    return PushReceipt.SignatureReused;
                }

                var added = connection.Run(
                    """
                    INSERT INTO wechat_events (key, name, body, due_at, expires_at) VALUES ($key, $name, $body, $due, $expires)
                    ON CONFLICT (key) DO NOTHING;
                    """,
                    ("$key", pushed.Key),
                    ("$name", pushed.Name),
                    ("$body", body),
                    ("$due", pushed.At.ToUnixTimeMilliseconds()),
                    ("$expires", pushed.ExpiresAt.ToUnixTimeMilliseconds()));
                return added == 1 ? PushReceipt.Stored : PushReceipt.Duplicate;
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<long>> DueAsync(DateTimeOffset now, int take, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read<IReadOnlyList<long>>(connection =>
        {
            using var query = connection.Statement(
                "SELECT id FROM wechat_events WHERE done_at IS NULL AND due_at <= $now ORDER BY id LIMIT $take;", ("$now", now.ToUnixTimeMilliseconds()), ("$take", take));
            using var reader = query.ExecuteReader();
            var due = new List<long>();
            while (reader.Read())
            {
                due.Add(reader.GetInt64(0));
            }

            return due;
        }));

    public Task<WaitingEvent?> FindAsync(long id, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection =>
        {
            using var query = connection.Statement("SELECT key, name, body, attempts FROM wechat_events WHERE id = $id AND done_at IS NULL;", ("$id", id));
            using var reader = query.ExecuteReader();
            return reader.Read()
                ? new WaitingEvent(id, reader.GetString(0), reader.GetString(1), Encoding.UTF8.GetString(SealedColumns.Events.Open(connection, reader.GetString(0), reader.GetFieldValue<byte[]>(2))), reader.GetInt32(3))
                : null;
        }));

    public Task DoneAsync(long id, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.Run(
                "UPDATE wechat_events SET done_at = $now, body = NULL WHERE id = $id AND done_at IS NULL;", ("$id", id), ("$now", time.GetUtcNow().ToUnixTimeMilliseconds())),
            cancellationToken);

    public Task PostponeAsync(long id, DateTimeOffset until, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.Run(
                "UPDATE wechat_events SET attempts = attempts + 1, due_at = $until WHERE id = $id AND done_at IS NULL;", ("$id", id), ("$until", until.ToUnixTimeMilliseconds())),
            cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
                connection.Run("DELETE FROM wechat_events WHERE done_at IS NOT NULL AND expires_at <= $now;", ("$now", now.ToUnixTimeMilliseconds()))
                + connection.Run("DELETE FROM wechat_signatures WHERE expires_at <= $now;", ("$now", now.ToUnixTimeMilliseconds())),
            cancellationToken);

    /// <summary>Binds the signature to its body, or says whether it is bound to this one.</summary>
    private static bool IsOf(SqliteConnection connection, PushOnce once, DateTimeOffset expiresAt)
    {
        connection.Run(
            "INSERT INTO wechat_signatures (signature, body, expires_at) VALUES ($signature, $body, $expires) ON CONFLICT (signature) DO NOTHING;",
            ("$signature", once.Signature),
            ("$body", once.Body),
            ("$expires", expiresAt.ToUnixTimeMilliseconds()));
        using var query = connection.Statement("SELECT body FROM wechat_signatures WHERE signature = $signature;", ("$signature", once.Signature));
        return (string)query.ExecuteScalar()! == once.Body;
    }
}
