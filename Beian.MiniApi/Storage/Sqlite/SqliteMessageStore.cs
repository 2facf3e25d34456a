using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Messages as rows, what they say sealed. They share their writes with the ledger of permissions.</summary>
public sealed class SqliteMessageStore(SqliteDatabase database) : IMessageStore
{
    public async Task<bool> AddAsync(QueuedMessage message, CancellationToken cancellationToken)
    {
        var body = SealedColumns.Messages.Seal(
            database.Sealer, StoredMessage.KeyOf(message.NotificationId, message.UserId), StoredMessage.Write(message));
        return await database.WriteAsync(
            connection => connection.Run(
                """
                INSERT INTO wechat_messages (notification_id, user_id, account_id, openid_index, template_id, event, body, state, queued_at, due_at, expires_at)
                VALUES ($notification, $user, $account, $index, $template, $event, $body, 'queued', $at, $at, $expires)
                ON CONFLICT (notification_id, user_id) DO NOTHING;
                """,
                ("$notification", message.NotificationId),
                ("$user", message.UserId),
                ("$account", message.AccountId),
                ("$index", message.OpenIdIndex),
                ("$template", message.TemplateId),
                ("$event", message.Event),
                ("$body", body),
                ("$at", message.QueuedAt.ToUnixTimeMilliseconds()),
                ("$expires", message.ExpiresAt.ToUnixTimeMilliseconds())),
            cancellationToken) == 1;
    }

    public Task<IReadOnlyList<long>> DueAsync(DateTimeOffset now, int take, CancellationToken cancellationToken) =>
        Ids(
            """
            SELECT id FROM wechat_messages m WHERE state = 'queued' AND due_at <= $now AND NOT EXISTS
                (SELECT 1 FROM wechat_messages e WHERE e.openid_index = m.openid_index AND e.template_id = m.template_id AND e.id < m.id AND e.state IN ('queued', 'sending'))
            ORDER BY due_at, id LIMIT $take;
            """,
            ("$now", now.ToUnixTimeMilliseconds()),
            ("$take", take));

