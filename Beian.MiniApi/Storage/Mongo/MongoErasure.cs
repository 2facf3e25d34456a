using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Finishes erasures that are decided. Every step can be done again.</summary>
internal static class MongoErasure
{
    /// <summary>A mark of this age was left by an instance that is no more. Far above the difference of two clocks.</summary>
    private static readonly TimeSpan LeftBehind = TimeSpan.FromSeconds(10);

    /// <summary>Erases a marked user, who goes last; of several who do it at once each tells what it erased itself.</summary>
    public static async Task<Erased> FinishAsync(MongoDatabase database, BsonDocument user, CancellationToken cancellationToken)
    {
        var (userId, accountId, mark) = (user["_id"].AsString, user["account_id"].AsString, user[MongoPeople.Going].AsBsonDocument);
        var tally = new ErasureTally();
        var filings = new MongoErasedFilings(database, accountId);
        if (await IsLastAsync(database, accountId, mark["at"].ToInt64(), cancellationToken))
        {
            await MongoErasedAccount.EraseAsync(database, filings, mark, tally, cancellationToken);
        }
        else
        {
            tally.Keep(ErasedThings.Account, null, "retention.sharedAccount");
        }

        await filings.ForgetUserAsync(userId, cancellationToken);
        foreach (var formerly in await database["former_members"].ListAsync(new BsonDocument("user_id", userId), null, 0, cancellationToken))
        {
            await new MongoErasedFilings(database, formerly["account_id"].AsString).ForgetUserAsync(userId, cancellationToken);
        }

        await MongoErasedUser.EraseAsync(database, user, tally, cancellationToken);
        return tally.Result();
    }

    /// <summary>Finishes with the user when the mark was left behind; one that is young is somebody's work.</summary>
    public static async Task FinishLeftAsync(MongoDatabase database, BsonDocument? user, CancellationToken cancellationToken)
    {
        if (user is not null && user[MongoPeople.Going]["since"].ToInt64() <= Before(database))
        {
            await FinishAsync(database, user, cancellationToken);
        }
    }

    /// <summary>Finishes with everybody whose mark was left behind.</summary>
    public static async Task FinishAllLeftAsync(MongoDatabase database, CancellationToken cancellationToken)
    {
        foreach (var user in await database["users"].ListAsync(new BsonDocument(MongoPeople.Going + ".since", DocumentFields.Is("$lte", Before(database))), null, 0, cancellationToken))
        {
            await FinishAsync(database, user, cancellationToken);
        }
    }

    /// <summary>
    /// Whether nobody else works for the account. Its mark is put before anything of it goes, so that nothing is added from then on; whoever came before the mark is seen after it.
    /// </summary>
    private static async Task<bool> IsLastAsync(MongoDatabase database, string accountId, long at, CancellationToken cancellationToken)
    {
        var others = MongoPeople.WorkingFor(accountId);
        if (await database["users"].AnyAsync(others, cancellationToken))
        {
            return false;
        }

        var marks = database["erased_accounts"];
        await marks.ChangeAsync(new BsonDocument("_id", accountId), new BsonDocument("$set", new BsonDocument("erased_at", at)), null, true, cancellationToken);
        if (!await database["users"].AnyAsync(others, cancellationToken))
        {
            return true;
        }

        await marks.DropAsync(new BsonDocument("_id", accountId), cancellationToken);
        return false;
    }

    private static long Before(MongoDatabase database) => (database.Time.GetUtcNow() - LeftBehind).ToUnixTimeMilliseconds();
}
