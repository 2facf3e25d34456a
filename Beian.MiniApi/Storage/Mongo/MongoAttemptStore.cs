using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>The attempts under a key in one document, so that counting and adding are one; the database deletes it when the last of them is too old to count.</summary>
internal sealed class MongoAttemptStore(MongoDatabase database) : IAttemptStore
{
    public static readonly MongoShape Shape = new(
        "attempts", 1,
        MongoIndex.Over("attempts_key", "key"),
        MongoIndex.Over("attempts_die", "dies_at") with { Dies = TimeSpan.FromHours(1) })
    {
        Fields = new Dictionary<string, string> { ["_id"] = "string", ["key"] = "string", ["at"] = "array" },
    };

    private MongoTable Table => database[Shape.Name];

    public async Task<Attempts> CountAsync(string key, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var later = Later(await Table.FindAsync(key, cancellationToken), since);
        return new Attempts(later.Count, later.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(later.Min()));
    }

    public Task AddAsync(string key, DateTimeOffset at, CancellationToken cancellationToken) => TryAddAsync(key, int.MaxValue, at, at, cancellationToken);

    public Task RemoveAsync(string key, DateTimeOffset at, CancellationToken cancellationToken) => database.ChangeAsync(
        Table,
        key,
        (before, write) =>
        {
            var left = Later(before, DateTimeOffset.MinValue);
            var isThere = left.Remove(at.ToUnixTimeMilliseconds());
            if (isThere)
            {
                Put(write, before, key, left);
            }

            return Task.FromResult(isThere);
        },
        cancellationToken);

    public Task<bool> TryAddAsync(string key, int limit, DateTimeOffset since, DateTimeOffset at, CancellationToken cancellationToken) => database.ChangeAsync(
        Table,
        key,
        (before, write) =>
        {
            if (Later(before, since).Count >= limit)
            {
                return Task.FromResult(false);
            }

            Put(write, before, key, [.. Later(before, at - IAttemptStore.MaxWindow), at.ToUnixTimeMilliseconds()]);
            return Task.FromResult(true);
        },
        cancellationToken);

    private static void Put(MongoWrite write, BsonDocument? before, string key, List<long> times)
    {
        var after = before?.DeepClone().AsBsonDocument ?? [];
        after["_id"] = key;
        after["at"] = new BsonArray(times);
        write.Put(before, Derived(after));
    }

    /// <summary>Puts the fields that follow from key and times, and returns the document.</summary>
    internal static BsonDocument Derived(BsonDocument document)
    {
        document["key"] = document["_id"];
        document["dies_at"] = DateTimeOffset.FromUnixTimeMilliseconds(document["at"].AsBsonArray.Select(t => t.ToInt64()).DefaultIfEmpty(0).Max()).Add(IAttemptStore.MaxWindow).UtcDateTime;
        return document;
    }

    private static List<long> Later(BsonDocument? document, DateTimeOffset since) =>
        document is null ? [] : [.. document["at"].AsBsonArray.Select(t => t.ToInt64()).Where(t => t > since.ToUnixTimeMilliseconds())];
}
