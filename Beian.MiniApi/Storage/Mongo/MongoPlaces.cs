using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Numbered places for what there may be only so many of; a unique index over them decides between two who come at once.</summary>
internal static class MongoPlaces
{
    /// <summary>The lowest place that none of the documents has, which are fewer than there are places.</summary>
    public static long Free(IEnumerable<BsonDocument> documents, int places)
    {
        var taken = documents.Select(d => d.LongOrNull("place")).ToHashSet();
        return Enumerable.Range(1, places).First(n => !taken.Contains(n));
    }
}
