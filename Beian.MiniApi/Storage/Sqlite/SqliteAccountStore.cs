using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Accounts as rows with a sealed payload; membership is a column of the user.</summary>
public sealed class SqliteAccountStore(SqliteDatabase database) : IAccountStore
{
    public Task<Account?> FindAsync(string accountId, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(c => AccountRows.FindAccount(c, accountId)));

    public Task<AccountUsers?> FindWithUsersAsync(string accountId, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(c => AccountRows.FindAccount(c, accountId) is { } account ? new AccountUsers(account, AccountRows.ListUserIds(c, accountId)) : null));

    public Task<Result<AccountFed>> FeedAsync(AccountFeed feed, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => Feed(connection, feed), cancellationToken);

    /// <summary>Everything is checked before the first row changes, so that a refusal leaves nothing behind.</summary>
    private static Result<AccountFed> Feed(SqliteConnection connection, AccountFeed feed)
    {
        var known = AccountRows.FindAccount(connection, feed.New.Id);
        var present = AccountRows.ListUserIds(connection, feed.New.Id);
        var joining = Joining(connection, feed, present);
        if (!joining.TryGet(out var users, out var refusal))
        {
            return refusal;
        }

        var account = known ?? feed.New;
        account = feed.RealName is { } realName ? account.With(realName) : account;
        if (known != account || known is null)
        {
            AccountRows.SaveAccount(connection, account);
        }

        foreach (var user in users)
        {
            AccountRows.UpdateUser(connection, user.InAccount(account.Id));
        }

        foreach (var id in feed.UserIds is null ? [] : present.Except(feed.UserIds, StringComparer.Ordinal))
        {
            if (SqliteAccountUsage.HasFilings(connection, account.Id))
            {
                connection.Run("INSERT INTO former_members (user_id, account_id) VALUES ($user, $account) ON CONFLICT DO NOTHING;", ("$user", id), ("$account", account.Id));
            }

            var fresh = feed.Fresh();
            AccountRows.SaveAccount(connection, fresh);
            AccountRows.UpdateUser(connection, AccountRows.FindUser(connection, id)!.InAccount(fresh.Id));
        }

        return new AccountFed(new AccountUsers(account, AccountRows.ListUserIds(connection, account.Id)), known is null);
    }

    /// <summary>The listed users who work elsewhere so far, or why one of them cannot come.</summary>
    private static Result<List<User>> Joining(SqliteConnection connection, AccountFeed feed, List<string> present)
    {
        var joining = new List<User>();
        var unknown = new List<Finding>();
        var busy = new List<Finding>();
        for (var i = 0; i < feed.UserIds?.Count; i++)
        {
            var id = feed.UserIds[i];
            if (present.Contains(id) || joining.Exists(u => u.Id == id))
            {
                continue;
            }

            var pointer = $"/userIds/{i}";
            if (AccountRows.FindUser(connection, id) is not { } user)
            {
                unknown.Add(new Finding(pointer, AccountErrors.UnknownUser));
            }
            else if (SqliteAccountUsage.HasFilings(connection, user.AccountId))
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
public sealed class SqliteAccountUsage(SqliteDatabase database) : IAccountUsage
{
    public Task<bool> HasFilingsAsync(string accountId, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(c => HasFilings(c, accountId)));

    internal static bool HasFilings(SqliteConnection connection, string accountId) =>
        Any(connection, "SELECT EXISTS (SELECT 1 FROM filings WHERE account_id = $account);", accountId)
        || (Any(connection, "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'subjects' AND $account <> '');", accountId)
            && Any(connection, "SELECT EXISTS (SELECT 1 FROM subjects WHERE account_id = $account);", accountId));

    private static bool Any(SqliteConnection connection, string sql, string accountId)
    {
        using var query = connection.Statement(sql, ("$account", accountId));
        return (long)query.ExecuteScalar()! != 0;
    }
}
