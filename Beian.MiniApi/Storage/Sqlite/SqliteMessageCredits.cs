using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>One row a permission, one a report, and the last refusal of each user and template.</summary>
public sealed class SqliteMessageCredits(SqliteDatabase database) : IMessageCredits
{
    public async Task<bool> GrantAsync(MessageCredit credit, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            connection => connection.Run(
                """
                INSERT INTO message_credits (source, openid_index, template_id, granted_at)
                SELECT $source, $index, $template, $at
                WHERE NOT EXISTS (SELECT 1 FROM message_refusals WHERE openid_index = $index AND template_id = $template AND refused_at >= $at)
                ON CONFLICT (source) DO NOTHING;
                """,
                ("$source", credit.Source),
                ("$index", credit.OpenIdIndex),
                ("$template", credit.TemplateId),
                ("$at", credit.GrantedAt.ToUnixTimeMilliseconds())),
            cancellationToken) == 1;

    public Task RefuseAsync(string openIdIndex, string templateId, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.Run(
                """
                INSERT INTO message_refusals (openid_index, template_id, refused_at) VALUES ($index, $template, $at)
                ON CONFLICT (openid_index, template_id) DO UPDATE SET refused_at = MAX(refused_at, excluded.refused_at);
                DELETE FROM message_credits WHERE openid_index = $index AND template_id = $template AND granted_at <= $at AND spent_at IS NULL;
                """,
                ("$index", openIdIndex),
                ("$template", templateId),
                ("$at", at.ToUnixTimeMilliseconds())),
            cancellationToken);

    public Task<int> CountAsync(string openIdIndex, string templateId, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection =>
        {
            using var query = connection.Statement(
                "SELECT COUNT(*) FROM message_credits WHERE openid_index = $index AND template_id = $template AND spent_at IS NULL;", ("$index", openIdIndex), ("$template", templateId));
            return (int)(long)query.ExecuteScalar()!;
        }));

    public Task RecordAsync(MessageDelivery delivery, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.Run(
                """
                INSERT INTO message_deliveries (source, openid_index, template_id, message_id, error_code, error_status, at)
                VALUES ($source, $index, $template, $message, $code, $status, $at) ON CONFLICT (source) DO NOTHING;
                """,
                ("$source", delivery.Source),
                ("$index", delivery.OpenIdIndex),
                ("$template", delivery.TemplateId),
                ("$message", delivery.MessageId),
                ("$code", delivery.ErrorCode),
                ("$status", delivery.ErrorStatus),
                ("$at", delivery.At.ToUnixTimeMilliseconds())),
            cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        database.WriteAsync(
            connection => connection.Run(
                """
                DELETE FROM message_credits WHERE spent_at < $before;
                DELETE FROM message_deliveries WHERE at < $before;
                """,
                ("$before", before.ToUnixTimeMilliseconds())),
            cancellationToken);

    /// <summary>Within a write that does more: the queue of messages spends and records its attempt at once.</summary>
    internal static string? Spend(SqliteConnection connection, string openIdIndex, string templateId, DateTimeOffset at)
    {
        using var spend = connection.Statement(
            """
            UPDATE message_credits SET spent_at = $at WHERE source =
                (SELECT source FROM message_credits WHERE openid_index = $index AND template_id = $template AND spent_at IS NULL ORDER BY granted_at, source LIMIT 1)
            RETURNING source;
            """,
            ("$index", openIdIndex),
            ("$template", templateId),
            ("$at", at.ToUnixTimeMilliseconds()));
        return (string?)spend.ExecuteScalar();
    }

    /// <summary>Within a write that does more.</summary>
    internal static int Return(SqliteConnection connection, string source) => connection.Run(
        """
        UPDATE message_credits SET spent_at = NULL WHERE source = $source AND NOT EXISTS
            (SELECT 1 FROM message_refusals r WHERE r.openid_index = message_credits.openid_index AND r.template_id = message_credits.template_id AND r.refused_at >= granted_at);
        """,
        ("$source", source));
}
