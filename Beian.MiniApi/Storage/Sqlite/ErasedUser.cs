using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Filings;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>The rows of a user, apart from those of the account.</summary>
internal static class ErasedUser
{
    public static void Erase(SqliteConnection connection, User user, ErasureTally tally)
    {
        var id = ("$user", (object?)user.Id);
        var index = ("$index", (object?)(AccountRows.Texts(connection, "SELECT openid_index FROM users WHERE id = $a;", user.Id)[0]));
        tally.Erased(ErasedThings.Profile, connection.Run("DELETE FROM users WHERE id = $user;", id));
        tally.Erased(ErasedThings.Phone, user.Phone is null ? 0 : 1);
        connection.Run("DELETE FROM refresh_tokens WHERE session_id IN (SELECT id FROM sessions WHERE owner_id = $user);", id);
        tally.Erased(ErasedThings.Sessions, connection.Run("DELETE FROM sessions WHERE owner_id = $user;", id));
        EraseConsents(connection, id, index, tally);
        tally.Erased(
            ErasedThings.MessagePermissions,
            connection.Run("DELETE FROM message_credits WHERE openid_index = $index;", index)
                + connection.Run("DELETE FROM message_refusals WHERE openid_index = $index;", index)
                + connection.Run("DELETE FROM message_deliveries WHERE openid_index = $index;", index));
        tally.Erased(ErasedThings.StoredAnswers, connection.Run("DELETE FROM idempotency WHERE owner_id = $user;", id));
        connection.Run("DELETE FROM wechat_messages WHERE user_id = $user;", id);
        connection.Run("DELETE FROM face_handovers WHERE redeemed_by = $user;", id);
        connection.Run("DELETE FROM former_members WHERE user_id = $user;", id);
        foreach (var key in AttemptKeys.OfUser(user.Id))
        {
            connection.Run("DELETE FROM attempts WHERE key = $key;", ("$key", key));
        }
    }

    /// <summary>That the agreements of a filing which is kept were accepted stays provable, of nobody by name.</summary>
    private static void EraseConsents(SqliteConnection connection, (string, object?) id, (string, object?) index, ErasureTally tally)
    {
        var kept = connection.Run(
            "UPDATE consents SET user_id = $nobody WHERE user_id = $user AND filing_id IN (SELECT id FROM filings);", id, ("$nobody", Filing.ErasedUser));
        tally.Erased(
            ErasedThings.Consents,
            connection.Run("DELETE FROM consents WHERE user_id = $user;", id) + connection.Run("DELETE FROM authorization_revocations WHERE openid_index = $index;", index));
        if (kept > 0)
        {
            tally.Keep(ErasedThings.Consents, null, "retention.consentsOfFilings");
        }
    }
}
