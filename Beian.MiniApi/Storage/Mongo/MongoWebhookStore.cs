using System.Text;
using System.Text.Json;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Webhooks as documents, address and secrets sealed.</summary>
internal sealed class MongoWebhookStore(MongoDatabase database, TimeProvider time) : IWebhookStore
{
    public static readonly MongoShape Shape = new(
        "webhooks", 1,
        MongoIndex.Over("webhooks_order", "created_at", "_id"),
        MongoIndex.Over("webhooks_owner", "account_id"),
        MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true })
    {
        Fields = new Dictionary<string, string> { ["url"] = "binData", ["secret"] = "binData", ["events"] = "string", ["active"] = "long", ["created_at"] = "long" },
    };

    private static readonly BsonDocument OldestFirst = new() { ["created_at"] = 1, ["_id"] = 1 };

    private MongoTable Table => database[Shape.Name];

    public async Task AddAsync(Webhook webhook, byte[] secret, CancellationToken cancellationToken)
    {
        var document = new BsonDocument
        {
            ["_id"] = webhook.Id,
            ["url"] = SealedUrl(webhook),
            ["secret"] = SealedColumns.WebhookSecrets.Seal(database.Sealer, webhook.Id, secret),
            ["events"] = JsonSerializer.Serialize(webhook.Events),
            ["active"] = webhook.Active ? 1L : 0L,
            ["created_at"] = webhook.CreatedAt.ToUnixTimeMilliseconds(),
        }.With("account_id", webhook.AccountId);
        if (!await database.Write(Table).Put(null, document).CommitAsync(cancellationToken))
        {
            throw new StorageFailedException("There is a webhook of this id.");
        }
    }

    public async Task<WebhookTarget?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (await Table.FindAsync(id, cancellationToken) is not { } found)
        {
            return null;
        }

        var secrets = new List<byte[]> { SealedColumns.WebhookSecrets.Open(database.Sealer, id, found["secret"].AsByteArray) };
        if (found.Contains("old_secret") && found.TimeOrNull("old_secret_until") > time.GetUtcNow())
        {
            secrets.Add(SealedColumns.OldWebhookSecrets.Open(database.Sealer, id, found["old_secret"].AsByteArray));
        }

        return new WebhookTarget(id, Url(found), secrets, IsActive(found));
    }

    public async Task<Webhook?> GetAsync(string id, CancellationToken cancellationToken) => await Table.FindAsync(id, cancellationToken) is { } found ? Row(found) : null;

    public async Task<IReadOnlyList<Webhook>> ListAsync(CancellationToken cancellationToken) => [.. (await Table.ListAsync([], OldestFirst, 0, cancellationToken)).Select(Row)];

    /// <summary>There are few of them, so the events are looked through here.</summary>
    public async Task<IReadOnlyList<Webhook>> ListForAsync(string accountId, string eventCode, CancellationToken cancellationToken) =>
        [.. (await Table.ListAsync(new BsonDocument { ["active"] = 1L, ["account_id"] = new BsonDocument("$in", new BsonArray { BsonNull.Value, accountId }) }, OldestFirst, 0, cancellationToken))
            .Select(Row)
            .Where(w => w.Events.Count == 0 || w.Events.Contains(eventCode))];

    public Task<bool> ChangeAsync(Webhook webhook, CancellationToken cancellationToken) => ChangeAsync(
        webhook.Id,
        next =>
        {
            next["url"] = SealedUrl(webhook);
            next["events"] = JsonSerializer.Serialize(webhook.Events);
            next["active"] = webhook.Active ? 1L : 0L;
        },
        cancellationToken);

    public Task<bool> RotateAsync(string id, byte[] secret, DateTimeOffset oldUntil, CancellationToken cancellationToken) => ChangeAsync(
        id,
        next =>
        {
            // A value opens in the column alone that it was sealed for.
            var old = SealedColumns.WebhookSecrets.Open(database.Sealer, id, next["secret"].AsByteArray);
            next["secret"] = SealedColumns.WebhookSecrets.Seal(database.Sealer, id, secret);
            next["old_secret"] = SealedColumns.OldWebhookSecrets.Seal(database.Sealer, id, old);
            next["old_secret_until"] = oldUntil.ToUnixTimeMilliseconds();
        },
        cancellationToken);

    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) => database.ChangeAsync(
        Table,
        id,
        (found, write) =>
        {
            if (found is not null)
            {
                write.Remove(found);
            }

            return Task.FromResult(found is not null);
        },
        cancellationToken);

    private Task<bool> ChangeAsync(string id, Action<BsonDocument> change, CancellationToken cancellationToken) => database.ChangeAsync(
        Table,
        id,
        (found, write) =>
        {
            if (found is null)
            {
                return Task.FromResult(false);
            }

            var next = found.Copy();
            change(next);
            write.Put(found, next);
            return Task.FromResult(true);
        },
        cancellationToken);

    private Webhook Row(BsonDocument d) => new(
        d["_id"].AsString,
        Url(d),
        d.TextOrNull("account_id"),
        JsonSerializer.Deserialize<List<string>>(d["events"].AsString)!,
        IsActive(d),
        d.Time("created_at"),
        d.TimeOrNull("old_secret_until") is { } until && until > time.GetUtcNow() ? until : null);

    private static bool IsActive(BsonDocument d) => d["active"].ToInt64() == 1;

    private byte[] SealedUrl(Webhook webhook) => SealedColumns.WebhookUrls.Seal(database.Sealer, webhook.Id, Encoding.UTF8.GetBytes(webhook.Url.AbsoluteUri));

    private Uri Url(BsonDocument d) => new(Encoding.UTF8.GetString(SealedColumns.WebhookUrls.Open(database.Sealer, d["_id"].AsString, d["url"].AsByteArray)));
}
