using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>
/// One document a permission, one a report, and the last refusal of each user and template. A permission that is spent says on which attempt of which message (<c>spent_for</c>), so that an attempt takes one
/// at most, whoever begins it and however often. What was granted up to the last refusal counts for nothing, whether it is deleted already or not.
/// </summary>
internal sealed class MongoMessageCredits(MongoDatabase database) : IMessageCredits
{
    public static readonly MongoShape Credits = new(
        "message_credits", 1,
        MongoIndex.Over("message_credits_user", "openid_index", "template_id", "spent_at", "granted_at", "_id"),
        MongoIndex.Over("message_credits_listed", "openid_index", "_id"),
        MongoIndex.Over("message_credits_spent", "spent_at") with { IsSparse = true },
        MongoIndex.Over("message_credits_for", "spent_for") with { IsUnique = true, IsSparse = true })
    {
        Fields = new Dictionary<string, string> { ["openid_index"] = "string", ["template_id"] = "string", ["granted_at"] = "long" },
    };

    public static readonly MongoShape Refusals = new("message_refusals", 1, MongoIndex.Over("message_refusals_user", "openid_index", "template_id"))
    {
        Fields = new Dictionary<string, string> { ["openid_index"] = "string", ["template_id"] = "string", ["refused_at"] = "long" },
    };

    public static readonly MongoShape Reports = new(
        "message_deliveries", 1, MongoIndex.Over("message_deliveries_user", "openid_index", "_id"), MongoIndex.Over("message_deliveries_at", "at"))
    {
        Fields = new Dictionary<string, string> { ["openid_index"] = "string", ["template_id"] = "string", ["error_code"] = "string", ["at"] = "long" },
    };

    private MongoTable Table => database[Credits.Name];

    public async Task<bool> GrantAsync(MessageCredit credit, CancellationToken cancellationToken)
    {
        if (await RefusedAsync(database, credit.OpenIdIndex, credit.TemplateId, cancellationToken) >= credit.GrantedAt.ToUnixTimeMilliseconds())
        {
            return false;
        }

        return await Table.AddAsync(
            new BsonDocument
            {
                ["_id"] = credit.Source,
                ["openid_index"] = credit.OpenIdIndex,
                ["template_id"] = credit.TemplateId,
                ["granted_at"] = credit.GrantedAt.ToUnixTimeMilliseconds(),
            },
            cancellationToken);
    }

    /// <summary>The refusal first: from then on what it takes back counts for nothing.</summary>
    public async Task RefuseAsync(string openIdIndex, string templateId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await database[Refusals.Name].ChangeAsync(
            new BsonDocument("_id", KeyOf(openIdIndex, templateId)),
            new BsonDocument
            {
                ["$max"] = new BsonDocument("refused_at", at.ToUnixTimeMilliseconds()),
                ["$setOnInsert"] = new BsonDocument { ["openid_index"] = openIdIndex, ["template_id"] = templateId },
            },
            null,
            true,
            cancellationToken);
        await Table.DropAsync(
            new BsonDocument
            {
                ["openid_index"] = openIdIndex,
                ["template_id"] = templateId,
                ["spent_at"] = BsonNull.Value,
                ["granted_at"] = new BsonDocument("$lte", at.ToUnixTimeMilliseconds()),
            },
            cancellationToken);
    }

    public async Task<int> CountAsync(string openIdIndex, string templateId, CancellationToken cancellationToken) =>
        (int)await Table.CountAsync(await FreeAsync(database, openIdIndex, templateId, cancellationToken), cancellationToken);

    public Task RecordAsync(MessageDelivery delivery, CancellationToken cancellationToken) => database[Reports.Name].AddAsync(
        new BsonDocument
        {
            ["_id"] = delivery.Source,
            ["openid_index"] = delivery.OpenIdIndex,
            ["template_id"] = delivery.TemplateId,
            ["error_code"] = delivery.ErrorCode,
            ["at"] = delivery.At.ToUnixTimeMilliseconds(),
        }.With("message_id", delivery.MessageId).With("error_status", delivery.ErrorStatus),
        cancellationToken);

