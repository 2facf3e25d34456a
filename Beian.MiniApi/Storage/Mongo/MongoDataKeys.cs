using System.Security.Cryptography;
using Beian.MiniApi.Vault;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>The documents of data keys. A key seals only after its document is with the majority.</summary>
internal sealed class MongoDataKeys(MongoDatabase database) : IDataKeyStore
{
    public static readonly MongoShape Shape = new("data_keys", 1);

    /// <summary>Seals that a document counts ahead for each instance, as with SQLite.</summary>
    private const long Ahead = 1L << 22;

    /// <summary>The key whose seals this instance last told of, and how many it had counted then.</summary>
    private (int Id, long Seals) _told;

    public int ActiveId => database.Sealer.ActiveId;

    public async Task<int> RenewAsync(CancellationToken cancellationToken)
    {
        var rows = await ListAsync(cancellationToken);
        await database[Shape.Name].AddAsync(NewKey(database, rows.Count == 0 ? 1 : rows[^1].Id + 1), cancellationToken);
        database.Sealer.Load(await ListAsync(cancellationToken));
        return database.Sealer.ActiveId;
    }

    public async Task<KeysKept> KeepAsync(CancellationToken cancellationToken)
    {
        var (sealer, now) = (database.Sealer, database.Time.GetUtcNow());
        sealer.Load(await ListAsync(cancellationToken));
        var rewrapped = await RewrapAsync(cancellationToken);
        var active = (await ListAsync(cancellationToken))[^1];
        var isRenewed = await TellAsync(sealer, active, cancellationToken) >= Sealer.SealsPerKey || now - active.CreatedAt >= Sealer.LifeOfKey;
        if (isRenewed)
        {
            await RenewAsync(cancellationToken);
        }

        return new KeysKept(rewrapped, isRenewed);
    }

    /// <summary>Makes the first key where there is none, and hands all of them to the sealer. Several instances may do so at once.</summary>
    /// <exception cref="InvalidDataException">The ring does not open one of them.</exception>
    internal static void Open(MongoDatabase database)
    {
        var collection = database[Shape.Name].Collection;
        database.Sealer.Reload = () => List(collection);
        if (List(collection).Count == 0)
        {
            try
            {
                collection.InsertOne(NewKey(database, 1));
            }
            catch (MongoWriteException e) when (e.WriteError.Category == ServerErrorCategory.DuplicateKey)
            {
                // Another instance was first.
            }
        }
        else
        {
            // What was sealed before the last end of an instance is within what the document counts.
            collection.FindOneAndUpdate<BsonDocument>(new BsonDocument(), new BsonDocument("$inc", new BsonDocument("seals", Ahead)), new FindOneAndUpdateOptions<BsonDocument> { Sort = new BsonDocument("_id", -1) });
        }

        try
        {
            database.Sealer.Load(List(collection));
        }
        catch (CryptographicException e)
        {
            throw new InvalidDataException("The key ring does not open the data keys: a key of it has the id of another one, or the collection data_keys was altered.", e);
        }
    }

    internal static IReadOnlyList<DataKeyRow> List(IMongoCollection<BsonDocument> collection) => [.. collection.Find(new BsonDocument()).Sort(new BsonDocument("_id", 1)).ToList().Select(Row)];

    private static DataKeyRow Row(BsonDocument d) =>
        new(d["_id"].ToInt32(), d["wrapped"].AsByteArray, DateTimeOffset.FromUnixTimeMilliseconds(d["created_at"].ToInt64()), d["seals"].ToInt64());

    private static BsonDocument NewKey(MongoDatabase database, int id) => new()
    {
        ["_id"] = (long)id,
        ["wrapped"] = database.Sealer.NewKey(id),
        ["created_at"] = database.Time.GetUtcNow().ToUnixTimeMilliseconds(),
        ["seals"] = Ahead,
        ["v"] = Shape.Version,
    };

    private async Task<List<DataKeyRow>> ListAsync(CancellationToken cancellationToken) => [.. (await database[Shape.Name].ListAsync([], new BsonDocument("_id", 1), 0, cancellationToken)).Select(Row)];

    /// <summary>Adds what this instance has sealed since it last told; what it seals before it tells again is within what its start counted ahead.</summary>
    /// <returns>How often all instances together may have sealed.</returns>
    private async Task<long> TellAsync(Sealer sealer, DataKeyRow active, CancellationToken cancellationToken)
    {
        var seals = sealer.Seals;
        var more = _told.Id == active.Id ? seals - _told.Seals : 0;
        _told = (active.Id, seals);
        return more <= 0
            ? active.Seals
            : (await database[Shape.Name].ChangeAsync(new BsonDocument("_id", (long)active.Id), new BsonDocument("$inc", new BsonDocument("seals", more)), cancellationToken))?["seals"].ToInt64() ?? active.Seals;
    }

    /// <summary>Wraps by the ring's active key what another one wraps; a document that somebody else has wrapped anew meanwhile is left.</summary>
    private async Task<int> RewrapAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var row in await ListAsync(cancellationToken))
        {
            if (database.Sealer.Rewrap(row) is { } wrapped)
            {
                count += (int)await database[Shape.Name].ChangeAllAsync(
                    new BsonDocument { ["_id"] = (long)row.Id, ["wrapped"] = row.Wrapped }, new BsonDocument("$set", new BsonDocument("wrapped", wrapped)), cancellationToken);
            }
        }

        if (count > 0)
        {
            database.Sealer.Load(await ListAsync(cancellationToken));
        }

        return count;
    }
}