    public Task<WaitingMessage?> FindAsync(long id, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection =>
        {
            using var query = connection.Statement(
                """
                SELECT notification_id, user_id, account_id, openid_index, template_id, event, body, queued_at, expires_at, attempts, is_repeat
                FROM wechat_messages WHERE id = $id AND state = 'queued';
                """,
                ("$id", id));
            using var reader = query.ExecuteReader();
            return reader.Read() ? Waiting(id, reader) : null;
        }));

    public Task<MessageStart> BeginAsync(long id, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                if (MessageRows.Queued(connection, id) is not { } row)
                {
                    return MessageStart.Gone;
                }

                if (row.IsRepeat)
                {
                    return MessageRows.IsLast(connection, id, row.Index, row.Template) ? MessageRows.Begin(connection, id, null, at) : MessageRows.End(connection, id, MessageState.Uncertain, "notSafe", at, MessageStart.NotSafe);
                }

                return SqliteMessageCredits.Spend(connection, row.Index, row.Template, at) is { } credit
                    ? MessageRows.Begin(connection, id, credit, at)
                    : MessageRows.End(connection, id, MessageState.Refused, "noPermission", at, MessageStart.NoPermission);
            },
            cancellationToken);

    public Task<bool> PostponeAsync(long id, DateTimeOffset until, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                MessageRows.GiveBack(connection, id);
                return connection.Run(
                    "UPDATE wechat_messages SET state = 'queued', due_at = MIN($until, expires_at) WHERE id = $id AND state IN ('queued', 'sending');",
                    ("$id", id),
                    ("$until", until.ToUnixTimeMilliseconds())) == 1;
            },
            cancellationToken);

    public Task<MessageState?> DoubtAsync(long id, DateTimeOffset? repeatAt, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync<MessageState?>(
            connection =>
            {
                if (repeatAt is { } repeat && connection.Run(
                    "UPDATE wechat_messages SET state = 'queued', is_repeat = 1, due_at = MIN($repeat, expires_at) WHERE id = $id AND state = 'sending' AND is_repeat = 0;",
                    ("$id", id),
                    ("$repeat", repeat.ToUnixTimeMilliseconds())) == 1)
                {
                    return MessageState.Queued;
                }

                return connection.Run(
                    "UPDATE wechat_messages SET state = 'uncertain', reason = 'answerLost', body = NULL, ended_at = $at WHERE id = $id AND state = 'sending';",
                    ("$id", id),
                    ("$at", at.ToUnixTimeMilliseconds())) == 1 ? MessageState.Uncertain : null;
            },
            cancellationToken);

    public Task<bool> EndAsync(long id, MessageState state, string? reason, bool givesBack, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection =>
            {
                if (givesBack)
                {
                    MessageRows.GiveBack(connection, id);
                }

                return connection.Run(
                    "UPDATE wechat_messages SET state = $state, reason = $reason, body = NULL, ended_at = $at WHERE id = $id AND state IN ('queued', 'sending');",
                    ("$id", id),
                    ("$state", StoredMessage.NameOf(state)),
                    ("$reason", reason),
                    ("$at", at.ToUnixTimeMilliseconds())) == 1;
            },
            cancellationToken);

    public Task<IReadOnlyList<long>> UnendedAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        Ids("SELECT id FROM wechat_messages WHERE state = 'sending' AND begun_at <= $before ORDER BY id;", ("$before", before.ToUnixTimeMilliseconds()));

    public Task<bool> ReportAsync(string source, string openIdIndex, string templateId, string? code, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.Run(
                """
                UPDATE wechat_messages SET state = $state, reason = $code, report = $source, body = NULL, ended_at = $at WHERE id =
                    (SELECT id FROM wechat_messages
                     WHERE openid_index = $index AND template_id = $template AND report IS NULL AND begun_at <= $latest
                         AND (state IN ('sending', 'sent', 'uncertain') OR (state = 'queued' AND is_repeat = 1))
                     ORDER BY begun_at DESC, id DESC LIMIT 1)
                AND NOT EXISTS (SELECT 1 FROM wechat_messages WHERE report = $source);
                """,
                ("$state", StoredMessage.NameOf(code is null ? MessageState.Delivered : MessageState.Undelivered)),
                ("$code", code),
                ("$source", source),
                ("$index", openIdIndex),
                ("$template", templateId),
                ("$at", at.ToUnixTimeMilliseconds()),
                ("$latest", (at + StoredMessage.ClockSkew).ToUnixTimeMilliseconds())) == 1,
            cancellationToken);

    public Task<IReadOnlyList<MessageRecord>> ListAsync(string notificationId, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read<IReadOnlyList<MessageRecord>>(connection =>
        {
            using var query = connection.Statement(
                "SELECT user_id, template_id, event, state, reason, attempts, queued_at, ended_at FROM wechat_messages WHERE notification_id = $id ORDER BY id;", ("$id", notificationId));
            using var reader = query.ExecuteReader();
            var found = new List<MessageRecord>();
            while (reader.Read())
            {
                found.Add(new MessageRecord(
                    notificationId,
                    reader.GetString(0),
                    reader.GetString(1),
                    reader.GetString(2),
                    Enum.Parse<MessageState>(reader.GetString(3), ignoreCase: true),
                    reader.IsDBNull(4) ? null : reader.GetString(4),
                    reader.GetInt32(5),
                    MessageRows.At(reader.GetInt64(6)),
                    reader.IsDBNull(7) ? null : MessageRows.At(reader.GetInt64(7))));
            }

            return found;
        }));

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.Run("DELETE FROM wechat_messages WHERE ended_at < $before;", ("$before", before.ToUnixTimeMilliseconds())), cancellationToken);

    private Task<IReadOnlyList<long>> Ids(string sql, params (string Name, object? Value)[] values) =>
        Task.FromResult(database.Read<IReadOnlyList<long>>(connection =>
        {
            using var query = connection.Statement(sql, values);
            using var reader = query.ExecuteReader();
            var found = new List<long>();
            while (reader.Read())
            {
                found.Add(reader.GetInt64(0));
            }

            return found;
        }));

    private WaitingMessage Waiting(long id, SqliteDataReader reader)
    {
        var opened = SealedColumns.Messages.Open(database.Sealer, StoredMessage.KeyOf(reader.GetString(0), reader.GetString(1)), reader.GetFieldValue<byte[]>(6));
        var body = StoredMessage.Read(opened);
        var message = new QueuedMessage(
            reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), body.Page, body.Data, MessageRows.At(reader.GetInt64(7)), MessageRows.At(reader.GetInt64(8)));
        return new WaitingMessage(id, message, reader.GetInt32(9), reader.GetBoolean(10));
    }
}
