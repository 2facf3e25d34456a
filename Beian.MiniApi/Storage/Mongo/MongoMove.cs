using System.Runtime.CompilerServices;
using Beian.MiniApi.Storage.Moving;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>One MongoDB database as source or target of a move. A target that is not complete says so in the collection <c>moves</c>, and no service starts on it.</summary>
/// <param name="options">Where.</param>
/// <param name="open">Opens it as a service does, to finish what is left to do.</param>
internal sealed class MongoMove(MongoOptions options, Func<MongoDatabase> open) : IMovingEngine
{
    /// <summary>Collection of what a move remembers.</summary>
    public const string Moves = "moves";

    /// <summary>By this name the server knows a mover from the instances of the service.</summary>
    private const string Program = "beian-migrate";

    private const string All = "all";
    private const int BatchDocuments = 200;

    private MongoClient? _client;
    private IMongoDatabase? _database;

    public string Place => MongoConnection.Place(options);

    private IMongoDatabase Database => _database ?? throw new InvalidOperationException("Not opened.");

    /// <exception cref="InvalidDataException">A move into the database was stopped and not gone on with.</exception>
    public static void RefuseUnfinished(IMongoDatabase database)
    {
        if (database.GetCollection<BsonDocument>(Moves).Find(new BsonDocument("_id", All)).FirstOrDefault() is { } all && !all.Contains("ended_at"))
        {
            throw new InvalidDataException($"A move of data into the database {database.DatabaseNamespace.DatabaseName} was stopped before its end: call migrate again as before, and it goes on; or drop the database.");
        }
    }

    public Task<string> OpenSourceAsync(Action<string> tell, CancellationToken cancellationToken) => RunAsync(async () =>
    {
        Connect();
        if (!await (await Database.ListCollectionNamesAsync(cancellationToken: cancellationToken)).AnyAsync(cancellationToken))
        {
            throw new InvalidDataException($"There is nothing at {Place}; name the database with --Storage:Mongo:Database=…");
        }

        RefuseUnfinished(Database);
        await MongoMoveRest.RefuseInstancesAsync(_client!, tell, cancellationToken);
        if (await MongoMoveRest.IsLeftAsync(Database, cancellationToken))
        {
            await using var database = open();
            await MongoMoveRest.FinishAsync(database, cancellationToken);
        }

        await MongoMoveRest.OneChangeOfEachResourceAsync(Database, cancellationToken);
        return MongoExaminer.HeadOf(Database) is { } head ? $"mongo {head.Instance} {MongoDatabase.Text(head.Seq)}" : "mongo without a trail";
    });

    public Task<IReadOnlyDictionary<string, MoveProgress>> OpenTargetAsync(string source, CancellationToken cancellationToken) => RunAsync<IReadOnlyDictionary<string, MoveProgress>>(async () =>
    {
        Connect();
        var moves = await Collection(Moves).Find(new BsonDocument()).ToListAsync(cancellationToken);
        var all = moves.Find(m => m["_id"] == All);
        if (all is null)
        {
            await RefuseFilledAsync(cancellationToken);
            await Collection(Moves).ReplaceOneAsync(new BsonDocument("_id", All), new BsonDocument { ["_id"] = All, ["source"] = source }, new ReplaceOptions { IsUpsert = true }, cancellationToken);
        }
        else if (all.Contains("ended_at"))
        {
            throw new InvalidDataException($"{Place}: data was moved there to the end already; compare the two with --verify-only, or drop the database to move anew.");
        }
        else if (all["source"] != source)
        {
            throw new InvalidDataException($"{Place}: a move into it was begun from another source, or from this one before it was changed: drop the database to begin anew.");
        }

        // Documents that would go by themselves have to stay until both sides are compared; the service makes those indexes.
        MongoSchema.Ensure(Database, [.. MongoShapes.All.Select(s => s with { Indexes = [.. s.Indexes.Where(i => i.Dies is null)] })]);
        return moves.Where(m => m["_id"] != All).ToDictionary(m => m["_id"].AsString, Progress);
    });

