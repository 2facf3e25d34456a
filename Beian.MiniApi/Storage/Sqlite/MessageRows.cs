using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Steps of a write on the rows of messages.</summary>
internal static class MessageRows
{
    public static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static (string Index, string Template, bool IsRepeat)? Queued(SqliteConnection connection, long id)
    {
        using var query = connection.Statement("SELECT openid_index, template_id, is_repeat FROM wechat_messages WHERE id = $id AND state = 'queued';", ("$id", id));
        using var reader = query.ExecuteReader();
        return reader.Read() ? (reader.GetString(0), reader.GetString(1), reader.GetBoolean(2)) : null;
    }

    /// <summary>Whether the permission of a repeat was the user's last, so that WeChat cannot deliver a second message.</summary>
    public static bool IsLast(SqliteConnection connection, long id, string index, string template)
    {
        using var query = connection.Statement(
            """
            SELECT EXISTS (SELECT 1 FROM message_credits WHERE openid_index = $index AND template_id = $template AND spent_at IS NULL)
                OR EXISTS (SELECT 1 FROM wechat_messages WHERE openid_index = $index AND template_id = $template AND id <> $id
                    AND (state IN ('sending', 'uncertain') OR (state = 'queued' AND is_repeat = 1)));
            """,
            ("$index", index),
            ("$template", template),
            ("$id", id));
        return (long)query.ExecuteScalar()! == 0;
    }

    /// <summary>A repeat keeps its permission and the time of its first call, to which a report may belong.</summary>
    public static MessageStart Begin(SqliteConnection connection, long id, string? credit, DateTimeOffset at)
    {
        connection.Run(
            """
            UPDATE wechat_messages SET state = 'sending', attempts = attempts + 1, credit = coalesce($credit, credit), begun_at = CASE is_repeat WHEN 1 THEN begun_at ELSE $at END
            WHERE id = $id;
            """,
            ("$id", id),
            ("$credit", credit),
            ("$at", at.ToUnixTimeMilliseconds()));
        return MessageStart.Begun;
    }

    public static MessageStart End(SqliteConnection connection, long id, MessageState state, string reason, DateTimeOffset at, MessageStart answer)
    {
        connection.Run(
            "UPDATE wechat_messages SET state = $state, reason = $reason, body = NULL, ended_at = $at WHERE id = $id;",
            ("$id", id),
            ("$state", StoredMessage.NameOf(state)),
            ("$reason", reason),
            ("$at", at.ToUnixTimeMilliseconds()));
        return answer;
    }

    /// <summary>The permission of a message that is being sent and was surely not taken; one in doubt keeps its own.</summary>
    public static void GiveBack(SqliteConnection connection, long id)
    {
        using var query = connection.Statement("SELECT credit FROM wechat_messages WHERE id = $id AND state = 'sending' AND is_repeat = 0;", ("$id", id));
        if (query.ExecuteScalar() is string credit)
        {
            SqliteMessageCredits.Return(connection, credit);
            connection.Run("UPDATE wechat_messages SET credit = NULL WHERE id = $id;", ("$id", id));
        }
    }
}
