using System.Security.Cryptography;
using Beian.MiniApi.Vault;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Seals the documents anew, a hundred at a time. A value is only replaced while it still is what was read, so that no other write is lost.</summary>
internal sealed class MongoReseal(MongoDatabase database) : IResealable, IResealOrders
{
    public static readonly MongoShape Orders = new("resealings", 1);

    private const int AtOnce = 100;

    private MongoTable Table => database[Orders.Name];

    public async Task ResealAsync(TimeSpan pause, IProgress<ResealProgress> progress, CancellationToken cancellationToken)
    {
        foreach (var column in SealedColumns.All)
        {
            await ResealAsync(column, pause, progress, cancellationToken);
        }
    }

    public Task AddAsync(int dataKey, CancellationToken cancellationToken) => Table.ChangeAsync(
        new BsonDocument("_id", (long)dataKey), new BsonDocument("$setOnInsert", new BsonDocument("asked_at", Now())), null, true, cancellationToken);

    public async Task<bool> IsDueAsync(CancellationToken cancellationToken) =>
        !await Table.AnyAsync([], cancellationToken) || await Table.AnyAsync(new BsonDocument("ended_at", new BsonDocument("$exists", false)), cancellationToken);

    public Task<bool> HasEndedAsync(CancellationToken cancellationToken) => Table.AnyAsync(new BsonDocument("ended_at", new BsonDocument("$exists", true)), cancellationToken);

    public async Task EndAsync(int dataKey, long resealed, long unreadable, CancellationToken cancellationToken)
    {
        await AddAsync(dataKey, cancellationToken);
        await Table.ChangeAllAsync(
            new BsonDocument { ["_id"] = new BsonDocument("$lte", (long)dataKey), ["ended_at"] = new BsonDocument("$exists", false) },
            new BsonDocument("$set", new BsonDocument { ["ended_at"] = Now(), ["resealed"] = resealed, ["unreadable"] = unreadable }),
            cancellationToken);
    }

    /// <summary>Documents whose value another key than that one has sealed, by id, with their values alone.</summary>
    internal static IEnumerable<BsonDocument> Old(IMongoDatabase database, SealedColumn column, int dataKey)
    {
        var fields = new BsonDocument(KeyOf(column).Append(column.Column).Append("_id").Distinct().Select(f => new BsonElement(f, 1)));
        return database.GetCollection<BsonDocument>(column.Table).Find(new BsonDocument(column.Column, new BsonDocument("$exists", true))).Sort(new BsonDocument("_id", 1)).Project<BsonDocument>(fields).ToEnumerable()
            .Where(d => column.IsText
                ? !d[column.Column].AsString.StartsWith(Sealer.TextMarkOf(dataKey), StringComparison.Ordinal)
                : !d[column.Column].AsByteArray.AsSpan().StartsWith(Sealer.MarkOf(dataKey)));
    }

    private async Task ResealAsync(SealedColumn column, TimeSpan pause, IProgress<ResealProgress> progress, CancellationToken cancellationToken)
    {
        var told = new ResealProgress($"{column.Table}.{column.Column}", 0, 0, 0);
        foreach (var some in Old(database.Database, column, database.Sealer.ActiveId).Chunk(AtOnce))
        {
            foreach (var document in some)
            {
                var fresh = Fresh(column, document);
                var changed = fresh is null ? 0 : await database[column.Table].ChangeAllAsync(
                    new BsonDocument { ["_id"] = document["_id"], [column.Column] = document[column.Column] }, new BsonDocument { ["$set"] = new BsonDocument(column.Column, fresh), ["$inc"] = new BsonDocument("rev", 1L) }, cancellationToken);
                told = told with { Seen = told.Seen + 1, Resealed = told.Resealed + changed, Unreadable = told.Unreadable + (fresh is null ? 1 : 0) };
            }

            progress.Report(told);
            await Task.Delay(pause, cancellationToken);
        }

        progress.Report(told);
    }

    /// <summary>The value sealed by the active key; null when it cannot be opened.</summary>
    private BsonValue? Fresh(SealedColumn column, BsonDocument document)
    {
        var key = string.Join(' ', KeyOf(column).Select(f => MongoDatabase.Text(document.GetValue(f, document["_id"]))));
        try
        {
            return column.IsText
                ? column.SealText(database.Sealer, key, column.OpenText(database.Sealer, key, document[column.Column].AsString))
                : column.Seal(database.Sealer, key, column.Open(database.Sealer, key, document[column.Column].AsByteArray));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Fields that make the key of a value; a primary key stands in <c>_id</c>.</summary>
    private static IEnumerable<string> KeyOf(SealedColumn column) => column.Key.Split("||", StringSplitOptions.TrimEntries).Where(p => p != "' '");

    private long Now() => database.Time.GetUtcNow().ToUnixTimeMilliseconds();
}
