using Beian.MiniApi.Domain.Filings;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Reads the reservations that stand in the filings which hold them.</summary>
internal sealed class MongoHoldReader(MongoDatabase database) : IHoldReader
{
    private const int MaxByPrefix = 1_000;

    private static readonly string Approved = FilingTransitions.NameOf(FilingState.Approved);

    private static BsonDocument Fields => new() { ["account_id"] = 1, ["state"] = 1, ["holds"] = 1 };

    public async Task<IReadOnlyDictionary<string, Hold>> FindAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var asked = keys.ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, Hold>(StringComparer.Ordinal);
        if (asked.Count == 0)
        {
            return found;
        }

        foreach (var filing in await database[MongoFilings.Shape.Name].ListAsync(new BsonDocument("holds", DocumentFields.In(asked)), null, 0, Fields, cancellationToken))
        {
            foreach (var key in filing["holds"].AsBsonArray.Select(h => h.AsString).Where(asked.Contains))
            {
                // Of one that moved between the two documents while they were read, either answer is right.
                found[key] = Of(key, filing);
            }
        }

        return found;
    }

    public async Task<IReadOnlyList<Hold>> FindByPrefixAsync(string prefix, CancellationToken cancellationToken)
    {
        var range = new BsonDocument { ["$gte"] = prefix, ["$lt"] = prefix + '\uffff' };
        var found = await database[MongoFilings.Shape.Name].AggregateAsync(
            [
                new BsonDocument("$match", new BsonDocument("holds", new BsonDocument("$elemMatch", range))),
                new BsonDocument("$project", Fields),
                new BsonDocument("$unwind", "$holds"),
                new BsonDocument("$match", new BsonDocument("holds", range)),
                new BsonDocument("$sort", new BsonDocument("holds", 1)),
                new BsonDocument("$limit", MaxByPrefix),
            ],
            cancellationToken);
        return [.. found.Select(f => Of(f["holds"].AsString, f))];
    }

    private static Hold Of(string key, BsonDocument filing) => new(key, filing["_id"].AsString, filing["account_id"].AsString, filing["state"].AsString == Approved);
}
