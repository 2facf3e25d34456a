using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Webhooks as rows, address and secrets sealed.</summary>
public sealed class SqliteWebhookStore(SqliteDatabase database, TimeProvider time) : IWebhookStore
{
    private const string Columns = "id, url, account_id, events, active, created_at, old_secret_until";

    public Task AddAsync(Webhook webhook, byte[] secret, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Run(
            "INSERT INTO webhooks (id, account_id, url, secret, events, active, created_at) VALUES ($id, $account, $url, $secret, $events, $active, $at);",
            ("$id", webhook.Id),
            ("$account", webhook.AccountId),
            ("$url", SealedUrl(connection, webhook)),
            ("$secret", SealedColumns.WebhookSecrets.Seal(connection, webhook.Id, secret)),
            ("$events", JsonSerializer.Serialize(webhook.Events)),
            ("$active", webhook.Active ? 1 : 0),
            ("$at", webhook.CreatedAt.ToUnixTimeMilliseconds())),
        cancellationToken);

    public Task<WebhookTarget?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(database.Read(connection =>
    {
        using var query = connection.Statement("SELECT url, secret, old_secret, old_secret_until, active FROM webhooks WHERE id = $id;", ("$id", id));
        using var reader = query.ExecuteReader();
        if (!reader.Read())
        {
            return null;
        }

        var secrets = new List<byte[]> { SealedColumns.WebhookSecrets.Open(connection, id, reader.GetFieldValue<byte[]>(1)) };
        if (!reader.IsDBNull(2) && MessageRows.At(reader.GetInt64(3)) > time.GetUtcNow())
        {
            secrets.Add(SealedColumns.OldWebhookSecrets.Open(connection, id, reader.GetFieldValue<byte[]>(2)));
        }

        return new WebhookTarget(id, Url(connection, id, reader.GetFieldValue<byte[]>(0)), secrets, reader.GetBoolean(4));
    }));

    public Task<Webhook?> GetAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(List("WHERE id = $id", ("$id", id)) is [var only] ? only : null);

    public Task<IReadOnlyList<Webhook>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(List("ORDER BY created_at, id"));

    public Task<IReadOnlyList<Webhook>> ListForAsync(string accountId, string eventCode, CancellationToken cancellationToken) =>
        Task.FromResult(List(
            """
            WHERE active = 1 AND (account_id IS NULL OR account_id = $account)
                AND (json_array_length(events) = 0 OR EXISTS (SELECT 1 FROM json_each(events) WHERE value = $event))
            ORDER BY created_at, id
            """,
            ("$account", accountId),
            ("$event", eventCode)));

    public Task<bool> ChangeAsync(Webhook webhook, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Run(
            "UPDATE webhooks SET url = $url, events = $events, active = $active WHERE id = $id;",
            ("$id", webhook.Id),
            ("$url", SealedUrl(connection, webhook)),
            ("$events", JsonSerializer.Serialize(webhook.Events)),
            ("$active", webhook.Active ? 1 : 0)) == 1,
        cancellationToken);

    public Task<bool> RotateAsync(string id, byte[] secret, DateTimeOffset oldUntil, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            using var query = connection.Statement("SELECT secret FROM webhooks WHERE id = $id;", ("$id", id));
            if (query.ExecuteScalar() is not byte[] current)
            {
                return false;
            }

            // A value opens in the column alone that it was sealed for.
            var old = SealedColumns.WebhookSecrets.Open(connection, id, current);
            return connection.Run(
                "UPDATE webhooks SET secret = $secret, old_secret = $old, old_secret_until = $until WHERE id = $id;",
                ("$id", id),
                ("$secret", SealedColumns.WebhookSecrets.Seal(connection, id, secret)),
                ("$old", SealedColumns.OldWebhookSecrets.Seal(connection, id, old)),
                ("$until", oldUntil.ToUnixTimeMilliseconds())) == 1;
        },
        cancellationToken);

    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.Run("DELETE FROM webhooks WHERE id = $id;", ("$id", id)) == 1, cancellationToken);

    /// <param name="which">Constant.</param>
    private IReadOnlyList<Webhook> List(string which, params (string Name, object? Value)[] values) => database.Read<IReadOnlyList<Webhook>>(connection =>
    {
        using var query = connection.Statement($"SELECT {Columns} FROM webhooks {which};", values);
        using var reader = query.ExecuteReader();
        var found = new List<Webhook>();
        while (reader.Read())
        {
            var id = reader.GetString(0);
            found.Add(new Webhook(
                id,
                Url(connection, id, reader.GetFieldValue<byte[]>(1)),
                reader.IsDBNull(2) ? null : reader.GetString(2),
                JsonSerializer.Deserialize<List<string>>(reader.GetString(3))!,
                reader.GetBoolean(4),
                MessageRows.At(reader.GetInt64(5)),
                reader.IsDBNull(6) || MessageRows.At(reader.GetInt64(6)) <= time.GetUtcNow() ? null : MessageRows.At(reader.GetInt64(6))));
        }

        return found;
    });

    private static byte[] SealedUrl(SqliteConnection connection, Webhook webhook) =>
        SealedColumns.WebhookUrls.Seal(connection, webhook.Id, Encoding.UTF8.GetBytes(webhook.Url.AbsoluteUri));

    private static Uri Url(SqliteConnection connection, string id, byte[] stored) => new(Encoding.UTF8.GetString(SealedColumns.WebhookUrls.Open(connection, id, stored)));
}
