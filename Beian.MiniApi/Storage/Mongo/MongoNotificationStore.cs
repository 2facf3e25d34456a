using System.Globalization;
using System.Text.Json;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Messages as one document each.</summary>
internal sealed class MongoNotificationStore(MongoDatabase database) : INotificationStore
{
    public static readonly MongoShape Shape = new(
        "notifications", 1,
        MongoIndex.Over("notifications_account", "account_id", "_id"),
        MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true })
    {
        Fields = new Dictionary<string, string> { ["account_id"] = "string", ["payload"] = "binData" },
    };

    private MongoTable Table => database[Shape.Name];

    public async Task AddAsync(Notification notification, CancellationToken cancellationToken)
    {
        if (await MongoErased.IsAsync(database, notification.AccountId, cancellationToken))
        {
            return;
        }

        await Table.AddAsync(
            new BsonDocument
            {
                ["_id"] = notification.Id,
                ["account_id"] = notification.AccountId,
                ["payload"] = SealedColumns.Notifications.Seal(database.Sealer, notification.Id, JsonSerializer.SerializeToUtf8Bytes(notification, StoredJson.Options)),
                ["rev"] = 1L,
            },
            cancellationToken);
        if (await MongoErased.IsAsync(database, notification.AccountId, CancellationToken.None))
        {
            await Table.DropAsync(new BsonDocument("_id", notification.Id), CancellationToken.None);
        }
    }

    public async Task<IReadOnlyList<Notification>> ListAsync(string accountId, string? before, int limit, CancellationToken cancellationToken) =>
        [.. (await Table.ListAsync(
            new BsonDocument { ["account_id"] = accountId, ["_id"] = new BsonDocument("$lt", before ?? "~") }, new BsonDocument("_id", -1), limit, cancellationToken)).Select(Row)];

    public Task<Notification?> MarkReadAsync(string id, string accountId, DateTimeOffset at, IdempotencyRecord? record, CancellationToken cancellationToken) =>
        database.ChangeAsync(
            Table,
            id,
            (found, write) =>
            {
                if (found is null || found["account_id"].AsString != accountId)
                {
                    return Task.FromResult<Notification?>(null);
                }

                var isRead = found.Contains("read_at");
                var read = isRead ? found.Copy() : found.Copy().With("read_at", (long?)at.ToUnixTimeMilliseconds());
                if (!isRead || record is not null)
                {
                    write.Put(found, read).Answer(record);
                }

                return Task.FromResult<Notification?>(Row(read));
            },
            cancellationToken);

    public async Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        // Ids begin with the business time of the event.
        (int)await Table.DropAsync(MongoFields.Below("_id", string.Create(CultureInfo.InvariantCulture, $"{before.ToUnixTimeMilliseconds():x12}")), cancellationToken);

    private Notification Row(BsonDocument row) =>
        JsonSerializer.Deserialize<Notification>(SealedColumns.Notifications.Open(database.Sealer, row["_id"].AsString, row["payload"].AsByteArray), StoredJson.Options)! with
        {
            ReadAt = row.TimeOrNull("read_at"),
        };
}
