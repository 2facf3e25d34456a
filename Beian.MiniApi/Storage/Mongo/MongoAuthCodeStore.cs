using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Domain.Resources;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>
/// Auth codes. A number of a resource is one code's by a unique index, so that the quota holds whoever adds at once. Codes that are made out
/// together are one <see cref="MongoAuthCodeBatch"/>.
/// A filing that is about to take a code says so in it (<c>wanted_until</c>, a change that raises the revision), so that deleting and changing a code and filing with it never both happen.
/// </summary>
internal sealed class MongoAuthCodeStore(MongoDatabase database) : IAuthCodeStore
{
    public static readonly MongoShape Shape = new(
        "auth_codes", 1,
        MongoIndex.Over("auth_codes_hash", "code_hash") with { IsUnique = true },
        MongoIndex.Over("auth_codes_number", "resource_id", "number") with { IsUnique = true },
        MongoIndex.Over("auth_codes_resource", "resource_id", "_id"),
        MongoIndex.Over("auth_codes_issuer", "issuer_id", "_id"),
        MongoIndex.Over("auth_codes_target", "target_id"),
        MongoIndex.Over("auth_codes_batch", MongoAuthCodeBatch.Hidden) with { IsSparse = true },
        MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true })
    {
        Fields = new Dictionary<string, string>
        {
            ["code_hash"] = "string",
            ["issuer_id"] = "string",
            ["target_id"] = "string",
            ["resource_id"] = "string",
            ["number"] = "long",
            ["payload"] = "binData",
        },
    };

    /// <summary>Sorts behind every id, which is hexadecimal.</summary>
    private const string AfterEveryId = "~";

    private static readonly BsonDocument NewestFirst = new("_id", -1);

    private readonly MongoAuthCodeBatch _batch = new(database);

    private MongoTable Table => database[Shape.Name];

    public Task<AuthCode?> FindByHashAsync(string codeHash, CancellationToken cancellationToken) => OneAsync(new BsonDocument("code_hash", codeHash), cancellationToken);

    public Task<AuthCode?> FindAsync(string id, CancellationToken cancellationToken) => OneAsync(new BsonDocument("_id", id), cancellationToken);

    public Task<AuthCode?> FindAsync(string id, string issuerAccountId, CancellationToken cancellationToken) =>
        OneAsync(new BsonDocument { ["_id"] = id, ["issuer_id"] = issuerAccountId }, cancellationToken);

    public Task<IReadOnlyList<AuthCode>> FindByIssuerAsync(string issuerAccountId, string? before, int take, CancellationToken cancellationToken) =>
        PageAsync(new BsonDocument("issuer_id", issuerAccountId), before, take, cancellationToken);

    public Task<IReadOnlyList<AuthCode>> PageAsync(string? resourceId, string? before, int take, CancellationToken cancellationToken) =>
        PageAsync(new BsonDocument().With("resource_id", resourceId), before, take, cancellationToken);

    public async Task<IReadOnlyDictionary<string, int>> CountByResourceAsync(IReadOnlyCollection<string> resourceIds, CancellationToken cancellationToken) =>
        (await Table.AggregateAsync(
            [
                new BsonDocument("$match", Shown(MongoFields.In("resource_id", resourceIds))),
                new BsonDocument("$group", new BsonDocument { ["_id"] = "$resource_id", ["codes"] = new BsonDocument("$sum", 1) }),
            ],
            cancellationToken)).ToDictionary(d => d["_id"].AsString, d => d["codes"].ToInt32(), StringComparer.Ordinal);

    public async Task<AuthCodeChange> AddAsync(IReadOnlyList<AuthCode> codes, ResourceProfile profile, IdempotencyRecord? idempotency, CancellationToken cancellationToken)
    {
        var issuer = codes[0].IssuerAccountId;
        if (await MongoErased.IsAsync(database, issuer, cancellationToken))
        {
            return AuthCodeChange.NotFound;
        }

        var documents = codes.Select(c => Document(c with { ResourceId = codes[0].ResourceId })).ToList();
        for (var attempt = 0; ; attempt++)
        {
            var outcome = await _batch.TryAddAsync(documents, profile, idempotency, cancellationToken);
            if (outcome is AuthCodeChange.Done && await MongoErased.IsAsync(database, issuer, CancellationToken.None))
            {
                foreach (var code in codes)
                {
                    await DeleteAsync(code.Id, issuer, CancellationToken.None);
                }

                return AuthCodeChange.NotFound;
            }

            if (outcome is { } known)
            {
                return known;
            }

            await MongoDatabase.PauseAsync(attempt, cancellationToken);
        }
    }

    public async Task<AuthCodeChange> ReplaceAsync(AuthCode code, ResourceProfile profile, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await database.ChangeAsync(
                    Table,
                    code.Id,
                    async (found, write) =>
                    {
                        if (await UnusableAsync(found, code.IssuerAccountId, cancellationToken) is { } refusal)
                        {
                            return refusal;
                        }

                        var next = Document(code, found!);
                        if (found!["resource_id"].AsString != code.ResourceId)
                        {
                            var free = await _batch.FreeAsync(code.ResourceId, profile, cancellationToken);
                            if (free.Count == 0)
                            {
                                return AuthCodeChange.QuotaExceeded;
                            }

                            next["number"] = (long)free[0];
                        }

                        write.Put(found, next);
                        return AuthCodeChange.Done;
                    },
                    cancellationToken);
            }
            catch (MongoDuplicateException e) when (e.Index == "auth_codes_number")
            {
                // Somebody else has the number; there may be another one.
                await MongoDatabase.PauseAsync(attempt, cancellationToken);
            }
        }
    }

    public Task<AuthCodeChange> DeleteAsync(string id, string issuerAccountId, CancellationToken cancellationToken) => database.ChangeAsync(
        Table,
        id,
        async (found, write) =>
        {
            if (await UnusableAsync(found, issuerAccountId, cancellationToken) is { } refusal)
            {
                return refusal;
            }

            write.Remove(found!);
            return AuthCodeChange.Done;
        },
        cancellationToken);

    /// <summary>Leaves out what is not there yet, or is not yet shown.</summary>
    private static BsonDocument Shown(BsonDocument filter) => filter.With(MongoAuthCodeBatch.Hidden, BsonNull.Value);

    /// <summary>Why the issuer cannot change it; null when nobody has it and nobody is about to.</summary>
    private async Task<AuthCodeChange?> UnusableAsync(BsonDocument? found, string issuerId, CancellationToken cancellationToken)
    {
        if (found is null || found["issuer_id"].AsString != issuerId || found.Contains(MongoAuthCodeBatch.Hidden))
        {
            return AuthCodeChange.NotFound;
        }

        return found.TimeOrNull("wanted_until") > database.Time.GetUtcNow() || await MongoHolds.CountAsync(database, [AuthCode.HoldKeyOf(found["_id"].AsString)], cancellationToken) > 0
            ? AuthCodeChange.InUse
            : null;
    }

    private async Task<AuthCode?> OneAsync(BsonDocument filter, CancellationToken cancellationToken) => await Table.FirstAsync(Shown(filter), null, cancellationToken) is { } found ? Row(found) : null;

    private async Task<IReadOnlyList<AuthCode>> PageAsync(BsonDocument filter, string? before, int take, CancellationToken cancellationToken) =>
        [.. (await Table.ListAsync(Shown(filter.With("_id", new BsonDocument("$lt", before ?? AfterEveryId))), NewestFirst, take, cancellationToken)).Select(Row)];

    /// <summary>The document of a code; its number is what the one before had, or is still to be given.</summary>
    private BsonDocument Document(AuthCode code, BsonDocument? before = null)
    {
        var document = before?.Copy() ?? new BsonDocument("_id", code.Id);
        document["code_hash"] = code.CodeHash;
        document["issuer_id"] = code.IssuerAccountId;
        document["target_id"] = code.TargetAccountId;
        document["resource_id"] = code.ResourceId;
        document["payload"] = SealedColumns.AuthCodes.Seal(database.Sealer, code.Id, StoredAuthCode.Write(code));
        return document;
    }

    private AuthCode Row(BsonDocument d)
    {
        var plain = SealedColumns.AuthCodes.Open(database.Sealer, d["_id"].AsString, d["payload"].AsByteArray);
        return StoredAuthCode.Read(plain, d["_id"].AsString, d["code_hash"].AsString, d["issuer_id"].AsString, d["resource_id"].AsString, d["number"].ToInt32());
    }
}
