using Beian.MiniApi.Domain.Accounts;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Rows of accounts and users; their payloads are sealed.</summary>
internal static class AccountRows
{
    internal static Account? FindAccount(SqliteConnection connection, string id)
    {
        using var query = connection.Statement("SELECT payload FROM accounts WHERE id = $id;", ("$id", id));
        using var reader = query.ExecuteReader();
        return reader.Read() ? ToAccount(connection, id, reader.GetFieldValue<byte[]>(0)) : null;
    }

    internal static void SaveAccount(SqliteConnection connection, Account account)
    {
        connection.Run(
            "INSERT INTO accounts (id, payload) VALUES ($id, $payload) ON CONFLICT (id) DO UPDATE SET payload = excluded.payload;",
            ("$id", account.Id),
            ("$payload", SealedColumns.Accounts.Seal(connection, account.Id, StoredAccounts.Write(account))));
    }

    internal static User? FindUser(SqliteConnection connection, string id)
    {
        using var query = connection.Statement("SELECT id, account_id, payload FROM users WHERE id = $id;", ("$id", id));
        return One(connection, query);
    }

    internal static User? FindUserByOpenId(SqliteConnection connection, string index)
    {
        using var query = connection.Statement("SELECT id, account_id, payload FROM users WHERE openid_index = $index;", ("$index", index));
        return One(connection, query);
    }

    internal static List<User> ListUsers(SqliteConnection connection, string accountId)
    {
        var found = new List<User>();
        using var query = connection.Statement("SELECT id, account_id, payload FROM users WHERE account_id = $account ORDER BY id;", ("$account", accountId));
        using var reader = query.ExecuteReader();
        while (reader.Read())
        {
            found.Add(ToUser(connection, reader));
        }

        return found;
    }

    internal static List<string> ListUserIds(SqliteConnection connection, string accountId) =>
        Texts(connection, "SELECT id FROM users WHERE account_id = $a ORDER BY id;", accountId);

    /// <summary>The first column of a query with one parameter, <c>$a</c>.</summary>
    internal static List<string> Texts(SqliteConnection connection, string sql, object a)
    {
        var found = new List<string>();
        using var query = connection.Statement(sql, ("$a", a));
        using var reader = query.ExecuteReader();
        while (reader.Read())
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }

    internal static void InsertUser(SqliteConnection connection, User user, string openIdIndex, byte[] sessionKey)
    {
        Revive(connection, user.AccountId);
        connection.Run(
            "INSERT INTO users (id, account_id, openid_index, session_key, payload) VALUES ($id, $account, $index, $key, $payload);",
            ("$id", user.Id),
            ("$account", user.AccountId),
            ("$index", openIdIndex),
            ("$key", SealedColumns.SessionKeys.Seal(connection, user.Id, sessionKey)),
            ("$payload", SealedColumns.Users.Seal(connection, user.Id, StoredAccounts.Write(user))));
    }

    internal static void UpdateUser(SqliteConnection connection, User user)
    {
        Revive(connection, user.AccountId);
        connection.Run(
            "UPDATE users SET account_id = $account, payload = $payload WHERE id = $id;",
            ("$id", user.Id),
            ("$account", user.AccountId),
            ("$payload", SealedColumns.Users.Seal(connection, user.Id, StoredAccounts.Write(user))));
    }

    /// <summary>True when the account's last user was erased and nobody has come since: whoever would add something comes too late.</summary>
    internal static bool IsErased(SqliteConnection connection, string accountId) =>
        Texts(connection, "SELECT account_id FROM erased_accounts WHERE account_id = $a;", accountId).Count > 0;

    /// <summary>An account that somebody works for is no erased one, whatever it was.</summary>
    private static void Revive(SqliteConnection connection, string accountId) =>
        connection.Run("DELETE FROM erased_accounts WHERE account_id = $id;", ("$id", accountId));

    /// <summary>Removes an account that nobody works for, nothing refers to and the provider fed no facts about; any other stays as it is.</summary>
    internal static void DropUnused(SqliteConnection connection, string accountId)
    {
        if (FindAccount(connection, accountId) is { RealName.Status: RealNameStatus.None })
        {
            var gone = connection.Run(
                """
                DELETE FROM accounts WHERE id = $id
                AND NOT EXISTS (SELECT 1 FROM users WHERE account_id = $id) AND NOT EXISTS (SELECT 1 FROM filings WHERE account_id = $id)
                AND NOT EXISTS (SELECT 1 FROM subjects WHERE account_id = $id) AND NOT EXISTS (SELECT 1 FROM resources WHERE account_id = $id)
                AND NOT EXISTS (SELECT 1 FROM auth_codes WHERE issuer_id = $id OR target_id = $id) AND NOT EXISTS (SELECT 1 FROM account_links WHERE account_id = $id);
                """,
                ("$id", accountId));
            if (gone == 1)
            {
                ForgetTraces(connection, accountId);
            }
        }
    }

    /// <summary>What is kept about an account beside its things: counts of attempts, messages, addresses of letters, codes to join it.</summary>
    internal static void ForgetTraces(SqliteConnection connection, string accountId) => connection.Run(
        """
        DELETE FROM attempts WHERE key IN ('auth-code:' || $id, 'in-use:' || $id);
        DELETE FROM notifications WHERE account_id = $id;
        DELETE FROM letter_links WHERE account_id = $id;
        DELETE FROM account_links WHERE account_id = $id;
        """,
        ("$id", accountId));

    private static User? One(SqliteConnection connection, SqliteCommand query)
    {
        using var reader = query.ExecuteReader();
        return reader.Read() ? ToUser(connection, reader) : null;
    }

    private static User ToUser(SqliteConnection connection, SqliteDataReader reader) => StoredAccounts.ReadUser(
        SealedColumns.Users.Open(connection, reader.GetString(0), reader.GetFieldValue<byte[]>(2)), reader.GetString(0), reader.GetString(1));

    private static Account ToAccount(SqliteConnection connection, string id, byte[] payload) => StoredAccounts.ReadAccount(SealedColumns.Accounts.Open(connection, id, payload), id);
}
