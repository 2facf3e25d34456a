using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Domain.Filings;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Filings as a document each. The unique index over the reservations in them refuses what another filing holds.</summary>
internal sealed class MongoFilingStore(MongoDatabase database) : IFilingStore
{
    /// <summary>For so long a code cannot be deleted once a filing is about to reserve it; no save takes that long.</summary>
    private static readonly TimeSpan Wanted = TimeSpan.FromSeconds(60);

    private static readonly BsonDocument NewestFirst = new("_id", -1);

    private static readonly BsonDocument OldestFirst = new("_id", 1);

    private MongoTable Table => database[MongoFilings.Shape.Name];

    public Task<Filing?> FindAsync(string id, string accountId, CancellationToken cancellationToken) => OneAsync(new BsonDocument { ["_id"] = id, ["account_id"] = accountId }, cancellationToken);

    public Task<Filing?> FindAsync(string id, CancellationToken cancellationToken) => OneAsync(new BsonDocument("_id", id), cancellationToken);

    public Task<Filing?> FindByNumberAsync(string number, CancellationToken cancellationToken) => OneAsync(new BsonDocument("number", number), cancellationToken);

    public async Task<SaveOutcome> AddAsync(Filing filing, IdempotencyRecord? record, CancellationToken cancellationToken)
    {
        if (await IsErasedAsync(filing.Snapshot.AccountId, cancellationToken))
        {
            return SaveOutcome.AccountErased;
        }

        var outcome = await SaveAsync(filing, isNew: true, record, cancellationToken);

        // Whoever erases an account marks it first and looks for filings afterwards: one of the two sees the other.
        if (outcome.IsSaved && await IsErasedAsync(filing.Snapshot.AccountId, CancellationToken.None))
        {
            await TakeBackAsync(filing.Id, record);
            return SaveOutcome.AccountErased;
        }

        return outcome;
    }

    public Task<SaveOutcome> ReplaceAsync(Filing filing, IdempotencyRecord? record, CancellationToken cancellationToken) =>
        SaveAsync(filing, isNew: false, record, cancellationToken);

    public Task<IReadOnlyList<Filing>> ListAsync(string accountId, string? before, int limit, CancellationToken cancellationToken) =>
        ManyAsync(Before(new BsonDocument("account_id", accountId), before), NewestFirst, limit, cancellationToken);

    public Task<IReadOnlyList<Filing>> QueueAsync(QueueFilter filter, string? before, int limit, CancellationToken cancellationToken) =>
        ManyAsync(Before(MongoQueue.Narrow(filter), before), NewestFirst, limit, cancellationToken);

    public Task<IReadOnlyList<Filing>> QueueByDueAsync(QueueFilter filter, QueueKey? after, int limit, CancellationToken cancellationToken) =>
        ManyAsync(after is null ? MongoQueue.Narrow(filter) : MongoQueue.Behind(filter, after), MongoQueue.ByDue, limit, cancellationToken);

    public Task<IReadOnlyList<string>> InStateAsync(FilingState state, int limit, CancellationToken cancellationToken) =>
        IdsAsync(new BsonDocument("state", FilingTransitions.NameOf(state)), OldestFirst, limit, cancellationToken);

    public async Task<string?> NextDueAsync(DateTimeOffset until, IReadOnlyCollection<string> except, CancellationToken cancellationToken)
    {
        var due = new BsonDocument { ["timer_at"] = DocumentFields.Is("$lte", until.ToUnixTimeMilliseconds()), ["_id"] = new BsonDocument("$nin", new BsonArray(except)) };
        var ids = await IdsAsync(due, new BsonDocument("timer_at", 1), 1, cancellationToken);
        return ids.Count == 0 ? null : ids[0];
    }

    public Task<IReadOnlyList<string>> WithOutboxAsync(int limit, CancellationToken cancellationToken) => MarkedAsync(MongoFilings.OutboxOpen, 1, limit, cancellationToken);

    public Task<IReadOnlyList<string>> WithOpenFaceChecksAsync(int limit, CancellationToken cancellationToken) => MarkedAsync(MongoFilings.FaceWaiting, -1, limit, cancellationToken);

    public Task<IReadOnlyList<string>> WithPicturesDueAsync(DateTimeOffset until, int limit, CancellationToken cancellationToken) =>
        IdsAsync(new BsonDocument("picture_at", DocumentFields.Is("$lte", until.ToUnixTimeMilliseconds())), new BsonDocument("picture_at", 1), limit, cancellationToken);

    private async Task<SaveOutcome> SaveAsync(Filing filing, bool isNew, IdempotencyRecord? record, CancellationToken cancellationToken)
    {
        var saved = filing.Saved(filing.Revision + 1);
        var payload = SealedColumns.Filings.Seal(database.Sealer, saved.Id, StoredFiling.Payload(saved));
        for (var attempt = 0; ; attempt++)
        {
            var before = await Table.FindAsync(saved.Id, cancellationToken);
            if (isNew ? before is not null : before?["revision"].ToInt32() != filing.Revision)
            {
                return isNew ? SaveOutcome.NumberTaken : SaveOutcome.Changed;
            }

            if (await ReserveCodesAsync(saved, before, cancellationToken) is { } gone)
            {
                return await RefusalAsync(saved, isNew, gone, cancellationToken);
            }

            try
            {
                if (await (await WriteAsync(before, saved, payload, cancellationToken)).Answer(record).CommitAsync(cancellationToken))
                {
                    return new SaveOutcome(saved, null);
                }
            }
            catch (MongoDuplicateException)
            {
                var refusal = await RefusalAsync(saved, isNew, null, cancellationToken);
                if (refusal != SaveOutcome.Changed)
                {
                    return refusal;
                }

                // What stood in the way was given up meanwhile.
            }

            await MongoDatabase.PauseAsync(attempt, cancellationToken);
        }
    }

