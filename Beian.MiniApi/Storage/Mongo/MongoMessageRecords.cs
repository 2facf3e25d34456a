using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Reads the collections that <see cref="MongoMessageCredits"/> writes.</summary>
internal sealed class MongoMessageRecords(MongoDatabase database) : IMessageRecords
{
    public async Task<IReadOnlyList<MessageConsent>> PermissionsAsync(string openIdIndex, string? after, int take, CancellationToken cancellationToken) =>
        [.. (await PageAsync(MongoMessageCredits.Credits, openIdIndex, after, take, cancellationToken))
            .Select(d => new MessageConsent(d["_id"].AsString, d["template_id"].AsString, d.Time("granted_at"), d.TimeOrNull("spent_at")))];

    public async Task<IReadOnlyList<MessageRefusal>> RefusalsAsync(string openIdIndex, CancellationToken cancellationToken) =>
        [.. (await database[MongoMessageCredits.Refusals.Name].ListAsync(new BsonDocument("openid_index", openIdIndex), new BsonDocument("template_id", 1), 0, cancellationToken))
            .Select(d => new MessageRefusal(d["template_id"].AsString, d.Time("refused_at")))];

    public async Task<IReadOnlyList<MessageDelivery>> DeliveriesAsync(string openIdIndex, string? after, int take, CancellationToken cancellationToken) =>
        [.. (await PageAsync(MongoMessageCredits.Reports, openIdIndex, after, take, cancellationToken))
            .Select(d => new MessageDelivery(
                d["_id"].AsString, openIdIndex, d["template_id"].AsString, d.TextOrNull("message_id"), d["error_code"].AsString, d.TextOrNull("error_status"), d.Time("at")))];

    private Task<List<BsonDocument>> PageAsync(MongoShape shape, string openIdIndex, string? after, int take, CancellationToken cancellationToken) => database[shape.Name].ListAsync(
        new BsonDocument { ["openid_index"] = openIdIndex, ["_id"] = new BsonDocument("$gt", after ?? string.Empty) }, new BsonDocument("_id", 1), take, cancellationToken);
}
