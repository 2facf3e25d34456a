using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Domain.Filings;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>An account whose last user is erased.</summary>
internal static class MongoErasedAccount
{
    /// <param name="database">The database.</param>
    /// <param name="filings">Of the account.</param>
    /// <param name="mark">What was decided: the user's field <c>going</c>.</param>
    /// <param name="tally">Is told what went and what stays.</param>
    /// <param name="cancellationToken">Ends it between two steps; the mark stays.</param>
    public static async Task EraseAsync(MongoDatabase database, MongoErasedFilings filings, BsonDocument mark, ErasureTally tally, CancellationToken cancellationToken)
    {
        if (await MongoPeople.FindAccountAsync(database, filings.AccountId, cancellationToken) is not { } account)
        {
            return;
        }

        var (its, keptUntil) = (new BsonDocument("account_id", account.Id), mark.LongOrNull("kept_until"));
        var approved = await filings.EraseUnapprovedAsync(cancellationToken);
        tally.Erased(ErasedThings.Filings, filings.Count);
        tally.Erased(ErasedThings.Materials, filings.Papers);
        tally.Erased(ErasedThings.Inbox, (int)await database["notifications"].DropAsync(its, cancellationToken));
        await database["deliveries"].DropAsync(its, cancellationToken);
        await MongoRemoval.RemoveAllAsync(database, database["webhooks"], its, cancellationToken);
        var codes = await EraseCodesAsync(database, account.Id, tally, cancellationToken);
        await ForgetTracesAsync(database, account.Id, cancellationToken);
        var subjects = await database["subjects"].ListAsync(its, null, 0, new BsonDocument("number", 1), cancellationToken);
        var hasInventory = await database["resources"].AnyAsync(its, cancellationToken);
        DateTimeOffset? until = keptUntil is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
        approved.ForEach(number => tally.Keep(ErasedThings.Filings, number, "retention.approvedFiling", until));
        subjects.ForEach(s => tally.Keep(ErasedThings.Subjects, s["number"].AsString, "retention.filedSubject", until));
        if (hasInventory)
        {
            tally.Keep(ErasedThings.Resources, null, "retention.inventory");
        }

        await EraseFactsAsync(database, account, needed: approved.Count + subjects.Count + codes > 0 || hasInventory, tally, cancellationToken);
        var isKept = approved.Count + subjects.Count > 0 && keptUntil is not null;
        await database["erased_accounts"].ChangeAsync(
            new BsonDocument("_id", account.Id),
            isKept ? new BsonDocument("$set", new BsonDocument("kept_until", keptUntil!.Value)) : new BsonDocument("$unset", new BsonDocument("kept_until", "")),
            cancellationToken);
    }

    /// <summary>Codes that a filing holds, somebody else's perhaps, cannot be taken from under it; the issuer's own words on them go.</summary>
    /// <returns>How many are kept.</returns>
    public static async Task<int> EraseCodesAsync(MongoDatabase database, string accountId, ErasureTally tally, CancellationToken cancellationToken)
    {
        var (erased, kept, codes) = (0, 0, database["auth_codes"]);
        foreach (var code in await codes.ListAsync(new BsonDocument("issuer_id", accountId), null, 0, cancellationToken))
        {
            var id = code["_id"].AsString;
            if (await database["filings"].AnyAsync(new BsonDocument("holds", AuthCode.HoldKeyOf(id)), cancellationToken))
            {
                await ForgetNoteAsync(database, id, cancellationToken);
                kept++;
            }
            else
            {
                erased += await MongoRemoval.RemoveAllAsync(database, codes, new BsonDocument("_id", id), cancellationToken);
            }
        }

        tally.Erased(ErasedThings.AuthCodes, erased);
        if (kept > 0)
        {
            tally.Keep(ErasedThings.AuthCodes, null, "retention.codesInUse");
        }

        return kept;
    }

    /// <summary>Removes the account, unless somebody has come to it.</summary>
    public static Task RemoveAsync(MongoDatabase database, string accountId, CancellationToken cancellationToken) => database.ChangeAsync(
        database["accounts"],
        accountId,
        async (before, write) =>
        {
            if (before is not null && !await database["users"].AnyAsync(MongoPeople.WorkingFor(accountId), cancellationToken))
            {
                write.Remove(before);
            }

            return true;
        },
        cancellationToken);

    private static Task<bool> ForgetNoteAsync(MongoDatabase database, string codeId, CancellationToken cancellationToken) => database.ChangeAsync(
        database["auth_codes"],
        codeId,
        (before, write) =>
        {
            if (before is not null && Open(database, before) is { Note: not null } code)
            {
                var after = before.DeepClone().AsBsonDocument;
                after["payload"] = SealedColumns.AuthCodes.Seal(database.Sealer, codeId, StoredAuthCode.Write(code with { Note = null }));
                write.Put(before, after);
            }

            return Task.FromResult(true);
        },
        cancellationToken);

    private static AuthCode Open(MongoDatabase database, BsonDocument d) => StoredAuthCode.Read(
        SealedColumns.AuthCodes.Open(database.Sealer, d["_id"].AsString, d["payload"].AsByteArray),
        d["_id"].AsString, d["code_hash"].AsString, d["issuer_id"].AsString, d["resource_id"].AsString, d["number"].ToInt32());

    /// <summary>What is kept about the account beside its things; resumable uploads become nobody's and expired: the sweep of those takes the bytes first and then the document.</summary>
    private static async Task ForgetTracesAsync(MongoDatabase database, string accountId, CancellationToken cancellationToken)
    {
        var its = new BsonDocument("account_id", accountId);
        await database["attempts"].DropAsync(MongoPeople.AttemptsOf(accountId), cancellationToken);
        await database["notifications"].DropAsync(its, cancellationToken);
        await MongoRemoval.RemoveAllAsync(database, database["letter_links"], its, cancellationToken);
        await MongoRemoval.RemoveAllAsync(database, database["account_links"], its, cancellationToken);
        await database["resumable_uploads"].ChangeAllAsync(
            new BsonDocument("owner", accountId),
            new BsonDocument { ["$set"] = new BsonDocument { ["owner"] = Filing.ErasedUser, ["expires_at"] = 0L }, ["$unset"] = new BsonDocument { ["metadata"] = "", ["seat"] = "" } },
            cancellationToken);
    }

    /// <summary>A person's facts go. An organisation's stay with an account that is needed: they are the provider's customer record, and codes count by them.</summary>
    private static async Task EraseFactsAsync(MongoDatabase database, Account account, bool needed, ErasureTally tally, CancellationToken cancellationToken)
    {
        if (needed && account.RealName.Kind == RealNameKind.Organisation)
        {
            tally.Keep(ErasedThings.RealName, null, "retention.customer");
            return;
        }

        tally.Erased(ErasedThings.RealName, account.RealName.Status == RealNameStatus.Verified ? 1 : 0);
        if (!needed)
        {
            await RemoveAsync(database, account.Id, cancellationToken);
            return;
        }

        await database.ChangeAsync(
            database["accounts"],
            account.Id,
            (before, write) => Task.FromResult(before is null ? write : write.Put(before, MongoPeople.Of(database, account.With(RealName.None), before))),
            cancellationToken);
    }
}
