using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Fields of documents: what is not known is absent, never null.</summary>
internal static class DocumentFields
{
    /// <summary>Sets the field, or takes it away.</summary>
    public static BsonDocument With(this BsonDocument document, string name, string? value) => document.With(name, value is null ? null : new BsonString(value));

    /// <summary>Sets the field, or takes it away.</summary>
    public static BsonDocument With(this BsonDocument document, string name, long? value) => document.With(name, value is { } known ? new BsonInt64(known) : null);

    /// <summary>Sets the field, or takes it away.</summary>
    public static BsonDocument With(this BsonDocument document, string name, BsonValue? value)
    {
        if (value is null)
        {
            document.Remove(name);
        }
        else
        {
            document[name] = value;
        }

        return document;
    }

    /// <summary>The number, or null where there is none.</summary>
    public static long? LongOrNull(this BsonDocument document, string name) => document.TryGetValue(name, out var value) && value.IsNumeric ? value.ToInt64() : null;

    /// <summary>A condition such as <c>{ "$in": […] }</c> over texts.</summary>
    public static BsonDocument In(IEnumerable<string> texts) => new("$in", new BsonArray(texts));

    /// <summary>A condition on one value, such as <c>{ "$lt": … }</c>.</summary>
    public static BsonDocument Is(string comparison, BsonValue value) => new(comparison, value);
}
