using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>The queue as conditions over the fields of a filing; its indexes begin with what is in the queue at all, and end in its order.</summary>
internal static class MongoQueue
{
    private const string Nobody = "none";

    /// <summary>Order of the queue by due time.</summary>
    public static BsonDocument ByDue => new() { [MongoFilings.DueKey] = 1, ["_id"] = 1 };

    public static BsonDocument Narrow(QueueFilter filter)
    {
        var where = new BsonDocument(MongoFilings.Queued, 1L)
            .With("state", filter.State)
            .With("province", filter.Province)
            .With("kind", filter.Kind)
            .With("number", filter.Number)
            .With("holds", filter.Domain is null ? null : "domain:" + filter.Domain);
        if (filter.OverdueAt is { } now)
        {
            where[MongoFilings.DueKey] = new BsonDocument("$lt", now.ToUnixTimeMilliseconds());
        }

        // Null is what an absent field is equal to.
        return filter.Assignee == Nobody ? where.With("assignee", BsonNull.Value) : where.With("assignee", filter.Assignee);
    }

    /// <summary>
    /// What comes behind a key: the same due time with a higher id, or a later one. Each alternative with all conditions, so that each is a stretch of one index: behind a key far back among the many
    /// that nobody promised anything of, only rows of the page are read.
    /// </summary>
    public static BsonDocument Behind(QueueFilter filter, QueueKey after)
    {
        var due = after.DueAt?.ToUnixTimeMilliseconds() ?? long.MaxValue;
        var (same, later) = (Narrow(filter), Narrow(filter));
        Compare(same, "$eq", due);
        Compare(later, "$gt", due);
        same["_id"] = new BsonDocument("$gt", after.Id);
        return new BsonDocument("$or", new BsonArray { same, later });
    }

    private static void Compare(BsonDocument where, string comparison, long due)
    {
        var condition = where.GetValue(MongoFilings.DueKey, new BsonDocument()).AsBsonDocument;
        condition[comparison] = due;
        where[MongoFilings.DueKey] = condition;
    }
}
