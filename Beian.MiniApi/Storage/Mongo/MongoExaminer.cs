using Beian.MiniApi.Vault;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Looks at the database with a connection of its own, which makes nothing: neither collections nor indexes nor keys.</summary>
internal sealed class MongoExaminer(MongoOptions options, Func<AuditSecret> secret) : IStoreExaminer, IDisposable
{
    private const int ProgressEvery = 20_000;

    private MongoClient? _client;

    public string Place => MongoConnection.Place(options);

    public bool IsThere() => Look(database => database.ListCollectionNames().Any());

    /// <summary>MongoDB keeps its own files sound; what can be seen from here are indexes that are not there, and documents of a newer program.</summary>
    public StoreExamination Examine() => Look(database =>
    {
        var there = database.ListCollectionNames().ToList().ToHashSet(StringComparer.Ordinal);
        var (missing, unknown) = (new List<string>(), new List<string>());
        foreach (var shape in MongoShapes.All)
        {
            var collection = database.GetCollection<BsonDocument>(shape.Name);
            var indexes = there.Contains(shape.Name) ? collection.Indexes.List().ToList().Select(i => i["name"].AsString).ToHashSet(StringComparer.Ordinal) : [];
            missing.AddRange(shape.Indexes.Where(i => !indexes.Contains(i.Name)).Select(i => $"index {i.Name} of {shape.Name}"));
            if (there.Contains(shape.Name) && collection.Find(new BsonDocument("v", new BsonDocument("$gt", shape.Version))).Limit(1).Any())
            {
                unknown.Add($"documents of {shape.Name} that a newer program wrote");
            }
        }

        return new StoreExamination([], missing, unknown, HeadOf(database)?.At);
    });

    public IReadOnlyList<DataKeyRow> DataKeys() => Look(database => MongoDataKeys.List(database.GetCollection<BsonDocument>(MongoDataKeys.Shape.Name)));

    public SealingState SealingOf(int dataKey) => Look(database =>
    {
        var rows = SealedColumns.All.Sum(column => MongoReseal.Old(database, column, dataKey).Count());
        var orders = database.GetCollection<BsonDocument>(MongoReseal.Orders.Name).Find(new BsonDocument()).Sort(new BsonDocument("_id", -1)).ToList();
        return new SealingState(
            rows, orders.Count == 0 || orders.Any(o => !o.Contains("ended_at")), orders.Where(o => o.Contains("ended_at")).Select(o => o.GetValue("unreadable", 0L).ToInt64()).FirstOrDefault());
    });

    public AuditHead? AuditHead() => Look(HeadOf);

    public AuditVerdict VerifyAudit(IReadOnlyCollection<AuditHead> heads, IProgress<long>? progress, CancellationToken cancellationToken) => Look(database =>
    {
        var walk = new AuditWalk(secret(), heads);
        try
        {
            // Entries may come while this reads, and the head after them: what is read is held against the head as it stands at the end.
            var checkpoint = CheckpointOf(database);
            walk.Begin(HeadOf(database), checkpoint);
            foreach (var document in database.GetCollection<BsonDocument>(MongoTrail.Entries.Name).Find(new BsonDocument("_id", new BsonDocument("$gt", checkpoint?.Seq ?? 0))).Sort(new BsonDocument("_id", 1)).ToEnumerable(cancellationToken))
            {
                walk.Step(EntryOf(document), MongoDatabase.BytesOrNull(document, "mac") ?? []);
                if (walk.Read % ProgressEvery == 0)
                {
                    progress?.Report(walk.Read);
                }
            }

            walk.End(mayBeBehind: true);
        }
        catch (Exception e) when (e is InvalidCastException or KeyNotFoundException or ArgumentOutOfRangeException or FormatException)
        {
            walk.Add([new AuditFault("damaged", "A field holds another type than it should, or is not there.")]);
        }

        return walk.Verdict();
    });

    public void Dispose() => _client?.Dispose();

    internal static AuditHead? HeadOf(IMongoDatabase database) => MongoTrail.HeadOf(database.GetCollection<BsonDocument>(MongoTrail.Chain.Name).Find(new BsonDocument("_id", 1L)).FirstOrDefault());

    private static AuditHead? CheckpointOf(IMongoDatabase database) =>
        database.GetCollection<BsonDocument>(MongoTrail.Checkpoints.Name).Find(new BsonDocument()).Sort(new BsonDocument("_id", -1)).Limit(1).FirstOrDefault() is { } found
            ? new AuditHead(
                Storage.AuditHead.Checkpoint, found["instance"].AsString, found["_id"].ToInt64(), DateTimeOffset.FromUnixTimeMilliseconds(found["at"].ToInt64()), found["mac"].AsByteArray,
                found["signature"].AsByteArray)
            : null;

    private static AuditEntry EntryOf(BsonDocument d) => new(
        d["_id"].ToInt64(), DateTimeOffset.FromUnixTimeMilliseconds(d["at"].ToInt64()), d["actor"].AsString, d["role"].AsString, d["act"].AsString, d["kind"].AsString, d["thing"].AsString, d["route"].AsString,
        MongoDatabase.TextOrNull(d, "owner"), MongoDatabase.BytesOrNull(d, "reason"), MongoDatabase.TextOrNull(d, "source"), MongoDatabase.BytesOrNull(d, "before"), MongoDatabase.BytesOrNull(d, "after"));

    private T Look<T>(Func<IMongoDatabase, T> look)
    {
        try
        {
            _client ??= MongoConnection.Client(options);
            return look(MongoConnection.Database(_client, options));
        }
        catch (Exception e) when (e is MongoException or TimeoutException or FormatException)
        {
            throw new InvalidDataException(MongoConnection.Explain(e, options), e);
        }
    }
}
