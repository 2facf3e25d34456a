using Beian.MiniApi.Domain.Filings;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>The documents of a user, apart from those of the account.</summary>
internal static class MongoErasedUser
{
    public static async Task EraseAsync(MongoDatabase database, BsonDocument user, ErasureTally tally, CancellationToken cancellationToken)
    {
        var id = user["_id"].AsString;
        var (its, byOpenId) = (new BsonDocument("user_id", id), new BsonDocument("openid_index", user["openid_index"]));
        tally.Erased(ErasedThings.Profile, 1);
        tally.Erased(ErasedThings.Phone, MongoPeople.ToUser(database, user).Phone is null ? 0 : 1);
        tally.Erased(ErasedThings.Sessions, await MongoRemoval.RemoveAllAsync(database, database["sessions"], new BsonDocument("owner_id", id), cancellationToken));
        await EraseConsentsAsync(database, id, byOpenId, tally, cancellationToken);
        var messages = 0L;
        foreach (var table in (string[])["message_credits", "message_refusals", "message_deliveries"])
        {
            messages += await database[table].DropAsync(byOpenId, cancellationToken);
        }

        tally.Erased(ErasedThings.MessagePermissions, (int)messages);
        tally.Erased(ErasedThings.StoredAnswers, (int)await database["idempotency"].DropAsync(new BsonDocument("owner_id", id), cancellationToken));
        await database["wechat_messages"].DropAsync(its, cancellationToken);
        await MongoRemoval.RemoveAllAsync(database, database["face_handovers"], new BsonDocument("redeemed_by", id), cancellationToken);
        await database["former_members"].DropAsync(its, cancellationToken);
        await database["attempts"].DropAsync(new BsonDocument("key", DocumentFields.In(AttemptKeys.OfUser(id))), cancellationToken);

        // Last: as long as this is there, somebody finishes.
        await MongoRemoval.RemoveAllAsync(database, database["users"], new BsonDocument("_id", id), cancellationToken);
    }

    /// <summary>That the agreements of a filing which is kept were accepted stays provable, of nobody by name.</summary>
    private static async Task EraseConsentsAsync(MongoDatabase database, string userId, BsonDocument byOpenId, ErasureTally tally, CancellationToken cancellationToken)
    {
        var (consents, kept) = (database["consents"], 0);
        var ofFilings = new BsonDocument { ["user_id"] = userId, ["filing_id"] = DocumentFields.Is("$exists", true) };
        foreach (var consent in await consents.ListAsync(ofFilings, null, 0, cancellationToken))
        {
            kept += await database["filings"].AnyAsync(new BsonDocument("_id", consent["filing_id"]), cancellationToken) && await ForgetAsync(database, consent["_id"], userId, cancellationToken) ? 1 : 0;
        }

        tally.Erased(
            ErasedThings.Consents,
            await MongoRemoval.RemoveAllAsync(database, consents, new BsonDocument("user_id", userId), cancellationToken)
                + await MongoRemoval.RemoveAllAsync(database, database["authorization_revocations"], byOpenId, cancellationToken));
        if (kept > 0)
        {
            tally.Keep(ErasedThings.Consents, null, "retention.consentsOfFilings");
        }
    }

    private static Task<bool> ForgetAsync(MongoDatabase database, BsonValue consentId, string userId, CancellationToken cancellationToken) => database.ChangeAsync(
        database["consents"],
        consentId,
        (before, write) =>
        {
            var isTheirs = before is not null && before["user_id"] == userId;
            if (isTheirs)
            {
                var after = before!.DeepClone().AsBsonDocument;
                after["user_id"] = Filing.ErasedUser;
                write.Put(before, after);
            }

            return Task.FromResult(isTheirs);
        },
        cancellationToken);
}
