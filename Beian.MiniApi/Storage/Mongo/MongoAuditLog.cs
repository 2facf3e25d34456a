using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>The one audit trail of all instances.</summary>
internal sealed class MongoAuditLog(MongoDatabase database) : IAuditLog
{
    /// <summary>Entries looked at in one step.</summary>
    private const int PruneBatch = 2000;

    private static readonly BsonDocument Newest = new("_id", -1);

    private MongoTable Entries => database[MongoTrail.Entries.Name];

    public Task RecordAsync(IReadOnlyList<Sighting> sightings, CancellationToken cancellationToken) =>
        database.Trail!.RecordAsync([.. sightings.Select(s => database.NoteOf(s.Act, s.Kind, s.Thing, s.Owner, null, null, s.Reason))]);

    public Task<IReadOnlyList<AccessRecord>> AccessesAsync(string owner, long? before, int limit, CancellationToken cancellationToken) => RecordsAsync(
        new BsonDocument
        {
            ["owner"] = owner,
            ["$or"] = new BsonArray
            {
                new BsonDocument("role", new BsonDocument("$in", new BsonArray { "reviewer", "admin" })),
                new BsonDocument("act", new BsonDocument("$in", new BsonArray { AuditActs.Viewed, AuditActs.ViewedInFull, AuditActs.Exported })),
            },
        },
        before,
        limit,
        cancellationToken);

    public Task<IReadOnlyList<AccessRecord>> PageAsync(AuditFilter filter, long? before, int limit, CancellationToken cancellationToken)
    {
        var which = new BsonDocument();
        if (filter.Actor is { } actor)
        {
            which["actor"] = actor;
        }

        if (filter.Thing is { } thing)
        {
            which["thing"] = thing;
        }

        return RecordsAsync(which, before, limit, cancellationToken);
    }

    public AuditHead? Head() => MongoExaminer.HeadOf(database.Database);

    public async Task<(AuditHead Checkpoint, long Deleted)?> PruneAsync(DateTimeOffset olderThan, CancellationToken cancellationToken)
    {
        await database.Trail!.DrainAsync();
        (AuditHead Checkpoint, long Deleted)? all = null;
        while (await PruneSomeAsync(olderThan, cancellationToken) is { } some)
        {
            all = (some.Checkpoint, some.Deleted + (all?.Deleted ?? 0));
        }

        return all;
    }

    private async Task<IReadOnlyList<AccessRecord>> RecordsAsync(BsonDocument filter, long? before, int limit, CancellationToken cancellationToken)
    {
        await database.Trail!.DrainAsync();
        if (before is not null)
        {
            filter["_id"] = new BsonDocument("$lt", before.Value);
        }

        var found = await Entries.ListAsync(filter, Newest, limit, cancellationToken);
        return [.. found.Select(d => new AccessRecord(
            d["_id"].ToInt64(), DateTimeOffset.FromUnixTimeMilliseconds(d["at"].ToInt64()), d["actor"].AsString, d["role"].AsString, d["act"].AsString, d["kind"].AsString, d["thing"].AsString))];
    }

    /// <summary>The checkpoint first, then what it stands for: a kill between the two leaves entries that the next round deletes.</summary>
    private async Task<(AuditHead Checkpoint, long Deleted)?> PruneSomeAsync(DateTimeOffset olderThan, CancellationToken cancellationToken)
    {
        // The last of all stays, whatever its age: the chain goes on from it.
        var first = await Entries.ListAsync([], new BsonDocument("_id", 1), PruneBatch + 1, new BsonDocument { ["at"] = 1, ["mac"] = 1 }, cancellationToken);
        var old = first.SkipLast(1).TakeWhile(e => e["at"].ToInt64() < olderThan.ToUnixTimeMilliseconds()).ToList();
        if (old.Count == 0 || Head() is not { } head)
        {
            return null;
        }

        var checkpoint = new AuditHead(
            AuditHead.Checkpoint, head.Instance, old[^1]["_id"].ToInt64(), DateTimeOffset.FromUnixTimeMilliseconds(database.Time.GetUtcNow().ToUnixTimeMilliseconds()), old[^1]["mac"].AsByteArray, []);
        checkpoint = checkpoint with { Signature = database.Secret!.Sign(checkpoint) };
        await database[MongoTrail.Checkpoints.Name].AddAsync(
            new BsonDocument
            {
                ["_id"] = checkpoint.Seq,
                ["instance"] = checkpoint.Instance,
                ["at"] = checkpoint.At.ToUnixTimeMilliseconds(),
                ["mac"] = checkpoint.Mac,
                ["signature"] = checkpoint.Signature,
            },
            cancellationToken);
        var deleted = await Entries.DropAsync(new BsonDocument("_id", new BsonDocument("$lte", checkpoint.Seq)), cancellationToken);
        await database[MongoTrail.Checkpoints.Name].DropAsync(new BsonDocument("_id", new BsonDocument("$lt", checkpoint.Seq)), cancellationToken);
        await database.Trail!.RecordAsync([database.NoteOf(AuditActs.Pruned, "audit_entries", MongoDatabase.Text(checkpoint.Seq), null, null, null)]);
        return (checkpoint, deleted);
    }
}
