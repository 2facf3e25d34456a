using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Domain.Resources;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>
/// Codes of one resource that are made out together, all or none. The last of them decides: the others are there before it with their numbers, hidden by its id, and are shown as something that follows of its
/// save. Hidden ones whose last one never came are taken away by whoever next looks for numbers of the resource.
/// </summary>
internal sealed class MongoAuthCodeBatch(MongoDatabase database)
{
    /// <summary>Field of a code that is not shown yet: the id of the one that decides.</summary>
    public const string Hidden = "batch";

    private const string HiddenAt = "batch_at";
    private const string NumberIndex = "auth_codes_number";

    /// <summary>Somebody is still adding what was hidden so lately; what is older was left by a process that is no more.</summary>
    private static readonly TimeSpan UnderWay = TimeSpan.FromSeconds(5);

    /// <summary>No save takes so long; far above the difference of two clocks.</summary>
    private static readonly TimeSpan LeftBehind = TimeSpan.FromMinutes(10);

    private MongoTable Table => database[MongoAuthCodeStore.Shape.Name];

    /// <summary>Adds all or none; null when somebody else is adding codes too, so that it is not known yet how many numbers are left.</summary>
    /// <param name="codes">Documents without their numbers, of one resource.</param>
    /// <param name="profile">Of the resource.</param>
    /// <param name="idempotency">Kept with them, or null.</param>
    /// <param name="cancellationToken">Honoured until the last one is saved.</param>
    public async Task<AuthCodeChange?> TryAddAsync(IReadOnlyList<BsonDocument> codes, ResourceProfile profile, IdempotencyRecord? idempotency, CancellationToken cancellationToken)
    {
        var (last, others) = (codes[^1].Copy(), codes.SkipLast(1).Select(c => c.Copy()).ToList());
        var (resource, batch) = (last["resource_id"].AsString, last["_id"].AsString);
        try
        {
            for (var i = 0; i < others.Count; i++)
            {
                others[i][Hidden] = batch;
                others[i][HiddenAt] = database.Time.GetUtcNow().ToUnixTimeMilliseconds();
                others[i]["rev"] = 1L;
                if (!await PutAsync(others[i], resource, profile, codes.Count - i, () => Table.AddAsync(others[i], cancellationToken), cancellationToken))
                {
                    return await RefusedAsync(resource, batch, cancellationToken);
                }
            }

            if (await PutAsync(last, resource, profile, 1, () => Shown(last, others, idempotency).CommitAsync(cancellationToken), cancellationToken))
            {
                return AuthCodeChange.Done;
            }
        }
        catch (Exception e) when (e is MongoDuplicateException or IdempotencyKeyTakenException or StorageFullException or OperationCanceledException)
        {
            await TakeBackAsync(batch);
            throw;
        }

        return await RefusedAsync(resource, batch, cancellationToken);
    }

    /// <summary>Numbers that codes of the resource can still take, lowest first, as many as its profile leaves.</summary>
    public async Task<IReadOnlyList<int>> FreeAsync(string resourceId, ResourceProfile profile, CancellationToken cancellationToken)
    {
        var fields = new BsonDocument { ["number"] = 1, [Hidden] = 1, [HiddenAt] = 1 };
        var there = await Table.ListAsync(new BsonDocument("resource_id", resourceId), null, 0, fields, cancellationToken);
        foreach (var left in there.Where(c => c.TimeOrNull(HiddenAt) < database.Time.GetUtcNow() - LeftBehind).ToList())
        {
            if (!await Table.AnyAsync(new BsonDocument("_id", left[Hidden]), cancellationToken))
            {
                await Table.DropAsync(new BsonDocument { ["_id"] = left["_id"], [Hidden] = left[Hidden] }, cancellationToken);
                there.Remove(left);
            }
        }

        var taken = there.Select(c => c["number"].ToInt32()).ToHashSet();
        var use = new ResourceUse(await MongoHolds.CountAsync(database, ResourceSlots.KeysOf(resourceId, profile), cancellationToken), taken.Count);
        return [.. Enumerable.Range(1, profile.Codes).Where(n => !taken.Contains(n)).Take(Eligibility.CodesLeft(profile, use))];
    }

    /// <summary>Puts one with the lowest free number; false when fewer are left than are needed with those behind it.</summary>
    private async Task<bool> PutAsync(BsonDocument code, string resource, ResourceProfile profile, int needed, Func<Task<bool>> put, CancellationToken cancellationToken)
    {
        while (await FreeAsync(resource, profile, cancellationToken) is { } free && free.Count >= needed)
        {
            code["number"] = (long)free[0];
            try
            {
                return await put() ? true : throw new StorageFailedException("There is a code of this id.");
            }
            catch (MongoDuplicateException e) when (e.Index == NumberIndex)
            {
                // Somebody else has the number; there may be another one.
            }
        }

        return false;
    }

    /// <summary>The save that decides, with those that it shows.</summary>
    private MongoWrite Shown(BsonDocument last, IReadOnlyList<BsonDocument> others, IdempotencyRecord? idempotency)
    {
        var write = database.Write(Table).Put(null, last).Answer(idempotency);
        if (others.Count > 0)
        {
            var gone = new BsonDocument { [Hidden] = "", [HiddenAt] = "" };
            write.ThenChange(Table, new BsonDocument(Hidden, last["_id"]), new BsonDocument { ["$unset"] = gone, ["$inc"] = new BsonDocument("rev", 1L) }, isMany: true);
        }

        foreach (var other in others)
        {
            var shown = other.Copy();
            shown.Remove(Hidden);
            shown.Remove(HiddenAt);
            write.Note(AuditActs.Created, Table.Name, other["_id"].AsString, null, null, shown);
        }

        return write;
    }

    /// <summary>Takes back what was put of the batch; null when others are adding, who may take back theirs too.</summary>
    private async Task<AuthCodeChange?> RefusedAsync(string resource, string batch, CancellationToken cancellationToken)
    {
        await TakeBackAsync(batch);
        var lately = (database.Time.GetUtcNow() - UnderWay).ToUnixTimeMilliseconds();
        var othersAdd = new BsonDocument { ["resource_id"] = resource, [Hidden] = new BsonDocument("$exists", true), [HiddenAt] = new BsonDocument("$gt", lately) };
        return await Table.AnyAsync(othersAdd, cancellationToken) ? null : AuthCodeChange.QuotaExceeded;
    }

    private Task<long> TakeBackAsync(string batch) => Table.DropAsync(new BsonDocument(Hidden, batch), CancellationToken.None);
}
