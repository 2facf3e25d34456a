using System.Text;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Pushed events as documents, their bodies sealed.</summary>
internal sealed class MongoWeChatEventStore(MongoDatabase database, TimeProvider time) : IWeChatEventStore
{
    public static readonly MongoShape Events = new(
        "wechat_events", 1,
        MongoIndex.Over("wechat_events_key", "key") with { IsUnique = true },
        MongoIndex.Over("wechat_events_due", "done_at", "due_at"),
        MongoIndex.Over("wechat_events_expiry", "expires_at"))
    {
        Fields = new Dictionary<string, string> { ["key"] = "string", ["name"] = "string", ["due_at"] = "long", ["attempts"] = "long", ["expires_at"] = "long" },
    };

    public static readonly MongoShape Signatures = new("wechat_signatures", 1, MongoIndex.Over("wechat_signatures_expiry", "expires_at"))
    {
        Fields = new Dictionary<string, string> { ["body"] = "string", ["expires_at"] = "long" },
    };

    private MongoTable Table => database[Events.Name];

    /// <summary>The signature first: killed in between, the same push with the same body is stored when WeChat tries again.</summary>
    public async Task<PushReceipt> AddAsync(PushedEvent pushed, PushOnce? once, CancellationToken cancellationToken)
    {
        if (once is not null && !await IsOfAsync(once, pushed.ExpiresAt, cancellationToken))
        {
            return PushReceipt.SignatureReused;
        }

        if (await Table.AnyAsync(new BsonDocument("key", pushed.Key), cancellationToken))
        {
            return PushReceipt.Duplicate;
        }

        try
        {
            await Table.AddAsync(
                new BsonDocument
                {
                    ["_id"] = await MongoCounters.NextAsync(database, Events.Name, cancellationToken),
                    ["key"] = pushed.Key,
                    ["name"] = pushed.Name,
                    ["body"] = SealedColumns.Events.Seal(database.Sealer, pushed.Key, Encoding.UTF8.GetBytes(pushed.Body)),
                    ["due_at"] = pushed.At.ToUnixTimeMilliseconds(),
                    ["attempts"] = 0L,
                    ["expires_at"] = pushed.ExpiresAt.ToUnixTimeMilliseconds(),
                },
                cancellationToken);
            return PushReceipt.Stored;
        }
        catch (MongoDuplicateException)
        {
            return PushReceipt.Duplicate;
        }
    }

    public async Task<IReadOnlyList<long>> DueAsync(DateTimeOffset now, int take, CancellationToken cancellationToken) =>
        [.. (await Table.ListAsync(
            new BsonDocument { ["done_at"] = BsonNull.Value, ["due_at"] = new BsonDocument("$lte", now.ToUnixTimeMilliseconds()) },
            new BsonDocument("_id", 1),
            take,
            new BsonDocument("_id", 1),
            cancellationToken)).Select(d => d["_id"].ToInt64())];

    public async Task<WaitingEvent?> FindAsync(long id, CancellationToken cancellationToken)
    {
        var found = await Table.FirstAsync(Waiting(id), null, cancellationToken);
        return found is null
            ? null
            : new WaitingEvent(
                id,
                found["key"].AsString,
                found["name"].AsString,
                Encoding.UTF8.GetString(SealedColumns.Events.Open(database.Sealer, found["key"].AsString, found["body"].AsByteArray)),
                found["attempts"].ToInt32());
    }

    public Task DoneAsync(long id, CancellationToken cancellationToken) => Table.ChangeAsync(
        Waiting(id),
        new BsonDocument { ["$set"] = new BsonDocument("done_at", time.GetUtcNow().ToUnixTimeMilliseconds()), ["$unset"] = new BsonDocument("body", "") },
        cancellationToken);

    public Task PostponeAsync(long id, DateTimeOffset until, CancellationToken cancellationToken) => Table.ChangeAsync(
        Waiting(id),
        new BsonDocument { ["$inc"] = new BsonDocument("attempts", 1L), ["$set"] = new BsonDocument("due_at", until.ToUnixTimeMilliseconds()) },
        cancellationToken);

    public async Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var expired = MongoFields.Until("expires_at", now);
        return (int)(await Table.DropAsync(expired.Copy().With("done_at", new BsonDocument("$exists", true)), cancellationToken) + await database[Signatures.Name].DropAsync(expired, cancellationToken));
    }

    private static BsonDocument Waiting(long id) => new() { ["_id"] = id, ["done_at"] = BsonNull.Value };

    /// <summary>Binds the signature to its body, or says whether it is bound to this one.</summary>
    private async Task<bool> IsOfAsync(PushOnce once, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        var bound = await database[Signatures.Name].ChangeAsync(
            new BsonDocument("_id", once.Signature),
            new BsonDocument("$setOnInsert", new BsonDocument { ["body"] = once.Body, ["expires_at"] = expiresAt.ToUnixTimeMilliseconds() }),
            null,
            true,
            cancellationToken);
        return bound!["body"].AsString == once.Body;
    }
}
