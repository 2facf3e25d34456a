using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>One document a hand-over; binding it is one save of it, guarded by its revision.</summary>
internal sealed class MongoFaceHandoverStore(MongoDatabase database) : IFaceHandoverStore
{
    public static readonly MongoShape Shape = new(
        "face_handovers", 1,
        MongoIndex.Over("face_handovers_code", "code_hash") with { IsUnique = true },
        MongoIndex.Over("face_handovers_site", "filing_id", "site_id") with { IsUnique = true },
        MongoIndex.Over("face_handovers_expiry", "expires_at"),
        MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true })
    {
        Fields = new Dictionary<string, string> { ["code_hash"] = "binData", ["filing_id"] = "string", ["site_id"] = "string", ["person_key"] = "string", ["expires_at"] = "long" },
    };

    private MongoTable Table => database[Shape.Name];

    /// <summary>Two documents, one after the other: a kill in between leaves none, and the site gets its hand-over by asking again.</summary>
    public async Task PutAsync(FaceHandover handover, CancellationToken cancellationToken)
    {
        var ofSite = new BsonDocument { ["filing_id"] = handover.FilingId, ["site_id"] = handover.SiteId };
        for (var attempt = 0; ; attempt++)
        {
            if (await Table.FirstAsync(ofSite, null, cancellationToken) is { } former && !await database.Write(Table).Remove(former).CommitAsync(cancellationToken))
            {
                await MongoDatabase.PauseAsync(attempt, cancellationToken);
                continue;
            }

            try
            {
                await database.Write(Table).Put(null, Document(handover)).CommitAsync(cancellationToken);
                return;
            }
            catch (MongoDuplicateException e) when (e.Index == "face_handovers_site")
            {
                // Somebody else has put one meanwhile, which is now the former one.
                await MongoDatabase.PauseAsync(attempt, cancellationToken);
            }
        }
    }

    public async Task<FaceHandover?> RedeemAsync(byte[] codeHash, string userId, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (await Table.FirstAsync(new BsonDocument("code_hash", codeHash), null, cancellationToken) is not { } named)
        {
            return null;
        }

        var filing = await database["filings"].FindAsync(named["filing_id"], cancellationToken);
        return await database.ChangeAsync(
            Table,
            named["_id"],
            (found, write) =>
            {
                if (found is null || !found["code_hash"].AsByteArray.AsSpan().SequenceEqual(codeHash) || found.Time("expires_at") <= now || (found.TextOrNull("redeemed_by") ?? userId) != userId)
                {
                    return Task.FromResult<FaceHandover?>(null);
                }

                var bound = found.Copy();
                if (!bound.Contains("redeemed_by"))
                {
                    bound["expires_at"] = until.ToUnixTimeMilliseconds();
                    bound["redeemed_by"] = userId;
                    write.Put(found, bound);
                    Remember(write, userId, filing);
                }

                return Task.FromResult<FaceHandover?>(Row(bound));
            },
            cancellationToken);
    }

    public async Task<FaceHandover?> FindAsync(string id, string userId, DateTimeOffset now, CancellationToken cancellationToken) =>
        await Table.FirstAsync(
            new BsonDocument { ["_id"] = id, ["redeemed_by"] = userId, ["expires_at"] = new BsonDocument("$gt", now.ToUnixTimeMilliseconds()) }, null, cancellationToken) is { } found ? Row(found) : null;

    public Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) => MongoRemoval.RemoveAllAsync(database, Table, MongoFields.Until("expires_at", now), cancellationToken);

    /// <summary>The check names whose phone it is done on, in a filing of somebody else's: an erasure finds it by this.</summary>
    private void Remember(MongoWrite write, string userId, BsonDocument? filing)
    {
        if (filing is not null)
        {
            var account = filing["account_id"].AsString;
            write.ThenAdd(database["former_members"], new BsonDocument { ["_id"] = $"{userId} {account}", ["user_id"] = userId, ["account_id"] = account });
        }
    }

    private static BsonDocument Document(FaceHandover handover) => new BsonDocument
    {
        ["_id"] = handover.Id,
        ["code_hash"] = handover.CodeHash,
        ["filing_id"] = handover.FilingId,
        ["site_id"] = handover.SiteId,
        ["person_key"] = handover.PersonKey,
        ["expires_at"] = handover.ExpiresAt.ToUnixTimeMilliseconds(),
    }.With("redeemed_by", handover.RedeemedBy);

    private static FaceHandover Row(BsonDocument row) => new(
        row["_id"].AsString, row["code_hash"].AsByteArray, row["filing_id"].AsString, row["site_id"].AsString, row["person_key"].AsString, row.Time("expires_at"), row.TextOrNull("redeemed_by"));
}