    public async IAsyncEnumerable<MovedBatch> ReadAsync(MovedTable table, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (map, shape, sort) = (MongoMoveMap.All[table.Name], ShapeOf(table), new BsonDocument("_id", 1));
        var upgrade = shape is null ? null : new MongoTable(shape, Collection(table.Name));
        var last = after is null ? null : BsonDocument.Parse(after)["_id"];
        while (true)
        {
            var filter = last is null ? [] : new BsonDocument("_id", new BsonDocument("$gt", last));
            var found = await RunAsync(() => Collection(table.Name).Find(filter).Sort(sort).Limit(BatchDocuments).ToListAsync(cancellationToken));
            if (found.Count == 0)
            {
                yield break;
            }

            found.ForEach(d => upgrade?.Upgrade(d));
            last = found[^1]["_id"];
            if (found.Select(map.ToThing).OfType<MovedThing>().ToList() is { Count: > 0 } things)
            {
                yield return new MovedBatch(things, new BsonDocument("_id", last).ToJson());
            }
        }
    }

    public Task<IReadOnlyList<object?[]>> NumbersAsync(CancellationToken cancellationToken) => RunAsync<IReadOnlyList<object?[]>>(async () =>
    {
        var numbered = new BsonArray(MovedTables.All.Where(t => t.IsNumbered).Select(t => t.Name));
        var found = await Collection(MongoCounters.Shape.Name).Find(new BsonDocument("_id", new BsonDocument("$in", numbered))).Sort(new BsonDocument("_id", 1)).ToListAsync(cancellationToken);
        return [.. found.Select(c => new object?[] { c["_id"].AsString, c["next"].ToInt64() })];
    });

    public Task WriteAsync(MovedTable table, IReadOnlyList<MovedThing> things, MoveProgress progress, CancellationToken cancellationToken) => RunAsync(async () =>
    {
        if (things.Count > 0)
        {
            await KeepAsync(Collection(table.Name), Documents(table, things), cancellationToken);
        }

        var state = new BsonDocument { ["_id"] = table.Name, ["is_done"] = progress.IsDone, ["sums"] = new BsonDocument(progress.Sums.Select(s => new BsonElement(s.Key, s.Value))) };
        state.With("cursor", progress.Cursor);
        await Collection(Moves).ReplaceOneAsync(new BsonDocument("_id", table.Name), state, new ReplaceOptions { IsUpsert = true }, cancellationToken);
        return true;
    });

    public Task WriteNumbersAsync(IReadOnlyList<object?[]> numbers, CancellationToken cancellationToken) => RunAsync(async () =>
    {
        foreach (var row in numbers)
        {
            await CountFromAsync((string)row[0]!, (long)row[1]!, cancellationToken);
        }

        // In a table these go on behind the highest that is there; here they are counted.
        var last = await Collection("staff").Aggregate<BsonDocument>(
            new BsonDocument[] { new("$unwind", "$passwords"), new("$group", new BsonDocument { ["_id"] = BsonNull.Value, ["last"] = new BsonDocument("$max", "$passwords.id") }) },
            cancellationToken: cancellationToken).FirstOrDefaultAsync(cancellationToken);
        if (last is not null)
        {
            await CountFromAsync("staff_passwords", last["last"].ToInt64(), cancellationToken);
        }

        return true;
    });

    public Task EndAsync(CancellationToken cancellationToken) => RunAsync(async () =>
    {
        await Collection(Moves).UpdateOneAsync(
            new BsonDocument("_id", All), new BsonDocument("$set", new BsonDocument("ended_at", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())), cancellationToken: cancellationToken);
        return true;
    });

    public bool IsFading(MovedTable table) => ShapeOf(table)?.Indexes.Any(i => i.Dies is not null) ?? false;

