using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Removing documents of collections that the audit trail tells of, each by a write of its own.</summary>
internal static class MongoRemoval
{
    /// <summary>Documents that are read at a time.</summary>
    private const int Batch = 500;

    /// <summary>Removes whatever matches; returns how many it removed itself.</summary>
    public static async Task<int> RemoveAllAsync(MongoDatabase database, MongoTable table, BsonDocument filter, CancellationToken cancellationToken)
    {
        for (var (count, attempt) = (0, 0); ; attempt++)
        {
            var found = await table.ListAsync(filter, null, Batch, cancellationToken);
            var removed = 0;
            foreach (var document in found)
            {
                removed += await database.Write(table).Remove(document).CommitAsync(cancellationToken) ? 1 : 0;
            }

            count += removed;
            if (found.Count == removed && found.Count < Batch)
            {
                return count;
            }

            // Somebody wrote one of them meanwhile, or there are more.
            if (removed == 0)
            {
                await MongoDatabase.PauseAsync(attempt, cancellationToken);
            }
        }
    }
}
