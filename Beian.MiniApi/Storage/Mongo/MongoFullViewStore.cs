using System.Text;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Grants of full views, a document for each filing and member of staff.</summary>
internal sealed class MongoFullViewStore(MongoDatabase database) : IFullViewStore
{
    public static readonly MongoShape Shape = new(
        "full_views", 1,
        MongoIndex.Over("full_views_filing", "filing_id"),
        MongoIndex.Over("full_views_end", "ends_at"),
        MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true })
    {
        Fields = new Dictionary<string, string> { ["filing_id"] = "string", ["staff_id"] = "string", ["granted_at"] = "long", ["ends_at"] = "long", ["reason"] = "binData" },
    };

    private MongoTable Table => database[Shape.Name];

    public Task GrantAsync(
        string filingId, string accountId, string staffId, string reason, DateTimeOffset now, DateTimeOffset endsAt, IdempotencyRecord? record, CancellationToken cancellationToken)
    {
        var id = IdOf(filingId, staffId);
        return database.ChangeAsync(
            Table,
            id,
            (before, write) =>
            {
                var after = before?.DeepClone().AsBsonDocument ?? [];
                after["_id"] = id;
                after["filing_id"] = filingId;
                after["staff_id"] = staffId;
                after["granted_at"] = now.ToUnixTimeMilliseconds();
                after["ends_at"] = endsAt.ToUnixTimeMilliseconds();
                after["reason"] = SealedColumns.FullViewReasons.Seal(database.Sealer, id, Encoding.UTF8.GetBytes(reason));
                return Task.FromResult(write.Put(before, after).Note(new Sighting(AuditActs.FullViewGranted, "filings", filingId, accountId, reason)).Answer(record));
            },
            cancellationToken);
    }

    public async Task<DateTimeOffset?> EndsAsync(string filingId, string staffId, DateTimeOffset now, CancellationToken cancellationToken) =>
        await Table.FindAsync(IdOf(filingId, staffId), cancellationToken) is { } found && found["ends_at"].ToInt64() is var ends && ends > now.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(ends)
            : null;

    /// <summary>What was left to do of a grant is done before it is forgotten: its entry in the audit trail is all that remains of it.</summary>
    public async Task<int> PruneAsync(DateTimeOffset endedBefore, CancellationToken cancellationToken)
    {
        var ended = new BsonDocument("ends_at", DocumentFields.Is("$lt", endedBefore.ToUnixTimeMilliseconds()));
        foreach (var left in await Table.ListAsync(ended.DeepClone().AsBsonDocument.With(MongoDatabase.Todo, DocumentFields.Is("$exists", true)), null, 0, new BsonDocument("_id", 1), cancellationToken))
        {
            await database.FinishAsync(Table, left["_id"], cancellationToken);
        }

        return (int)await Table.DropAsync(ended.With(MongoDatabase.Todo, DocumentFields.Is("$exists", false)), cancellationToken);
    }

    private static string IdOf(string filingId, string staffId) => $"{filingId} {staffId}";
}
