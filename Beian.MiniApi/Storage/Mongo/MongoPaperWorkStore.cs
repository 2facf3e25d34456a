using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>A document a paper; taking one is a single change that only one can make.</summary>
internal sealed class MongoPaperWorkStore(MongoDatabase database) : IPaperWorkStore
{
    public static readonly MongoShape Shape = new("paper_work", 1, MongoIndex.Over("paper_work_due", "due_at"), MongoIndex.Over("paper_work_filing", "filing_id"))
    {
        Fields = new Dictionary<string, string> { ["_id"] = "string", ["filing_id"] = "string", ["attempts"] = "long", ["due_at"] = "long" },
    };

    private MongoTable Table => database[Shape.Name];

    public Task AddAsync(string materialId, string filingId, DateTimeOffset dueAt, CancellationToken cancellationToken) => Table.ChangeAsync(
        new BsonDocument("_id", materialId),
        new BsonDocument("$set", new BsonDocument { ["filing_id"] = filingId, ["attempts"] = 0L, ["due_at"] = dueAt.ToUnixTimeMilliseconds() }),
        null,
        true,
        cancellationToken);

    public async Task<PaperWork?> TakeAsync(DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var taken = await Table.ChangeAsync(
            new BsonDocument("due_at", DocumentFields.Is("$lte", now.ToUnixTimeMilliseconds())),
            new BsonDocument { ["$inc"] = new BsonDocument("attempts", 1L), ["$set"] = new BsonDocument("due_at", until.ToUnixTimeMilliseconds()) },
            new BsonDocument("due_at", 1),
            false,
            cancellationToken);
        return taken is null ? null : new PaperWork(taken["_id"].AsString, taken["filing_id"].AsString, taken["attempts"].ToInt32());
    }

    public Task PutOffAsync(string materialId, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        Table.ChangeAsync(new BsonDocument("_id", materialId), new BsonDocument("$set", new BsonDocument("due_at", dueAt.ToUnixTimeMilliseconds())), cancellationToken);

    public Task DoneAsync(string materialId, CancellationToken cancellationToken) => Table.DropAsync(new BsonDocument("_id", materialId), cancellationToken);

    public async Task<int> CountAsync(CancellationToken cancellationToken) => (int)await Table.CountAsync([], cancellationToken);
}
