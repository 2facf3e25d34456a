using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Erases users, each in one transaction over all tables.</summary>
public sealed class SqliteErasureStore(SqliteDatabase database) : IErasureStore
{
    /// <summary>How often the log is tried to be emptied before it is left for later.</summary>
    private const int TidyAttempts = 10;

    private static readonly TimeSpan TidyPause = TimeSpan.FromMilliseconds(50);

    /// <summary>No request runs this long: from then on nothing can be added to an erased account by one that was under way.</summary>
    private static readonly TimeSpan MarkFor = TimeSpan.FromDays(1);

    public Task<Result<Erased>> EraseAsync(string userId, DateTimeOffset? keptUntil, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => Erase(connection, userId, keptUntil, now), cancellationToken);

    public Task<int> EndRetentionAsync(DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            var over = AccountRows.Texts(connection, "SELECT account_id FROM erased_accounts WHERE kept_until <= $a;", now.ToUnixTimeMilliseconds());
            foreach (var accountId in over)
            {
                var filings = new ErasedFilings(connection, accountId);
                filings.EraseAll();
                ErasedFilings.EraseSubject(connection, accountId);
                ErasedAccount.EraseCodes(connection, accountId, new ErasureTally());
                connection.Run("DELETE FROM accounts WHERE id = $id AND NOT EXISTS (SELECT 1 FROM resources WHERE account_id = $id);", ("$id", accountId));
                connection.Run("UPDATE erased_accounts SET erased_at = $now, kept_until = NULL WHERE account_id = $id;", ("$id", accountId), ("$now", now.ToUnixTimeMilliseconds()));
            }

            connection.Run(
                """
                DELETE FROM erased_accounts WHERE kept_until IS NULL AND erased_at <= $old
                AND NOT EXISTS (SELECT 1 FROM filings f WHERE f.account_id = erased_accounts.account_id);
                """,
                ("$old", (now - MarkFor).ToUnixTimeMilliseconds()));
            return over.Count;
        },
        cancellationToken);

    public Task<int> EraseClosedAsync(DateTimeOffset closedBefore, int take, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            var accounts = new List<(string Account, string Filing)>();
            using (var query = connection.Statement(
                "SELECT account_id, id FROM filings WHERE state IN ('abandoned', 'draftExpired') AND state_since < $before LIMIT $take;",
                ("$before", closedBefore.ToUnixTimeMilliseconds()),
                ("$take", take)))
            {
                using var reader = query.ExecuteReader();
                while (reader.Read())
                {
                    accounts.Add((reader.GetString(0), reader.GetString(1)));
                }
            }

            foreach (var (account, filing) in accounts)
            {
                new ErasedFilings(connection, account).EraseOne(filing);
            }

            return accounts.Count;
        },
        cancellationToken);

    public Task<IReadOnlyList<ErasedFile>> FilesAsync(int take, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ErasedFile>>(database.Read(connection =>
        {
            using var query = connection.Statement("SELECT kind, name FROM erased_files LIMIT $take;", ("$take", take));
            using var reader = query.ExecuteReader();
            var found = new List<ErasedFile>();
            while (reader.Read())
            {
                found.Add(new ErasedFile((ErasedFileKind)reader.GetInt32(0), reader.GetString(1)));
            }

            return found;
        }));

    public Task FileGoneAsync(ErasedFile file, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Run("DELETE FROM erased_files WHERE kind = $kind AND name = $name;", ("$kind", (int)file.Kind), ("$name", file.Name)), cancellationToken);

    public async Task<bool> TidyAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= TidyAttempts; attempt++)
        {
            if (database.Read(EmptyLog))
            {
                return true;
            }

            await Task.Delay(TidyPause, cancellationToken);
        }

        return false;
    }

    /// <summary>
    /// Brings the log into the file and empties it, so that what the rows said before stands in neither. The writer waits for the moment it takes. False when
    /// a reader or the writer was in the way.
    /// </summary>
    private static bool EmptyLog(SqliteConnection connection)
    {
        using var checkpoint = connection.Statement("PRAGMA wal_checkpoint(TRUNCATE);");
        using var row = checkpoint.ExecuteReader();
        return row.Read() && row.GetInt64(0) == 0;
    }

    private static Result<Erased> Erase(SqliteConnection connection, string userId, DateTimeOffset? keptUntil, DateTimeOffset now)
    {
        if (AccountRows.FindUser(connection, userId) is not { } user)
        {
            return AccountErrors.NotFound();
        }

        var isLast = AccountRows.ListUserIds(connection, user.AccountId).Count == 1;
        var filings = new ErasedFilings(connection, user.AccountId);
        if (isLast && filings.FirstWithOthers() is { } busy)
        {
            return AccountErrors.FilingInProgress(busy.Number, busy.State);
        }

        var account = AccountRows.FindAccount(connection, user.AccountId);
        var tally = new ErasureTally();
        if (isLast)
        {
            ErasedAccount.Erase(connection, filings, account, keptUntil, now, tally);
        }
        else
        {
            tally.Keep(ErasedThings.Account, null, "retention.sharedAccount");
        }

        filings.ForgetUser(userId);
        foreach (var formerly in AccountRows.Texts(connection, "SELECT account_id FROM former_members WHERE user_id = $a;", userId))
        {
            new ErasedFilings(connection, formerly).ForgetUser(userId);
        }

        ErasedUser.Erase(connection, user, tally);
        return tally.Result();
    }
}
