using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Filings;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>
/// A document a record. Records about one text of one user stand in an order of their own, <c>n</c>, since ids of one moment say nothing of it; a record that was judged by the one before names that one in
/// <c>follows</c>, which is unique: of several at once one is written, and the others judge again.
/// </summary>
internal sealed class MongoConsentStore(MongoDatabase database) : IConsentStore
{
    public static readonly MongoShape Shape = new(
        "consents", 1,
        MongoIndex.Over("consents_user", "user_id", "_id"),
        MongoIndex.Over("consents_text", "user_id", "text_id", "n"),
        MongoIndex.Over("consents_follows", "follows") with { IsUnique = true, IsSparse = true },
        MongoIndex.Over("consents_filing", "filing_id") with { IsSparse = true },
        MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true })
    {
        Fields = new Dictionary<string, string> { ["_id"] = "string", ["user_id"] = "string", ["text_id"] = "string", ["action"] = "long", ["source"] = "long", ["at"] = "long", ["n"] = "long" },
    };

    /// <summary>Most withdrawals inside WeChat that are told of one user.</summary>
    private const int MaxWithdrawals = 1_000;

    private MongoTable Table => database[Shape.Name];

    public async Task<IReadOnlyList<Consent>> ListAsync(string userId, string? before, int take, CancellationToken cancellationToken)
    {
        if (take <= 0)
        {
            return [];
        }

        var mine = new BsonDocument("user_id", userId).With("_id", before is null ? null : DocumentFields.Is("$lt", before));
        var own = (await Table.ListAsync(mine, new BsonDocument("_id", -1), take, cancellationToken)).Select(Of);
        var told = (await WithdrawnAsync(userId, cancellationToken)).Where(c => before is null || string.CompareOrdinal(c.Id, before) < 0);
        return [.. own.Concat(told).OrderByDescending(c => c.Id, StringComparer.Ordinal).Take(take)];
    }

    public async Task<Consent?> FindAsync(string userId, string id, CancellationToken cancellationToken) =>
        await Table.FirstAsync(new BsonDocument { ["_id"] = id, ["user_id"] = userId }, null, cancellationToken) is { } found ? Of(found) : null;

    public async Task<Consent?> FollowAsync(string userId, string textId, Func<Consent?, ConsentAddition?> next, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var last = await LastAsync(database, userId, textId, cancellationToken);
            var seen = last is null ? null : Of(last);
            if (next(seen) is not { } addition || await AddAsync(userId, addition, last, cancellationToken))
            {
                return seen;
            }

            await MongoDatabase.PauseAsync(attempt, cancellationToken);
        }
    }

    /// <summary>Records what a submission brought, once it is saved; what stands already, or is of a user who is gone, is left out.</summary>
    internal static async Task PutAsync(MongoDatabase database, MongoWrite write, Filing filing, CancellationToken cancellationToken)
    {
        if (filing.NewConsents() is not { Consents.Count: > 0 } given || !await IsThereAsync(database, given.UserId, cancellationToken))
        {
            return;
        }

        var table = database[Shape.Name];
        var there = (await table.ListAsync(new BsonDocument("_id", DocumentFields.In(given.Consents.Select(c => c.Id))), null, 0, new BsonDocument("_id", 1), cancellationToken))
            .Select(d => d["_id"].AsString).ToHashSet(StringComparer.Ordinal);
        foreach (var consent in given.Consents.Where(c => !there.Contains(c.Id)))
        {
            write.ThenAdd(table, Of(given.UserId, consent, Behind(database, await LastAsync(database, given.UserId, consent.TextId, cancellationToken))));
        }
    }

    /// <summary>Adds the record and what is remembered of its request; false when another one was added about the text meanwhile.</summary>
    private async Task<bool> AddAsync(string userId, ConsentAddition addition, BsonDocument? last, CancellationToken cancellationToken)
    {
        var (consent, record) = addition;
        if (!await IsThereAsync(database, userId, cancellationToken) || await Table.AnyAsync(new BsonDocument("_id", consent.Id), cancellationToken))
        {
            await MongoIdempotencyStore.InsertAsync(database, record, cancellationToken);
            return true;
        }

        var document = Of(userId, consent, Behind(database, last));
        document["follows"] = Follows(userId, consent.TextId, last?["n"].ToInt64() ?? 0);
        try
        {
            if (!await database.Write(Table).Put(null, document).Answer(record).CommitAsync(cancellationToken))
            {
                return false;
            }
        }
        catch (MongoDuplicateException)
        {
            return false;
        }

        // Whoever erases a user marks the user first and deletes the records afterwards: one of the two sees the other.
        if (!await IsThereAsync(database, userId, CancellationToken.None))
        {
            await database.ChangeAsync(Table, consent.Id, (found, write) => Task.FromResult(found is not null && found["user_id"] == userId && write.Remove(found).IsMade), CancellationToken.None);
        }

        return true;
    }

    /// <summary>False for a user who is gone, or is being erased.</summary>
    private static Task<bool> IsThereAsync(MongoDatabase database, string userId, CancellationToken cancellationToken) =>
        database["users"].AnyAsync(new BsonDocument { ["_id"] = userId, ["going"] = DocumentFields.Is("$exists", false) }, cancellationToken);

    private static Task<BsonDocument?> LastAsync(MongoDatabase database, string userId, string textId, CancellationToken cancellationToken) =>
        database[Shape.Name].FirstAsync(new BsonDocument { ["user_id"] = userId, ["text_id"] = textId }, new BsonDocument("n", -1), cancellationToken);

    /// <summary>A number behind that of the last record, whatever the clocks of two instances say; near the time, so that those of a submission come in order too.</summary>
    private static long Behind(MongoDatabase database, BsonDocument? last) => Math.Max(database.Time.GetUtcNow().ToUnixTimeMilliseconds(), last is null ? 0 : last["n"].ToInt64() + 1);

    /// <summary>A digest, so that a record that outlives its user does not tell whose it was.</summary>
    private static string Follows(string userId, string textId, long n) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{userId} {textId} {n}"))));

    /// <summary>What WeChat told of the user. The id is of the time and of WeChat's words, so that it is the same each time.</summary>
    private async Task<IReadOnlyList<Consent>> WithdrawnAsync(string userId, CancellationToken cancellationToken)
    {
        var user = await database["users"].ListAsync(new BsonDocument("_id", userId), null, 1, new BsonDocument("openid_index", 1), cancellationToken);
        if (user.Count == 0 || MongoDatabase.TextOrNull(user[0], "openid_index") is not { } index)
        {
            return [];
        }

        var told = await database["authorization_revocations"].ListAsync(new BsonDocument("openid_index", index), new BsonDocument("at", -1), MaxWithdrawals, cancellationToken);
        return [.. told.Select(r => Withdrawn(r["at"].ToInt64(), MongoDatabase.TextOrNull(r, "info") ?? string.Empty))];
    }

    private static Consent Withdrawn(long at, string info)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{at:x12}w{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(info)).AsSpan(0, 4))}");
        return new Consent(id, Consent.OfWeChat, null, ConsentAction.Withdrawn, ConsentSource.Wechat, DateTimeOffset.FromUnixTimeMilliseconds(at)) { Note = info.Length == 0 ? null : info };
    }

    private static BsonDocument Of(string userId, Consent consent, long n) => new BsonDocument
    {
        ["_id"] = consent.Id,
        ["user_id"] = userId,
        ["text_id"] = consent.TextId,
        ["action"] = (long)consent.Action,
        ["source"] = (long)consent.Source,
        ["at"] = consent.At.ToUnixTimeMilliseconds(),
        ["n"] = n,
    }.With("version", consent.Version).With("filing_id", consent.FilingId);

    private static Consent Of(BsonDocument d) => new(
        d["_id"].AsString,
        d["text_id"].AsString,
        MongoDatabase.TextOrNull(d, "version"),
        (ConsentAction)d["action"].ToInt32(),
        (ConsentSource)d["source"].ToInt32(),
        DateTimeOffset.FromUnixTimeMilliseconds(d["at"].ToInt64()))
    {
        FilingId = MongoDatabase.TextOrNull(d, "filing_id"),
    };
}
