using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Reads keys only, never what a filing says.</summary>
internal sealed class MongoFilingIds(MongoDatabase database) : IFilingIds
{
    public async Task<IReadOnlyList<string>> AfterAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var behind = new BsonDocument("_id", DocumentFields.Is("$gt", after ?? string.Empty));
        return limit <= 0 ? [] : [.. (await database[MongoFilings.Shape.Name].ListAsync(behind, new BsonDocument("_id", 1), limit, new BsonDocument("_id", 1), cancellationToken)).Select(d => d["_id"].AsString)];
    }
}
