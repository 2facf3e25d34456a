using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Reads fields as the stores have them, and makes the filters that several need.</summary>
internal static class MongoFields
{
    public static DateTimeOffset Time(this BsonDocument document, string name) => DateTimeOffset.FromUnixTimeMilliseconds(document[name].ToInt64());

    public static DateTimeOffset? TimeOrNull(this BsonDocument document, string name) => document.Contains(name) ? document.Time(name) : null;

    public static string? TextOrNull(this BsonDocument document, string name) => MongoDatabase.TextOrNull(document, name);

    /// <summary>A copy that may be changed; what was read must stay as it was.</summary>
    public static BsonDocument Copy(this BsonDocument document) => document.DeepClone().AsBsonDocument;

    /// <summary>Filter for a field below a value.</summary>
    public static BsonDocument Below(string name, BsonValue value) => new(name, new BsonDocument("$lt", value));

    /// <summary>Filter for a field at a value or below.</summary>
    public static BsonDocument Until(string name, DateTimeOffset at) => new(name, new BsonDocument("$lte", at.ToUnixTimeMilliseconds()));

    /// <summary>Filter for a field with one of the values.</summary>
    public static BsonDocument In(string name, IEnumerable<string> values) => new(name, new BsonDocument("$in", new BsonArray(values)));

    /// <summary>The filter, and behind the last document of a page that is in the order of a field and then of the ids.</summary>
    public static BsonDocument After(BsonDocument filter, string field, BsonDocument last) => new("$and", new BsonArray
    {
        filter,
        new BsonDocument("$or", new BsonArray
        {
            new BsonDocument(field, new BsonDocument("$gt", last[field])),
            new BsonDocument { [field] = last[field], ["_id"] = new BsonDocument("$gt", last["_id"]) },
        }),
    });
}
