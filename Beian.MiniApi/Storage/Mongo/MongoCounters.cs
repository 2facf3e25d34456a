using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Numbers that grow, one row of them for each collection. A number that is taken and not used leaves a gap.</summary>
internal static class MongoCounters
{
    public static readonly MongoShape Shape = new("counters", 1);

    /// <summary>The next number of that collection, from 1; no two callers get the same.</summary>
    public static async Task<long> NextAsync(MongoDatabase database, string table, CancellationToken cancellationToken) => (await database[Shape.Name].ChangeAsync(
        new BsonDocument("_id", table), new BsonDocument("$inc", new BsonDocument("next", 1L)), null, true, cancellationToken))!["next"].ToInt64();
}
