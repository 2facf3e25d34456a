using Beian.MiniApi.Domain.Accounts;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>One row a code; using it up deletes the row, on the one writer and with the move.</summary>
public sealed class SqliteAccountLinkStore(SqliteDatabase database) : IAccountLinkStore
{
    public async Task<bool> AddAsync(AccountLink link, CancellationToken cancellationToken) => await database.WriteAsync(
        connection => connection.Run(
            "INSERT INTO account_links (hash, account_id, expires_at) SELECT $hash, id, $expires FROM accounts WHERE id = $account;",
            ("$hash", link.Hash),
            ("$account", link.AccountId),
            ("$expires", link.ExpiresAt.ToUnixTimeMilliseconds())),
        cancellationToken) == 1;

    public Task<Account?> FindAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection => Open(connection, hash, now)));

    public Task<AccountJoin> JoinAsync(byte[] hash, string userId, DateTimeOffset now, IdempotencyRecord? idempotency, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            if (Open(connection, hash, now) is not { } account || AccountRows.FindUser(connection, userId) is not { } user)
            {
                return AccountJoin.NotOpen;
            }

            if (user.AccountId == account.Id)
            {
                SqliteIdempotencyStore.Insert(connection, idempotency);
                return AccountJoin.AlreadyThere;
            }

            if (SqliteAccountUsage.HasFilings(connection, user.AccountId))
            {
                return AccountJoin.HasFilings;
            }

            connection.Run("DELETE FROM account_links WHERE hash = $hash;", ("$hash", hash));
            AccountRows.UpdateUser(connection, user.InAccount(account.Id));
            AccountRows.DropUnused(connection, user.AccountId);
            SqliteIdempotencyStore.Insert(connection, idempotency);
            return AccountJoin.Joined;
        },
        cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Run("DELETE FROM account_links WHERE expires_at <= $now;", ("$now", now.ToUnixTimeMilliseconds())), cancellationToken);

    private static Account? Open(SqliteConnection connection, byte[] hash, DateTimeOffset now)
    {
        using var query = connection.Statement(
            "SELECT account_id FROM account_links WHERE hash = $hash AND expires_at > $now;", ("$hash", hash), ("$now", now.ToUnixTimeMilliseconds()));
        return query.ExecuteScalar() is string id ? AccountRows.FindAccount(connection, id) : null;
    }
}
