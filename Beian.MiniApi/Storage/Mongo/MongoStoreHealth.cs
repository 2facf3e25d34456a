using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Probes the database by a write that the majority has. Its room is its servers' business; the room that counts here is that of the folder through which papers and uploads come in.</summary>
/// <param name="database">The database.</param>
/// <param name="folder">Full path of the data folder of this machine.</param>
/// <param name="minFreeBytes">The configured reserve.</param>
internal sealed class MongoStoreHealth(MongoDatabase database, string folder, long minFreeBytes) : IStoreHealth
{
    public static readonly MongoShape Shape = new("store_probe", 1) { Fields = new Dictionary<string, string> { ["at"] = "long" } };

    public Task WriteAsync(CancellationToken cancellationToken) => database[Shape.Name].ChangeAsync(
        new BsonDocument("_id", 1L), new BsonDocument("$set", new BsonDocument("at", database.Time.GetUtcNow().ToUnixTimeMilliseconds())), null, true, cancellationToken);

    public StoreRoom Room() => new(new DriveInfo(Directory.CreateDirectory(folder).FullName).AvailableFreeSpace, minFreeBytes);
}
