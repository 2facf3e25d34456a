#if CLUSTER
using MongoDB.Bson;

namespace Beian.MiniApi.Tests.Storage.Mongo;

/// <summary>What a save leaves in its document that was killed before what follows of it.</summary>
internal static class ATodo
{
    public static BsonDocument Of(params BsonDocument[] steps) => new()
    {
        ["n"] = ObjectId.GenerateNewId().ToString(),
        ["at"] = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
        ["do"] = new BsonDocument { ["a"] = new BsonArray(steps), ["notes"] = new BsonArray() }.ToBson(),
    };
}
#endif