    public ValueTask DisposeAsync()
    {
        _client?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static MongoShape? ShapeOf(MovedTable table) => MongoShapes.All.FirstOrDefault(s => s.Name == table.Name);

    private static List<BsonDocument> Documents(MovedTable table, IReadOnlyList<MovedThing> things)
    {
        var (map, shape, documents) = (MongoMoveMap.All[table.Name], ShapeOf(table), new List<BsonDocument>(things.Count));
        foreach (var thing in things)
        {
            var document = map.ToDocument(thing);
            document["v"] = shape?.Version ?? 1;
            if (shape is null || shape.Indexes.Any(i => i.Name == MongoSchema.TodoIndex))
            {
                document["rev"] = 1L;
            }

            documents.Add(document);
        }

        return documents;
    }

    /// <summary>Adds them; those that a kill left there already are put again.</summary>
    private static async Task KeepAsync(IMongoCollection<BsonDocument> collection, List<BsonDocument> documents, CancellationToken cancellationToken)
    {
        try
        {
            await collection.InsertManyAsync(documents, new InsertManyOptions { IsOrdered = false }, cancellationToken);
        }
        catch (MongoBulkWriteException<BsonDocument> e) when (e.WriteErrors.Count > 0 && e.WriteErrors.All(w => w.Category == ServerErrorCategory.DuplicateKey))
        {
            await collection.BulkWriteAsync(documents.Select(d => new ReplaceOneModel<BsonDocument>(new BsonDocument("_id", d["_id"]), d) { IsUpsert = true }), cancellationToken: cancellationToken);
        }
    }

    private static MoveProgress Progress(BsonDocument state) => new(
        MongoDatabase.TextOrNull(state, "cursor"), state["is_done"].AsBoolean, state["sums"].AsBsonDocument.ToDictionary(s => s.Name, s => s.Value.AsString));

    private Task<ReplaceOneResult> CountFromAsync(string name, long last, CancellationToken cancellationToken) => Collection(MongoCounters.Shape.Name).ReplaceOneAsync(
        new BsonDocument("_id", name), new BsonDocument { ["_id"] = name, ["next"] = last, ["v"] = MongoCounters.Shape.Version }, new ReplaceOptions { IsUpsert = true }, cancellationToken);

    private async Task RefuseFilledAsync(CancellationToken cancellationToken)
    {
        foreach (var name in await (await Database.ListCollectionNamesAsync(cancellationToken: cancellationToken)).ToListAsync(cancellationToken))
        {
            if (!name.StartsWith("system.", StringComparison.Ordinal) && await Collection(name).Find(new BsonDocument()).Limit(1).AnyAsync(cancellationToken))
            {
                throw new InvalidDataException($"{Place} is not empty ({name}): data is moved to where none is. Name another database with --Storage:Mongo:Database=…, or drop this one.");
            }
        }
    }

    private void Connect()
    {
        _client = MongoConnection.Client(options, Program);
        _database = MongoConnection.Database(_client, options);
    }

    private IMongoCollection<BsonDocument> Collection(string name) => Database.GetCollection<BsonDocument>(name);

    /// <summary>What the driver throws, as a sentence.</summary>
    private async Task<T> RunAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (MongoBulkWriteException e) when (e.WriteErrors.Count > 0)
        {
            throw new InvalidDataException(
                MongoErrors.Translate(e) is MongoDuplicateException duplicate
                    ? $"{Place}: two things to be moved have the same value in the unique index {duplicate.Index}; the source was altered by hand, or by a fault. Nothing is lost there."
                    : $"{Place} refused a document (code {e.WriteErrors[0].Code}): it is not what the validator of its collection demands.",
                e);
        }
        catch (Exception e) when (e is MongoException or TimeoutException or FormatException)
        {
            throw new InvalidDataException(MongoConnection.Explain(e, options), e);
        }
    }
}
