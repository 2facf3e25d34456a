using Beian.MiniApi.Vault;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Driver;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>
/// One MongoDB database, shared by all instances. Every write is acknowledged by the majority of the replica set and in its journal, and reads see nothing that an election could take back.
/// </summary>
internal sealed class MongoDatabase : IAsyncDisposable
{
    /// <summary>Field of a document that holds what is still to be done of its saves.</summary>
    public const string Todo = "todo";

    /// <summary>What is this old and still to be done was left by an instance that is no more, or is out of breath. Far above the difference of two clocks.</summary>
    private static readonly TimeSpan LeftBehind = TimeSpan.FromSeconds(10);

    /// <summary>Milliseconds between two looks for a new primary at the start.</summary>
    private const int ElectionLook = 500;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, MongoTable> _tables;
    private readonly MongoClient _client;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _sweeping;

    private MongoDatabase(MongoClient client, IMongoDatabase database, Sealer sealer, AuditSecret? audit, TimeProvider time)
    {
        (_client, Database, Sealer, Time, Secret) = (client, database, sealer, time, audit);
        _tables = MongoShapes.All.ToDictionary(s => s.Name, s => new MongoTable(s, database.GetCollection<BsonDocument>(s.Name)), StringComparer.Ordinal);
        MongoMove.RefuseUnfinished(database);
        MongoSchema.Ensure(database, MongoShapes.All);
        MongoDataKeys.Open(this);
        Trail = audit is null ? null : new MongoTrail(this, audit);
        _sweeping = SweepAsync();
    }

    /// <summary>Connects, makes or checks indexes, and opens the data keys.</summary>
    /// <param name="options">Where.</param>
    /// <param name="sealer">Seals the payloads; is given the data keys of this database.</param>
    /// <param name="audit">With it, every change leaves an entry in the audit trail; without, none does.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="InvalidDataException">It cannot be used; the message names the remedy, and never the password.</exception>
    public static MongoDatabase Open(MongoOptions options, Sealer sealer, AuditSecret? audit, TimeProvider time)
    {
        for (var patience = options.ServerSelectionMilliseconds; ; patience -= ElectionLook)
        {
            try
            {
                return OpenOnce(options, sealer, audit, time);
            }
            catch (InvalidDataException e) when (patience > 0 && e.InnerException is (MongoNotPrimaryException or MongoNodeIsRecoveringException))
            {
                // The primary has just stepped down; the next one is awaited as any call would.
                Thread.Sleep(ElectionLook);
            }
        }
    }

    private static MongoDatabase OpenOnce(MongoOptions options, Sealer sealer, AuditSecret? audit, TimeProvider time)
    {
        MongoClient? client = null;
        try
        {
            client = MongoConnection.Client(options);
            return new MongoDatabase(client, MongoConnection.Database(client, options), sealer, audit, time);
        }
        catch (Exception e) when (e is MongoException or TimeoutException or StorageFailedException or FormatException)
        {
            client?.Dispose();
            throw new InvalidDataException(MongoConnection.Explain(e, options), e);
        }
        catch
        {
            client?.Dispose();
            throw;
        }
    }

    public IMongoDatabase Database { get; }

    /// <summary>The cipher of its payloads, with the data keys of this database.</summary>
    public Sealer Sealer { get; }

    public TimeProvider Time { get; }

    public AuditSecret? Secret { get; }

    /// <summary>The audit trail; null where none is kept.</summary>
    public MongoTrail? Trail { get; }

    /// <summary>Deletions under way, and what follows of them.</summary>
    public MongoTable Todos => this["todos"];

    public MongoTable this[string name] => _tables[name];

    public MongoWrite Write(MongoTable table) => new(this, table);

