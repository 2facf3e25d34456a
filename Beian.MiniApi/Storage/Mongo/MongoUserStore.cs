using Beian.MiniApi.Domain.Accounts;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Users as documents with a sealed payload, found by id or by the blind index of the openid, which is unique.</summary>
internal sealed class MongoUserStore(MongoDatabase database) : IUserStore
{
    private MongoTable Users => database["users"];

    public async Task<LoggedIn> LogInAsync(UserLogin login, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var known = await Users.FirstAsync(new BsonDocument("openid_index", login.OpenIdIndex), null, cancellationToken);
            if (known?.Contains(MongoPeople.Going) is true)
            {
                // An erasure that was cut off; the openid is free once it is done.
                await MongoErasure.FinishAsync(database, known, cancellationToken);
            }
            else if ((known is null ? await CreateAsync(login, cancellationToken) : await LogInAsync(known, login, cancellationToken)) is { } done)
            {
                return done;
            }

            await MongoDatabase.PauseAsync(attempt, cancellationToken);
        }
    }

    public async Task<User?> FindAsync(string userId, CancellationToken cancellationToken) =>
        await MongoPeople.FindUserAsync(database, userId, cancellationToken) is { } found ? MongoPeople.ToUser(database, found) : null;

    public async Task<User?> FindByOpenIdAsync(string openIdIndex, CancellationToken cancellationToken) =>
        await Users.FirstAsync(new BsonDocument("openid_index", openIdIndex), null, cancellationToken) is { } found && !found.Contains(MongoPeople.Going) ? MongoPeople.ToUser(database, found) : null;

    public async Task<IReadOnlyList<User>> ListByAccountAsync(string accountId, CancellationToken cancellationToken) =>
        [.. (await MongoPeople.ListUsersAsync(database, accountId, cancellationToken)).Select(u => MongoPeople.ToUser(database, u))];

    public async Task<byte[]?> FindSessionKeyAsync(string userId, CancellationToken cancellationToken) =>
        await MongoPeople.FindUserAsync(database, userId, cancellationToken) is { } found ? SealedColumns.SessionKeys.Open(database.Sealer, userId, found["session_key"].AsByteArray) : null;

    public Task<User?> UpdateAsync(string userId, Func<User, User> change, IdempotencyRecord? idempotency, CancellationToken cancellationToken) => database.ChangeAsync(
        Users,
        userId,
        (before, write) =>
        {
            if (before is null || before.Contains(MongoPeople.Going))
            {
                return Task.FromResult<User?>(null);
            }

            var user = MongoPeople.ToUser(database, before);
            var changed = change(user).InAccount(user.AccountId);
            write.Put(before, MongoPeople.Of(database, changed, before)).Answer(idempotency);
            return Task.FromResult<User?>(changed);
        },
        cancellationToken);

    /// <summary>Null when somebody else with that openid was first; nothing is left then.</summary>
    private async Task<LoggedIn?> CreateAsync(UserLogin login, CancellationToken cancellationToken)
    {
        await database.Write(database["accounts"]).Put(null, MongoPeople.Of(database, login.NewAccount)).CommitAsync(cancellationToken);
        var user = MongoPeople.Of(database, login.NewUser, new BsonDocument
        {
            ["_id"] = login.NewUser.Id,
            ["account_id"] = login.NewUser.AccountId,
            ["openid_index"] = login.OpenIdIndex,
            ["session_key"] = SealedColumns.SessionKeys.Seal(database.Sealer, login.NewUser.Id, login.SessionKey),
        });
        try
        {
            if (await database.Write(Users).Put(null, user).ThenRevive(database, login.NewUser.AccountId).CommitAsync(cancellationToken))
            {
                return new LoggedIn(login.NewUser, IsNew: true);
            }
        }
        catch (MongoDuplicateException e) when (e.Index is MongoPeople.OpenIdIndex)
        {
            await MongoPeople.DropUnusedAsync(database, login.NewAccount.Id, cancellationToken);
        }

        return null;
    }

    /// <summary>Null when somebody else wrote first.</summary>
    private async Task<LoggedIn?> LogInAsync(BsonDocument known, UserLogin login, CancellationToken cancellationToken)
    {
        var user = MongoPeople.ToUser(database, known);
        var changed = login.NewUser.UnionId is { } unionId && unionId != user.UnionId ? user.WithUnionId(unionId) : user;
        var after = changed == user ? known.DeepClone().AsBsonDocument : MongoPeople.Of(database, changed, known);
        after["session_key"] = SealedColumns.SessionKeys.Seal(database.Sealer, user.Id, login.SessionKey);
        return await database.Write(Users).Put(known, after).CommitAsync(cancellationToken) ? new LoggedIn(changed, IsNew: false) : null;
    }
}
