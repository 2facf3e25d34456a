using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Numbers that go up by one, a document for each collection that needs them. A number whose document is never written stays out.</summary>
internal static class MongoCounters
{
    public static readonly MongoShape Shape = new("counters", 1);

    /// <summary>The next number, from 1; never given twice. The document keeps the one that was given last.</summary>
    public static async Task<long> NextAsync(MongoDatabase database, string table, CancellationToken cancellationToken = default)
    {
        var given = await database[Shape.Name].ChangeAsync(new BsonDocument("_id", table), new BsonDocument("$inc", new BsonDocument("next", 1L)), null, true, cancellationToken);
        return given!["next"].ToInt64();
    }
}
