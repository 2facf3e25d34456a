using MongoDB.Bson;
using MongoDB.Driver;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Keys of the framework's data protection, a document each, so that a page of one instance is understood by another.</summary>
internal sealed class MongoProtectionKeys(MongoDatabase database) : IProtectionKeys
{
    public static readonly MongoShape Shape = new("protection_keys", 1);

    private IMongoCollection<BsonDocument> Collection => database[Shape.Name].Collection;

    public IReadOnlyList<(string Name, byte[] Wrapped)> List() => [.. Collection.Find(new BsonDocument()).ToList().Select(d => (d["_id"].AsString, d["wrapped"].AsByteArray))];

    public void Put(string name, byte[] wrapped) =>
        Collection.ReplaceOne(new BsonDocument("_id", name), new BsonDocument { ["_id"] = name, ["wrapped"] = wrapped, ["v"] = Shape.Version }, new ReplaceOptions { IsUpsert = true });
}
