using System.Threading.Channels;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>
/// The one audit trail of all instances. Notes stand in the documents that were saved until they have a number here: an entry's number is its id, so that of two instances that want the next number
/// one is refused and goes on behind the other. A note has an id of its own, by which it gets no second entry. The head is signed after the entries: it may be behind them for a moment, never ahead.
/// </summary>
internal sealed class MongoTrail : IAsyncDisposable
{
    public static readonly MongoShape Entries = new(
        "audit_entries", 1,
        MongoIndex.Over("audit_note", "n") with { IsUnique = true },
        MongoIndex.Over("audit_accesses", "owner", "_id"),
        MongoIndex.Over("audit_actor", "actor", "_id"),
        MongoIndex.Over("audit_thing", "thing", "_id"));

    public static readonly MongoShape Chain = new("audit_chain", 1);

    public static readonly MongoShape Checkpoints = new("audit_checkpoints", 1);

    private const int MaxGroup = 500;

    private readonly MongoDatabase _database;
    private readonly AuditSecret _secret;
    private readonly Channel<(IReadOnlyList<MongoNote> Notes, (MongoTable, BsonValue, string)? Of, TaskCompletionSource? Done)> _queue =
        Channel.CreateUnbounded<(IReadOnlyList<MongoNote>, (MongoTable, BsonValue, string)?, TaskCompletionSource?)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Task _loop;
    private string? _instance;

