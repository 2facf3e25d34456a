using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Filings;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>An account whose last user is erased.</summary>
internal static class ErasedAccount
{
    /// <param name="connection">Inside a write.</param>
    /// <param name="filings">Of the account.</param>
    /// <param name="account">As stored.</param>
    /// <param name="keptUntil">For approved filings and the subject; null as long as they are in force.</param>
    /// <param name="now">Business time.</param>
    /// <param name="tally">Is told what went and what stays.</param>
    public static void Erase(
        SqliteConnection connection, ErasedFilings filings, Account? account, DateTimeOffset? keptUntil, DateTimeOffset now, ErasureTally tally)
    {
        if (account is null)
        {
            return;
        }

        var id = ("$id", (object?)account.Id);
        var approved = filings.EraseUnapproved();
        tally.Erased(ErasedThings.Filings, filings.Count);
        tally.Erased(ErasedThings.Materials, filings.Papers);
        tally.Erased(ErasedThings.Inbox, connection.Run("DELETE FROM notifications WHERE account_id = $id;", id));
        connection.Run("DELETE FROM deliveries WHERE account_id = $id;", id);
        connection.Run("DELETE FROM webhooks WHERE account_id = $id;", id);
        var codes = EraseCodes(connection, account.Id, tally);
        AccountRows.ForgetTraces(connection, account.Id);

        // Nobody's and expired: the sweep of those takes the bytes first and then the row.
        connection.Run("UPDATE resumable_uploads SET owner = $nobody, metadata = NULL, expires_at = 0 WHERE owner = $id;", id, ("$nobody", Filing.ErasedUser));
        var subjects = AccountRows.Texts(connection, "SELECT number FROM subjects WHERE account_id = $a;", account.Id);
        var inventory = AccountRows.Texts(connection, "SELECT id FROM resources WHERE account_id = $a LIMIT 1;", account.Id).Count;
        approved.ForEach(number => tally.Keep(ErasedThings.Filings, number, "retention.approvedFiling", keptUntil));
        subjects.ForEach(number => tally.Keep(ErasedThings.Subjects, number, "retention.filedSubject", keptUntil));
        if (inventory > 0)
        {
            tally.Keep(ErasedThings.Resources, null, "retention.inventory");
        }

        EraseFacts(connection, account, needed: approved.Count + subjects.Count + inventory + codes > 0, tally);
        connection.Run(
            "INSERT INTO erased_accounts (account_id, erased_at, kept_until) VALUES ($id, $now, $until) ON CONFLICT (account_id) DO UPDATE SET erased_at = $now, kept_until = $until;",
            id,
            ("$now", now.ToUnixTimeMilliseconds()),
            ("$until", approved.Count + subjects.Count > 0 ? keptUntil?.ToUnixTimeMilliseconds() : null));
    }

    /// <summary>Codes that a filing holds, somebody else's perhaps, cannot be taken from under it; the issuer's own words on them go.</summary>
    /// <returns>How many are kept.</returns>
    internal static int EraseCodes(SqliteConnection connection, string accountId, ErasureTally tally)
    {
        var id = ("$id", (object?)accountId);
        tally.Erased(
            ErasedThings.AuthCodes,
            connection.Run("DELETE FROM auth_codes WHERE issuer_id = $id AND NOT EXISTS (SELECT 1 FROM holds WHERE key = 'code:' || auth_codes.id);", id));
        var kept = SqliteAuthCodeStore.ForgetNotes(connection, accountId);
        if (kept > 0)
        {
            tally.Keep(ErasedThings.AuthCodes, null, "retention.codesInUse");
        }

        return kept;
    }

    /// <summary>A person's facts go. An organisation's stay with an account that is needed: they are the provider's customer record, and codes count by them.</summary>
    private static void EraseFacts(SqliteConnection connection, Account account, bool needed, ErasureTally tally)
    {
        if (needed && account.RealName.Kind == RealNameKind.Organisation)
        {
            tally.Keep(ErasedThings.RealName, null, "retention.customer");
            return;
        }

        tally.Erased(ErasedThings.RealName, account.RealName.Status == RealNameStatus.Verified ? 1 : 0);
        if (needed)
        {
            AccountRows.SaveAccount(connection, account.With(RealName.None));
        }
        else
        {
            connection.Run("DELETE FROM accounts WHERE id = $id;", ("$id", account.Id));
        }
    }
}
