using Beian.MiniApi.Domain.Accounts;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Users as rows with a sealed payload, found by id or by the blind index of the openid.</summary>
public sealed class SqliteUserStore(SqliteDatabase database) : IUserStore
{
    public Task<LoggedIn> LogInAsync(UserLogin login, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                if (AccountRows.FindUserByOpenId(connection, login.OpenIdIndex) is not { } known)
                {
                    AccountRows.SaveAccount(connection, login.NewAccount);
                    AccountRows.InsertUser(connection, login.NewUser, login.OpenIdIndex, login.SessionKey);
                    return new LoggedIn(login.NewUser, IsNew: true);
                }

                connection.Run("UPDATE users SET session_key = $key WHERE id = $id;", ("$id", known.Id), ("$key", SealedColumns.SessionKeys.Seal(connection, known.Id, login.SessionKey)));
                var user = known;
                if (login.NewUser.UnionId is { } unionId && unionId != known.UnionId)
                {
                    user = known.WithUnionId(unionId);
                    AccountRows.UpdateUser(connection, user);
                }

                return new LoggedIn(user, IsNew: false);
            },
            cancellationToken);

    public Task<User?> FindAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(c => AccountRows.FindUser(c, userId)));

    public Task<User?> FindByOpenIdAsync(string openIdIndex, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(c => AccountRows.FindUserByOpenId(c, openIdIndex)));

    public Task<IReadOnlyList<User>> ListByAccountAsync(string accountId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<User>>(database.Read(c => AccountRows.ListUsers(c, accountId)));

    public Task<byte[]?> FindSessionKeyAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection =>
        {
            using var query = connection.Statement("SELECT session_key FROM users WHERE id = $id;", ("$id", userId));
            return query.ExecuteScalar() is byte[] key ? SealedColumns.SessionKeys.Open(connection, userId, key) : null;
        }));

    public Task<User?> UpdateAsync(string userId, Func<User, User> change, IdempotencyRecord? idempotency, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                if (AccountRows.FindUser(connection, userId) is not { } user)
                {
                    return null;
                }

                var changed = change(user).InAccount(user.AccountId);
                AccountRows.UpdateUser(connection, changed);
                SqliteIdempotencyStore.Insert(connection, idempotency);
                return changed;
            },
            cancellationToken);
}