    public MongoTrail(MongoDatabase database, AuditSecret secret)
    {
        (_database, _secret) = (database, secret);
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Gives notes their entries soon; they stand in the document meanwhile.</summary>
    public void Add(IReadOnlyList<MongoNote> notes, (MongoTable, BsonValue, string) of) => _queue.Writer.TryWrite((notes, of, null));

    /// <summary>Gives notes that stand nowhere else their entries, together with what waits meanwhile.</summary>
    /// <exception cref="StorageFailedException">The database did not take them.</exception>
    public async Task RecordAsync(IReadOnlyList<MongoNote> notes)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_queue.Writer.TryWrite((notes, null, done)))
        {
            await done.Task;
        }
    }

    /// <summary>Waits until what this instance saved so far has its entries, or stays in its documents for now.</summary>
    public async Task DrainAsync()
    {
        try
        {
            await RecordAsync([]);
        }
        catch (StorageFailedException)
        {
            // A sweep finds them.
        }
    }

    /// <summary>Gives notes their entries; those that have one are passed over.</summary>
    /// <exception cref="StorageFailedException">The database did not take them.</exception>
    public async Task WriteAsync(IReadOnlyList<MongoNote> notes)
    {
        if (notes.Count == 0)
        {
            return;
        }

        await _one.WaitAsync();
        try
        {
            await AppendAsync(notes);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The newest head; null before the first entry.</summary>
    public static AuditHead? HeadOf(BsonDocument? chain) => chain is null || !chain.Contains("seq")
        ? null
        : new AuditHead(AuditHead.Head, chain["instance"].AsString, chain["seq"].ToInt64(), DateTimeOffset.FromUnixTimeMilliseconds(chain["at"].ToInt64()), chain["mac"].AsByteArray, chain["signature"].AsByteArray);

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        _one.Dispose();
    }

    private async Task LoopAsync()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            var (notes, of, done) = (new List<MongoNote>(), new List<(MongoTable, BsonValue, string)>(), new List<TaskCompletionSource>());
            while (notes.Count < MaxGroup && _queue.Reader.TryRead(out var item))
            {
                notes.AddRange(item.Notes);
                if (item.Of is { } document)
                {
                    of.Add(document);
                }

                if (item.Done is { } waiting)
                {
                    done.Add(waiting);
                }
            }

            try
            {
                await WriteAsync(notes);
                await _database.DoneAsync(of);
                done.ForEach(d => d.TrySetResult());
            }
#pragma warning disable CA1031 // What was saved stands in its documents, and a sweep finds it; whoever waits is told; the loop must live on.
            catch (Exception e)
#pragma warning restore CA1031
            {
                done.ForEach(d => d.TrySetException(e is StorageFailedException or StorageFullException ? e : new StorageFailedException("The audit trail did not take an entry.", e)));
            }
        }
    }

    private async Task AppendAsync(IReadOnlyList<MongoNote> notes)
    {
        var left = notes.ToList();
        for (var attempt = 0; left.Count > 0; attempt++)
        {
            var (seq, mac) = await LastAsync();
            var group = new List<BsonDocument>();
            foreach (var note in left)
            {
                // The order of the trail is that of its numbers; a note that waited keeps the time at which it was made.
                var entry = new AuditEntry(
                    ++seq, DateTimeOffset.FromUnixTimeMilliseconds(note.At.ToUnixTimeMilliseconds()), note.Actor, note.Role, note.Act, note.Kind, note.Thing, note.Route, note.Owner, note.Reason,
                    note.Source, note.Before, note.After);
                mac = _secret.Chain(mac, entry);
                var document = note.ToDocument();
                document["_id"] = entry.Seq;
                document["mac"] = mac;
                document["v"] = Entries.Version;
                group.Add(document);
            }

            try
            {
                await MongoErrors.RunAsync(async () =>
                {
                    await Table(Entries).Collection.InsertManyAsync(group, new InsertManyOptions { IsOrdered = true });
                    return true;
                });
                await SignAsync(seq, mac);
                return;
            }
            catch (MongoDuplicateException)
            {
                // Somebody else had the number, or a note has its entry already. What was not written goes behind the new end.
                var there = await Table(Entries).ListAsync(
                    new BsonDocument("n", new BsonDocument("$in", new BsonArray(left.Select(n => n.N)))), null, 0, new BsonDocument("n", 1), CancellationToken.None);
                var known = there.Select(t => t["n"].AsString).ToHashSet(StringComparer.Ordinal);
                left.RemoveAll(n => known.Contains(n.N));
                if (left.Count == 0)
                {
                    (seq, mac) = await LastAsync();
                    await SignAsync(seq, mac);
                    return;
                }

                await MongoDatabase.PauseAsync(attempt, CancellationToken.None);
            }
        }
    }

    /// <summary>Where the chain ends; its beginning is made where there is none.</summary>
    private async Task<(long Seq, byte[] Mac)> LastAsync()
    {
        var last = await Table(Entries).ListAsync([], new BsonDocument("_id", -1), 1, new BsonDocument("mac", 1), CancellationToken.None);
        return last.Count > 0 ? (last[0]["_id"].ToInt64(), last[0]["mac"].AsByteArray) : (0, _secret.Genesis(await InstanceAsync()));
    }

    private async Task<string> InstanceAsync() => _instance ??= (await Table(Chain).ChangeAsync(
        new BsonDocument("_id", 1L), new BsonDocument("$setOnInsert", new BsonDocument("instance", Guid.CreateVersion7().ToString("N"))), null, true, CancellationToken.None))!["instance"].AsString;

    private async Task SignAsync(long seq, byte[] mac)
    {
        var head = new AuditHead(AuditHead.Head, await InstanceAsync(), seq, DateTimeOffset.FromUnixTimeMilliseconds(_database.Time.GetUtcNow().ToUnixTimeMilliseconds()), mac, []);
        await Table(Chain).ChangeAsync(
            new BsonDocument { ["_id"] = 1L, ["$or"] = new BsonArray { new BsonDocument("seq", new BsonDocument("$exists", false)), new BsonDocument("seq", new BsonDocument("$lt", seq)) } },
            new BsonDocument("$set", new BsonDocument { ["seq"] = seq, ["at"] = head.At.ToUnixTimeMilliseconds(), ["mac"] = mac, ["signature"] = _secret.Sign(head) }),
            CancellationToken.None);
    }

    private MongoTable Table(MongoShape shape) => _database[shape.Name];
}
