using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Domain.Filings;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Reads what filings have reserved, for the stores of the things that are reserved: the keys stand in the filings.</summary>
internal static class MongoHolds
{
    private const int AtOnce = 100;

    private static readonly BsonDocument Fields = new("holds", 1);

    /// <summary>How many of the keys a filing has.</summary>
    public static async Task<int> CountAsync(MongoDatabase database, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var wanted = keys.ToHashSet(StringComparer.Ordinal);
        var filings = await database["filings"].ListAsync(MongoFields.In("holds", keys), null, 0, Fields, cancellationToken);
        return filings.SelectMany(Keys).Count(wanted.Contains);
    }

    /// <summary>By resource, the filings that are not approved and have a slot or a code of it.</summary>
    public static async Task<IReadOnlyDictionary<string, HashSet<string>>> OpenByResourceAsync(MongoDatabase database, IReadOnlyCollection<string> resourceIds, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var some in resourceIds.Distinct(StringComparer.Ordinal).Chunk(AtOnce))
        {
            var codes = (await database["auth_codes"].ListAsync(MongoFields.In("resource_id", some), null, 0, new BsonDocument("resource_id", 1), cancellationToken))
                .ToDictionary(c => AuthCode.HoldKeyOf(c["_id"].AsString), c => c["resource_id"].AsString, StringComparer.Ordinal);
            var any = new BsonArray(some.Select(id => new BsonDocument("holds", new BsonDocument("$elemMatch", new BsonDocument { ["$gte"] = $"slot:{id}:", ["$lt"] = $"slot:{id};" }))));
            if (codes.Count > 0)
            {
                any.Add(MongoFields.In("holds", codes.Keys));
            }

            var filter = new BsonDocument { ["state"] = new BsonDocument("$ne", FilingTransitions.NameOf(FilingState.Approved)), ["$or"] = any };
            foreach (var filing in await database["filings"].ListAsync(filter, null, 0, Fields, cancellationToken))
            {
                foreach (var resource in Keys(filing).Select(k => codes.GetValueOrDefault(k) ?? ResourceOf(k)).OfType<string>().Where(some.Contains))
                {
                    found.TryAdd(resource, new HashSet<string>(StringComparer.Ordinal));
                    found[resource].Add(filing["_id"].AsString);
                }
            }
        }

        return found;
    }

    private static IEnumerable<string> Keys(BsonDocument filing) => filing["holds"].AsBsonArray.Select(k => k.AsString);

    /// <summary>The resource whose slot it is; null for anything else.</summary>
    private static string? ResourceOf(string key) => key.StartsWith("slot:", StringComparison.Ordinal) && key.LastIndexOf(':') is > 5 and var end ? key[5..end] : null;
}