    private async Task<MongoWrite> WriteAsync(BsonDocument? before, Filing saved, byte[] payload, CancellationToken cancellationToken)
    {
        var write = database.Write(Table).Put(before, MongoFilings.Of(before, saved, payload));
        await MongoConsentStore.PutAsync(database, write, saved, cancellationToken);
        await MongoReviewFacts.PutAsync(database, write, saved, cancellationToken);
        return write;
    }

    /// <summary>What stands in the way: the number first, then the reservations in the order of the filing. <see cref="SaveOutcome.Changed"/> when nothing does any more.</summary>
    /// <param name="saved">What was to be saved.</param>
    /// <param name="isNew">True while its number is not its own yet.</param>
    /// <param name="gone">A reservation of a code that is no more, or null.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private async Task<SaveOutcome> RefusalAsync(Filing saved, bool isNew, string? gone, CancellationToken cancellationToken)
    {
        if (isNew && await Table.AnyAsync(new BsonDocument("number", saved.Snapshot.Number), cancellationToken))
        {
            return SaveOutcome.NumberTaken;
        }

        var others = new BsonDocument { ["holds"] = DocumentFields.In(saved.Snapshot.Holds), ["_id"] = DocumentFields.Is("$ne", saved.Id) };
        var taken = (await Table.ListAsync(others, null, 0, new BsonDocument("holds", 1), cancellationToken))
            .SelectMany(f => f["holds"].AsBsonArray.Select(h => h.AsString)).ToHashSet(StringComparer.Ordinal);
        var first = saved.Snapshot.Holds.FirstOrDefault(h => taken.Contains(h) || h == gone);
        return first is null ? SaveOutcome.Changed : new SaveOutcome(null, first);
    }

    /// <summary>
    /// Says of codes that are about to be reserved that they are wanted: whoever deletes one looks for that, and at its revision. One that was reserved before is safe by its reservation.
    /// </summary>
    /// <returns>The reservation of a code that was deleted between its check and this write, or null: reserving it would file a site on nothing.</returns>
    private async Task<string?> ReserveCodesAsync(Filing saved, BsonDocument? before, CancellationToken cancellationToken)
    {
        var held = before is not null && before.TryGetValue("holds", out var holds) ? holds.AsBsonArray.Select(h => h.AsString).ToHashSet(StringComparer.Ordinal) : [];
        var prefix = AuthCode.HoldKeyOf(string.Empty);
        foreach (var hold in saved.Snapshot.Holds.Where(h => h.StartsWith(prefix, StringComparison.Ordinal) && !held.Contains(h)))
        {
            var until = (database.Time.GetUtcNow() + Wanted).ToUnixTimeMilliseconds();
            var update = new BsonDocument { ["$set"] = new BsonDocument("wanted_until", until), ["$inc"] = new BsonDocument("rev", 1L) };
            if (await database["auth_codes"].ChangeAsync(new BsonDocument("_id", hold[prefix.Length..]), update, cancellationToken) is null)
            {
                return hold;
            }
        }

        return null;
    }

    private Task<bool> IsErasedAsync(string accountId, CancellationToken cancellationToken) => database["erased_accounts"].AnyAsync(new BsonDocument("_id", accountId), cancellationToken);

    /// <summary>Removes a filing that came too late, with the answer that told of it.</summary>
    private Task<bool> TakeBackAsync(string id, IdempotencyRecord? record) => database.ChangeAsync(
        Table,
        id,
        (filing, write) =>
        {
            if (filing is not null)
            {
                write.Remove(filing).ThenDrop(database[MongoReviewFacts.Shape.Name], new BsonDocument("filing_id", id));
                if (record is not null)
                {
                    write.ThenDrop(database[MongoIdempotencyStore.Shape.Name], new BsonDocument("_id", record.Key));
                }
            }

            return Task.FromResult(true);
        },
        CancellationToken.None);

    private static BsonDocument Before(BsonDocument where, string? before) => before is null ? where : where.With("_id", DocumentFields.Is("$lt", before));

    private async Task<Filing?> OneAsync(BsonDocument where, CancellationToken cancellationToken) =>
        await Table.FirstAsync(where, null, cancellationToken) is { } found ? MongoFilings.Open(database, found) : null;

    private async Task<IReadOnlyList<Filing>> ManyAsync(BsonDocument where, BsonDocument sort, int limit, CancellationToken cancellationToken) =>
        limit <= 0 ? [] : [.. (await Table.ListAsync(where, sort, limit, cancellationToken)).Select(f => MongoFilings.Open(database, f))];

    private Task<IReadOnlyList<string>> MarkedAsync(string mark, int order, int limit, CancellationToken cancellationToken) =>
        IdsAsync(new BsonDocument(mark, DocumentFields.Is("$gt", string.Empty)), new BsonDocument(mark, order), limit, cancellationToken);

    private async Task<IReadOnlyList<string>> IdsAsync(BsonDocument where, BsonDocument sort, int limit, CancellationToken cancellationToken) =>
        limit <= 0 ? [] : [.. (await Table.ListAsync(where, sort, limit, new BsonDocument("_id", 1), cancellationToken)).Select(f => f["_id"].AsString)];
}
