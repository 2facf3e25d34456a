using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>
/// Accounts as documents with a sealed payload; membership is a field of the user. The account's document decides a feed as a whole: who comes and who goes follows of it, and of two feeds at once the second
/// begins anew with what the first has made.
/// </summary>
internal sealed class MongoAccountStore(MongoDatabase database) : IAccountStore
{
    public Task<Account?> FindAsync(string accountId, CancellationToken cancellationToken) => MongoPeople.FindAccountAsync(database, accountId, cancellationToken);

    public async Task<AccountUsers?> FindWithUsersAsync(string accountId, CancellationToken cancellationToken) =>
        await MongoPeople.FindAccountAsync(database, accountId, cancellationToken) is { } account
            ? new AccountUsers(account, await MongoPeople.ListUserIdsAsync(database, accountId, cancellationToken))
            : null;

    public async Task<Result<AccountFed>> FeedAsync(AccountFeed feed, CancellationToken cancellationToken)
    {
        var fed = await database.ChangeAsync(database["accounts"], feed.New.Id, (before, write) => FeedAsync(feed, before, write, cancellationToken), cancellationToken);
        if (!fed.TryGet(out var known, out var refusal))
        {
            return refusal;
        }

        if (feed.UserIds is { Count: > 0 })
        {
            await MongoPeople.KeepAsync(database, known.Account.Account, cancellationToken);
        }

        return known with { Account = known.Account with { UserIds = await MongoPeople.ListUserIdsAsync(database, feed.New.Id, cancellationToken) } };
    }

    /// <summary>Everything is checked before anything is put, so that a refusal leaves nothing behind.</summary>
    private async Task<Result<AccountFed>> FeedAsync(AccountFeed feed, BsonDocument? before, MongoWrite write, CancellationToken cancellationToken)
    {
        // Moves that an earlier feed left to do would look like users of another account.
        await database.FinishAsync(database["accounts"], feed.New.Id, cancellationToken);
        before = await database["accounts"].FindAsync(feed.New.Id, cancellationToken);
        var present = await MongoPeople.ListUsersAsync(database, feed.New.Id, cancellationToken);
        var joining = await JoiningAsync(feed, present, cancellationToken);
        if (!joining.TryGet(out var users, out var refusal))
        {
            return refusal;
        }

        var known = before is null ? null : MongoPeople.ToAccount(database, before);
        var account = known ?? feed.New;
        account = feed.RealName is { } realName ? account.With(realName) : account;
        var leaving = feed.UserIds is { } listed ? present.Where(u => !listed.Contains(u["_id"].AsString)).ToList() : [];
        if (known != account || users.Count + leaving.Count > 0)
        {
            write.Put(before, known == account ? before!.DeepClone().AsBsonDocument : MongoPeople.Of(database, account, before));
            users.ForEach(u => write.ThenMove(database, u, account.Id));
            if (users.Count > 0)
            {
                write.ThenRevive(database, account.Id);
            }

            await ThenLeaveAsync(feed, account.Id, leaving, write, cancellationToken);
        }

        return new AccountFed(new AccountUsers(account, []), known is null);
    }

    private async Task ThenLeaveAsync(AccountFeed feed, string accountId, List<BsonDocument> leaving, MongoWrite write, CancellationToken cancellationToken)
    {
        var hasFilings = leaving.Count > 0 && await MongoPeople.HasFilingsAsync(database, accountId, cancellationToken);
        foreach (var user in leaving)
        {
            var id = user["_id"].AsString;
            if (hasFilings)
            {
                write.ThenAdd(database["former_members"], new BsonDocument { ["_id"] = $"{id} {accountId}", ["user_id"] = id, ["account_id"] = accountId });
            }

            var fresh = MongoPeople.Of(database, feed.Fresh());
            write.ThenAdd(database["accounts"], fresh).ThenMove(database, user, fresh["_id"].AsString);
        }
    }

    /// <summary>The listed users who work elsewhere so far, or why one of them cannot come.</summary>
    private async Task<Result<List<BsonDocument>>> JoiningAsync(AccountFeed feed, List<BsonDocument> present, CancellationToken cancellationToken)
    {
        var joining = new List<BsonDocument>();
        var unknown = new List<Finding>();
        var busy = new List<Finding>();
        for (var i = 0; i < feed.UserIds?.Count; i++)
        {
            var id = feed.UserIds[i];
            if (present.Concat(joining).Any(u => u["_id"].AsString == id))
            {
                continue;
            }

            var pointer = $"/userIds/{i}";
            if (await MongoPeople.FindUserAsync(database, id, cancellationToken) is not { } user)
            {
                unknown.Add(new Finding(pointer, AccountErrors.UnknownUser));
            }
            else if (await MongoPeople.HasFilingsAsync(database, user["account_id"].AsString, cancellationToken))
            {
                busy.Add(new Finding(pointer, AccountErrors.UserHasFilingsCode));
            }
            else
            {
                joining.Add(user);
            }
        }

        return unknown.Count > 0 ? AccountErrors.Invalid(unknown) : busy.Count > 0 ? AccountErrors.UserHasFilings(busy) : joining;
    }
}

/// <summary>Looks for filings and subjects of an account.</summary>
internal sealed class MongoAccountUsage(MongoDatabase database) : IAccountUsage
{
    public Task<bool> HasFilingsAsync(string accountId, CancellationToken cancellationToken) => MongoPeople.HasFilingsAsync(database, accountId, cancellationToken);
}
