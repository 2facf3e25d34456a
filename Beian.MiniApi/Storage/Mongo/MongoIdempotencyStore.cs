using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>
/// Kept answers, a document each. A save with an answer claims the key first and fills the answer in afterwards, as something to do of the document it saved: after a kill in between, the claim says
/// where to look.
/// </summary>
internal sealed class MongoIdempotencyStore(MongoDatabase database) : IIdempotencyStore
{
    public static readonly MongoShape Shape = new(
        "idempotency", 1,
        MongoIndex.Over("idempotency_owner", "owner_id") with { IsSparse = true },
        MongoIndex.Over("idempotency_dies", "dies_at") with { Dies = TimeSpan.FromDays(1) });

    /// <summary>A claim is the claimer's for so long; no save takes that long.</summary>
    private static readonly TimeSpan Claimed = TimeSpan.FromMinutes(2);

    public async Task<IdempotencyRecord?> FindAsync(string key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await FinishedAsync(database, key, cancellationToken);
        return found is not null && found.Contains("answer") && found["expires_at"].ToInt64() > now.ToUnixTimeMilliseconds() ? Record(key, found) : null;
    }

    public async Task SaveAsync(IdempotencyRecord record, CancellationToken cancellationToken)
    {
        try
        {
            await InsertAsync(database, record, cancellationToken);
        }
        catch (IdempotencyKeyTakenException)
        {
            // The first answer stands.
        }
    }

    public async Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        (int)await database[Shape.Name].DropAsync(new BsonDocument("expires_at", new BsonDocument("$lte", now.ToUnixTimeMilliseconds())), cancellationToken);

    /// <summary>Keeps an answer of its own, with no save; null keeps none.</summary>
    /// <exception cref="IdempotencyKeyTakenException">Somebody has the key.</exception>
    internal static async Task InsertAsync(MongoDatabase database, IdempotencyRecord? record, CancellationToken cancellationToken)
    {
        if (record is not null)
        {
            await ClaimAsync(database, record, ObjectId.GenerateNewId().ToString(), null, BsonNull.Value, cancellationToken);
            var keep = Keep(database, record);
            await database[Shape.Name].ChangeAsync(keep["f"].AsBsonDocument, keep["u"].AsBsonDocument, null, true, CancellationToken.None);
        }
    }

    /// <summary>Takes the key for one save.</summary>
    /// <exception cref="IdempotencyKeyTakenException">Somebody has it.</exception>
    internal static async Task ClaimAsync(MongoDatabase database, IdempotencyRecord record, string n, string? table, BsonValue id, CancellationToken cancellationToken)
    {
        var now = database.Time.GetUtcNow();
        var claim = new BsonDocument
        {
            ["_id"] = record.Key,
            ["by"] = n,
            ["c"] = table is null ? BsonNull.Value : table,
            ["id"] = id,
            ["claimed_at"] = now.ToUnixTimeMilliseconds(),
            ["expires_at"] = record.ExpiresAt.ToUnixTimeMilliseconds(),
            ["dies_at"] = DiesAt(database, record),
        };
        if (record.OwnerId is { } owner)
        {
            claim["owner_id"] = owner;
        }

        if (await database[Shape.Name].AddAsync(claim, cancellationToken))
        {
            return;
        }

        if (await FinishedAsync(database, record.Key, cancellationToken) is { } there)
        {
            var isFree = there.Contains("answer")
                ? there["expires_at"].ToInt64() <= record.ExpiresAt.ToUnixTimeMilliseconds() - (long)TimeSpan.FromDays(1).TotalMilliseconds
                : there["claimed_at"].ToInt64() <= (now - Claimed).ToUnixTimeMilliseconds();
            if (!isFree || await database[Shape.Name].DropAsync(new BsonDocument { ["_id"] = record.Key, ["by"] = there.GetValue("by", BsonNull.Value) }, cancellationToken) == 0)
            {
                throw new IdempotencyKeyTakenException();
            }
        }

        if (!await database[Shape.Name].AddAsync(claim, cancellationToken))
        {
            throw new IdempotencyKeyTakenException();
        }
    }

    /// <summary>Gives a claim back whose save was refused; one that cannot be given back now is free after two minutes.</summary>
    internal static async Task ReleaseAsync(MongoDatabase database, string key, string n)
    {
        try
        {
            await database[Shape.Name].DropAsync(new BsonDocument { ["_id"] = key, ["by"] = n, ["answer"] = new BsonDocument("$exists", false) }, CancellationToken.None);
        }
        catch (StorageFailedException)
        {
        }
    }

    /// <summary>The step that fills the answer into its claim; done twice it changes nothing, and done late it brings nothing back that was erased.</summary>
    internal static BsonDocument Keep(MongoDatabase database, IdempotencyRecord record)
    {
        var set = new BsonDocument
        {
            ["request_hash"] = record.RequestHash,
            ["answer"] = SealedColumns.Answers.Seal(database.Sealer, record.Key, record.Answer),
            ["expires_at"] = record.ExpiresAt.ToUnixTimeMilliseconds(),
            ["dies_at"] = DiesAt(database, record),
        };
        if (record.OwnerId is { } owner)
        {
            set["owner_id"] = owner;
        }

        return new BsonDocument { ["c"] = Shape.Name, ["f"] = new BsonDocument("_id", record.Key), ["u"] = new BsonDocument("$set", set), ["m"] = false, ["s"] = false };
    }

    /// <summary>The database's own clean-up goes by real time, and must not be ahead of a record whose time is over already.</summary>
    private static DateTime DiesAt(MongoDatabase database, IdempotencyRecord record) => (record.ExpiresAt > database.Time.GetUtcNow() ? record.ExpiresAt : database.Time.GetUtcNow()).UtcDateTime;

    /// <summary>What stands under the key, after what was left to do of its save.</summary>
    private static async Task<BsonDocument?> FinishedAsync(MongoDatabase database, string key, CancellationToken cancellationToken)
    {
        var found = await database[Shape.Name].FindAsync(key, cancellationToken);
        if (found is not null && !found.Contains("answer") && found["c"].IsString)
        {
            await database.FinishAsync(database[found["c"].AsString], found["id"], cancellationToken);
            found = await database[Shape.Name].FindAsync(key, cancellationToken);
        }

        return found;
    }

    private IdempotencyRecord Record(string key, BsonDocument found) =>
        new(key, found["request_hash"].AsString, SealedColumns.Answers.Open(database.Sealer, key, found["answer"].AsByteArray), DateTimeOffset.FromUnixTimeMilliseconds(found["expires_at"].ToInt64()))
        {
            OwnerId = MongoDatabase.TextOrNull(found, "owner_id"),
        };
}
