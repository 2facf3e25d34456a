using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Messages as one row each.</summary>
public sealed class SqliteNotificationStore(SqliteDatabase database) : INotificationStore
{
    public Task AddAsync(Notification notification, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            if (AccountRows.IsErased(connection, notification.AccountId))
            {
                return 0;
            }

            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO notifications (id, account_id, read_at, payload) VALUES ($id, $account, NULL, $payload) ON CONFLICT (id) DO NOTHING;";
            command.Parameters.AddWithValue("$id", notification.Id);
            command.Parameters.AddWithValue("$account", notification.AccountId);
            command.Parameters.AddWithValue("$payload", SealedColumns.Notifications.Seal(connection, notification.Id, JsonSerializer.SerializeToUtf8Bytes(notification, StoredJson.Options)));
            return command.ExecuteNonQuery();
        },
        cancellationToken);

    public Task<IReadOnlyList<Notification>> ListAsync(string accountId, string? before, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Notification>>(database.Read(connection =>
        {
            using var query = connection.CreateCommand();
            query.CommandText = "SELECT payload, read_at, id FROM notifications WHERE account_id = $account AND id < $before ORDER BY id DESC LIMIT $limit;";
            query.Parameters.AddWithValue("$account", accountId);
            query.Parameters.AddWithValue("$before", before ?? "~");
            query.Parameters.AddWithValue("$limit", limit);
            using var reader = query.ExecuteReader();
            var rows = new List<Notification>();
            while (reader.Read())
            {
                rows.Add(Row(connection, reader));
            }

            return rows;
        }));

    public Task<Notification?> MarkReadAsync(string id, string accountId, DateTimeOffset at, IdempotencyRecord? record, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText = "UPDATE notifications SET read_at = coalesce(read_at, $at) WHERE id = $id AND account_id = $account RETURNING payload, read_at, id;";
                command.Parameters.AddWithValue("$at", at.ToUnixTimeMilliseconds());
                command.Parameters.AddWithValue("$id", id);
                command.Parameters.AddWithValue("$account", accountId);
                Notification? read;
                using (var reader = command.ExecuteReader())
                {
                    read = reader.Read() ? Row(connection, reader) : null;
                }

                if (read is not null)
                {
                    SqliteIdempotencyStore.Insert(connection, record);
                }

                return read;
            },
            cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => database.WriteAsync(
        // Ids begin with the business time of the event.
        connection => connection.Run("DELETE FROM notifications WHERE id < $before;", ("$before", string.Create(CultureInfo.InvariantCulture, $"{before.ToUnixTimeMilliseconds():x12}"))),
        cancellationToken);

    private static Notification Row(SqliteConnection connection, SqliteDataReader reader) =>
        JsonSerializer.Deserialize<Notification>(SealedColumns.Notifications.Open(connection, reader.GetString(2), reader.GetFieldValue<byte[]>(0)), StoredJson.Options)! with
        {
            ReadAt = reader.IsDBNull(1) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)),
        };
}