    public async Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => (int)(
        await Table.DropAsync(MongoFields.Below("spent_at", before.ToUnixTimeMilliseconds()), cancellationToken)
        + await database[Reports.Name].DropAsync(MongoFields.Below("at", before.ToUnixTimeMilliseconds()), cancellationToken));

    /// <summary>Filter of the permissions that may be spent now.</summary>
    internal static async Task<BsonDocument> FreeAsync(MongoDatabase database, string openIdIndex, string templateId, CancellationToken cancellationToken) => new()
    {
        ["openid_index"] = openIdIndex,
        ["template_id"] = templateId,
        ["spent_at"] = BsonNull.Value,
        ["granted_at"] = new BsonDocument("$gt", await RefusedAsync(database, openIdIndex, templateId, cancellationToken)),
    };

    /// <summary>Spends the user's oldest permission on an attempt, or says which one is spent on it already; null when none is left.</summary>
    /// <param name="database">The database.</param>
    /// <param name="openIdIndex">Blind index of the openid.</param>
    /// <param name="templateId">WeChat's id of the template.</param>
    /// <param name="spentFor">Names the attempt.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal static async Task<string?> SpendAsync(MongoDatabase database, string openIdIndex, string templateId, string spentFor, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var table = database[Credits.Name];
        async Task<string?> KnownAsync() => (await table.FirstAsync(new BsonDocument("spent_for", spentFor), null, cancellationToken))?["_id"].AsString;
        if (await KnownAsync() is { } known)
        {
            return known;
        }

        try
        {
            var spent = await table.ChangeAsync(
                await FreeAsync(database, openIdIndex, templateId, cancellationToken),
                new BsonDocument("$set", new BsonDocument { ["spent_at"] = at.ToUnixTimeMilliseconds(), ["spent_for"] = spentFor }),
                new BsonDocument { ["granted_at"] = 1, ["_id"] = 1 },
                false,
                cancellationToken);

            // None left: perhaps because somebody else has just spent the last one on this very attempt.
            return spent is not null ? spent["_id"].AsString : await KnownAsync();
        }
        catch (MongoDuplicateException)
        {
            return await KnownAsync();
        }
    }

    /// <summary>Filter and update that give back what was spent on an attempt; done late or twice they touch no permission that was spent anew.</summary>
    /// <param name="database">The database.</param>
    /// <param name="credit">Its permission.</param>
    /// <param name="spentFor">Names the attempt; permissions that were spent by another engine name none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal static async Task<(BsonDocument Filter, BsonDocument Update)> GiveBackAsync(MongoDatabase database, string credit, string spentFor, CancellationToken cancellationToken)
    {
        var found = await database[Credits.Name].FindAsync(credit, cancellationToken);
        var isRefused = found is not null
            && await RefusedAsync(database, found["openid_index"].AsString, found["template_id"].AsString, cancellationToken) >= found["granted_at"].ToInt64();
        var gone = isRefused ? new BsonDocument("spent_for", "") : new BsonDocument { ["spent_for"] = "", ["spent_at"] = "" };
        return (new BsonDocument { ["_id"] = credit, ["spent_for"] = new BsonDocument("$in", new BsonArray { spentFor, BsonNull.Value }) }, new BsonDocument("$unset", gone));
    }

    /// <summary>When the user last refused, or a time before every other.</summary>
    private static async Task<long> RefusedAsync(MongoDatabase database, string openIdIndex, string templateId, CancellationToken cancellationToken) =>
        await database[Refusals.Name].FindAsync(KeyOf(openIdIndex, templateId), cancellationToken) is { } refusal ? refusal["refused_at"].ToInt64() : long.MinValue;

    private static string KeyOf(string openIdIndex, string templateId) => $"{openIdIndex} {templateId}";
}