    /// <summary>
    /// Reads one document, and writes what <paramref name="change"/> makes of it; again from the start when somebody else wrote first.
    /// </summary>
    /// <param name="table">The collection.</param>
    /// <param name="id">The document.</param>
    /// <param name="change">
    /// Is given the document, or null where there is none, and a write; calls Put or Remove on it and returns what the caller is to have. Without either, nothing is written. The document given must not be
    /// changed: it is the one before. May be called again.
    /// </param>
    /// <param name="cancellationToken">Honoured until the write begins.</param>
    public async Task<T> ChangeAsync<T>(MongoTable table, BsonValue id, Func<BsonDocument?, MongoWrite, Task<T>> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var write = Write(table);
            var result = await change(await table.FindAsync(id, cancellationToken), write);
            if (!write.IsMade || await write.CommitAsync(cancellationToken))
            {
                return result;
            }

            await PauseAsync(attempt, cancellationToken);
        }
    }

    /// <summary>A rest before trying again, longer each time and never twice the same, so that many who want one document come through one by one.</summary>
    /// <exception cref="StorageFailedException">Too many tries.</exception>
    public static Task PauseAsync(int attempt, CancellationToken cancellationToken) => attempt >= 200
        ? throw new StorageFailedException("Others kept writing the same document.")
        : Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * Math.Min(2 << Math.Min(attempt, 6), 60)), cancellationToken);

    /// <summary>A note by the scope of this flow; digests of the documents as they are without what is to be done of them.</summary>
    public MongoNote NoteOf(string act, string kind, string thing, string? owner, BsonValue? before, BsonValue? after, string? reason = null)
    {
        var scope = AuditScope.Current;
        return new MongoNote(
            ObjectId.GenerateNewId().ToString(), Time.GetUtcNow(), scope.Actor, scope.Role, act, kind, thing, scope.Route, owner, reason is null ? null : Digest(new BsonString(reason)), scope.Source,
            before is null ? null : Digest(before), after is null ? null : Digest(after));
    }

    /// <summary>Does what follows of a save that stands, and takes it off its document. Whatever fails is left to be done later.</summary>
    public async Task FollowAsync(MongoTable table, BsonValue id, string n, BsonArray follow, IReadOnlyList<MongoNote> notes)
    {
        if (follow.Count == 0 && notes.Count == 0)
        {
            return;
        }

        try
        {
            await DoAsync(follow);
        }
        catch (Exception e) when (e is StorageFailedException or StorageFullException or MongoDuplicateException)
        {
            // The save is acknowledged; the sweep of some instance goes on with it.
            return;
        }

        if (Trail is null)
        {
            await DoneAsync([(table, id, n)]);
        }
        else
        {
            Trail.Add(notes, (table, id, n));
        }
    }

    /// <summary>Does what a document still has to do, whoever left it.</summary>
    public async Task FinishAsync(MongoTable table, BsonValue id, CancellationToken cancellationToken)
    {
        if (await table.FindAsync(id, cancellationToken) is { } document && document.TryGetValue(Todo, out var todos))
        {
            foreach (var todo in todos.AsBsonArray)
            {
                await FinishAsync(table, id, todo.AsBsonDocument);
            }
        }
    }

    /// <summary>Does everything that was left behind; returns how much it was. What cannot be done now does not keep the rest waiting.</summary>
    /// <param name="olderThan">Only what is this old.</param>
    /// <param name="cancellationToken">Ends it between two documents.</param>
    public async Task<int> FinishAllAsync(TimeSpan olderThan, CancellationToken cancellationToken)
    {
        var (count, before) = (0, (Time.GetUtcNow() - olderThan).ToUnixTimeMilliseconds());
        foreach (var table in _tables.Values.Where(t => t.Shape.Indexes.Any(i => i.Name == MongoSchema.TodoIndex)))
        {
            foreach (var document in await table.ListAsync(new BsonDocument(Todo + ".at", new BsonDocument("$lte", before)), null, 500, new BsonDocument(Todo, 1), cancellationToken))
            {
                foreach (var todo in document[Todo].AsBsonArray.Select(t => t.AsBsonDocument).Where(t => t["at"].ToInt64() <= before))
                {
                    count += await TryAsync(() => FinishAsync(table, document["_id"], todo), cancellationToken);
                }
            }
        }

        foreach (var todo in await Todos.ListAsync(new BsonDocument("at", new BsonDocument("$lte", before)), null, 500, cancellationToken))
        {
            count += await TryAsync(() => FinishDeletionAsync(todo, cancellationToken), cancellationToken);
        }

        return count;
    }

    /// <summary>Takes things that were done off their documents.</summary>
    public async Task DoneAsync(IEnumerable<(MongoTable Table, BsonValue Id, string N)> done)
    {
        foreach (var group in done.GroupBy(d => d.Table))
        {
            var writes = new List<WriteModel<BsonDocument>>();
            foreach (var (_, id, n) in group)
            {
                writes.Add(new UpdateOneModel<BsonDocument>(new BsonDocument("_id", id), new BsonDocument("$pull", new BsonDocument(Todo, new BsonDocument("n", n)))));
                writes.Add(new UpdateOneModel<BsonDocument>(new BsonDocument { ["_id"] = id, [Todo] = new BsonDocument("$size", 0) }, new BsonDocument("$unset", new BsonDocument(Todo, ""))));
            }

            await MongoErrors.RunAsync(() => group.Key.Collection.BulkWriteAsync(writes));
            await Todos.DropAsync(new BsonDocument("_id", new BsonDocument("$in", new BsonArray(group.Select(g => g.N)))), CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _sweeping;
        if (Trail is not null)
        {
            await Trail.DisposeAsync();
        }

        _ending.Dispose();
        _client.Dispose();
    }

    internal static string Text(BsonValue value) => value switch
    {
        BsonString s => s.Value,
        BsonBinaryData b => Convert.ToHexStringLower(b.Bytes),
        BsonNull => string.Empty,
        _ => Convert.ToString(BsonTypeMapper.MapToDotNetValue(value), System.Globalization.CultureInfo.InvariantCulture)!,
    };

    internal static string? TextOrNull(BsonDocument document, string name) => document.TryGetValue(name, out var value) && value.IsString ? value.AsString : null;

    internal static byte[]? BytesOrNull(BsonDocument document, string name) => document.TryGetValue(name, out var value) && value.IsBsonBinaryData ? value.AsByteArray : null;

    private async Task FinishAsync(MongoTable table, BsonValue id, BsonDocument todo)
    {
        var work = BsonSerializer.Deserialize<BsonDocument>(todo["do"].AsByteArray);
        await DoAsync(work["a"].AsBsonArray);
        if (Trail is not null)
        {
            await Trail.WriteAsync([.. work["notes"].AsBsonArray.Select(n => MongoNote.Of(n.AsBsonDocument))]);
        }

        await DoneAsync([(table, id, todo["n"].AsString)]);
    }

    /// <summary>The deletion itself, unless the document was written again since, and what follows of it.</summary>
    private async Task FinishDeletionAsync(BsonDocument todo, CancellationToken cancellationToken)
    {
        var of = this[todo["c"].AsString];
        await of.DropAsync(new BsonDocument { ["_id"] = todo["id"], ["rev"] = todo["rev"] }, cancellationToken);
        if (!await of.AnyAsync(new BsonDocument("_id", todo["id"]), cancellationToken))
        {
            await FinishAsync(of, todo["id"], todo);
        }

        await Todos.DropAsync(new BsonDocument("_id", todo["_id"]), cancellationToken);
    }

    /// <returns>1 when it was done, 0 when it is left for the next round.</returns>
    private static async Task<int> TryAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            return 1;
        }
#pragma warning disable CA1031 // One that cannot be done, damaged or of a newer program, must not stop the others; it stands where it stood.
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return 0;
        }
    }

    private async Task DoAsync(BsonArray follow)
    {
        foreach (var step in follow.Select(f => f.AsBsonDocument))
        {
            var table = this[step["c"].AsString];
            if (step.TryGetValue("i", out var document))
            {
                await table.AddAsync(document.AsBsonDocument, CancellationToken.None);
            }
            else if (step.Contains("d"))
            {
                await table.DropAsync(step["f"].AsBsonDocument, CancellationToken.None);
            }
            else if (step["m"].AsBoolean)
            {
                await table.ChangeAllAsync(step["f"].AsBsonDocument, step["u"].AsBsonDocument, CancellationToken.None);
            }
            else
            {
                await table.ChangeAsync(step["f"].AsBsonDocument, step["u"].AsBsonDocument, null, step["s"].AsBoolean, CancellationToken.None);
            }
        }
    }

    private byte[] Digest(BsonValue value)
    {
        using var hash = Secret!.Digest();
        if (value is BsonDocument document && document.Contains(Todo))
        {
            document = (BsonDocument)document.Clone();
            document.Remove(Todo);
            value = document;
        }

        hash.AppendData(new BsonDocument("d", value).ToBson());
        return hash.GetHashAndReset();
    }

    private async Task SweepAsync()
    {
        using var timer = new PeriodicTimer(SweepEvery, Time);
        try
        {
            do
            {
                try
                {
                    await FinishAllAsync(LeftBehind, _ending.Token);
                }
#pragma warning disable CA1031 // The next round tries again, whatever it was.
                catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
                {
                }
            }
            while (await timer.WaitForNextTickAsync(_ending.Token));
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
    }
}
