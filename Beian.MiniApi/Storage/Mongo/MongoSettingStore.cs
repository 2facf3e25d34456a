using MongoDB.Bson;
using MongoDB.Driver;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Settings, a document each.</summary>
internal sealed class MongoSettingStore(MongoDatabase database) : ISettingStore
{
    public static readonly MongoShape Shape = new("settings", 1) { Fields = new Dictionary<string, string> { ["_id"] = "string", ["value"] = "string" } };

    public string? Find(string name)
    {
        try
        {
            return database[Shape.Name].Collection.Find(new BsonDocument("_id", name)).FirstOrDefault()?["value"].AsString;
        }
        catch (Exception e) when (e is MongoException or TimeoutException)
        {
            throw MongoErrors.Translate(e);
        }
    }

    public Task SaveAsync(string name, string value, CancellationToken cancellationToken) =>
        database[Shape.Name].ChangeAsync(new BsonDocument("_id", name), new BsonDocument("$set", new BsonDocument("value", value)), null, true, cancellationToken);
}
