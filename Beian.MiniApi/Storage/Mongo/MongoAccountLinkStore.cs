using Beian.MiniApi.Domain.Accounts;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>
/// One document a code. The code is taken first, which one caller only can do, and the user moved then; a code whose user cannot move after all is put back. A kill in between costs a code.
/// </summary>
internal sealed class MongoAccountLinkStore(MongoDatabase database) : IAccountLinkStore
{
    public static readonly MongoShape Shape = new(
        "account_links", 1,
        MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true },
        MongoIndex.Over("account_links_account", "account_id"),
        MongoIndex.Over("account_links_expiry", "expires_at"))
    {
        Fields = new Dictionary<string, string> { ["account_id"] = "string", ["expires_at"] = "long" },
    };

    private MongoTable Links => database[Shape.Name];

    public async Task<bool> AddAsync(AccountLink link, CancellationToken cancellationToken) =>
        await MongoPeople.FindAccountAsync(database, link.AccountId, cancellationToken) is not null
        && await database.Write(Links).Put(null, new BsonDocument { ["_id"] = link.Hash, ["account_id"] = link.AccountId, ["expires_at"] = link.ExpiresAt.ToUnixTimeMilliseconds() }).CommitAsync(cancellationToken);

    public async Task<Account?> FindAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken) => (await OpenAsync(hash, now, cancellationToken)).Account;

    public async Task<AccountJoin> JoinAsync(byte[] hash, string userId, DateTimeOffset now, IdempotencyRecord? idempotency, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var (link, account) = await OpenAsync(hash, now, cancellationToken);
            if (link is null || account is null || await MongoPeople.FindUserAsync(database, userId, cancellationToken) is not { } user)
            {
                return AccountJoin.NotOpen;
            }

            if (await RefusalAsync(user, account.Id, cancellationToken) is { } refusal)
            {
                if (refusal == AccountJoin.AlreadyThere)
                {
                    await MongoIdempotencyStore.InsertAsync(database, idempotency, cancellationToken);
                }

                return refusal;
            }

            if (await database.Write(Links).Remove(link).CommitAsync(cancellationToken))
            {
                return await MoveAsync(link, account, userId, idempotency, cancellationToken);
            }

            await MongoDatabase.PauseAsync(attempt, cancellationToken);
        }
    }

    public async Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var expired = DocumentFields.Is("$lte", now.ToUnixTimeMilliseconds());
        return await MongoRemoval.RemoveAllAsync(database, Links, new BsonDocument("expires_at", expired), cancellationToken);
    }

    /// <summary>With the code in hand.</summary>
    private async Task<AccountJoin> MoveAsync(BsonDocument link, Account account, string userId, IdempotencyRecord? idempotency, CancellationToken cancellationToken)
    {
        var left = string.Empty;
        AccountJoin ended;
        try
        {
            ended = await database.ChangeAsync(
                database["users"],
                userId,
                async (user, write) =>
                {
                    if (user is null || user.Contains(MongoPeople.Going))
                    {
                        return AccountJoin.NotOpen;
                    }

                    if (await RefusalAsync(user, account.Id, cancellationToken) is { } refusal)
                    {
                        return refusal;
                    }

                    // The account's revision goes up with everybody who comes: whoever is about to remove it looks again.
                    left = user["account_id"].AsString;
                    write.Put(user, MongoPeople.Moved(user, account.Id))
                        .ThenRevive(database, account.Id)
                        .ThenChange(database["accounts"], new BsonDocument("_id", account.Id), new BsonDocument("$inc", new BsonDocument("rev", 1L)))
                        .Answer(idempotency);
                    return AccountJoin.Joined;
                },
                cancellationToken);
        }
        catch (Exception e) when (e is not StorageFailedException)
        {
            // After a write whose end is not known the user may have moved: then the code is spent rather than good for a second one.
            await PutBackAsync(link);
            throw;
        }

        if (ended != AccountJoin.Joined)
        {
            await PutBackAsync(link);
            return ended;
        }

        await MongoPeople.KeepAsync(database, account, CancellationToken.None);
        await MongoPeople.DropUnusedAsync(database, left, CancellationToken.None);
        return ended;
    }

    private async Task PutBackAsync(BsonDocument link)
    {
        var again = link.DeepClone().AsBsonDocument;
        again.Remove(MongoDatabase.Todo);
        try
        {
            await database.Write(Links).Put(null, again).CommitAsync(CancellationToken.None);
        }
        catch (StorageFailedException)
        {
            // It costs a code.
        }
    }

    /// <summary>Why the user does not come, or null.</summary>
    private async Task<AccountJoin?> RefusalAsync(BsonDocument user, string accountId, CancellationToken cancellationToken) =>
        user["account_id"].AsString == accountId ? AccountJoin.AlreadyThere
        : await MongoPeople.HasFilingsAsync(database, user["account_id"].AsString, cancellationToken) ? AccountJoin.HasFilings
        : null;

    private async Task<(BsonDocument? Link, Account? Account)> OpenAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken) =>
        await Links.FindAsync(hash, cancellationToken) is { } link && link["expires_at"].ToInt64() > now.ToUnixTimeMilliseconds()
            ? (link, await MongoPeople.FindAccountAsync(database, link["account_id"].AsString, cancellationToken))
            : (null, null);
}
