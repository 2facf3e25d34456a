using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Filings;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>One row a record; what WeChat told is read from its own table.</summary>
public sealed class SqliteConsentStore(SqliteDatabase database) : IConsentStore
{
    private const string Columns = "SELECT id, text_id, version, action, source, filing_id, at, NULL AS note FROM consents ";

    public Task<IReadOnlyList<Consent>> ListAsync(string userId, string? before, int take, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Consent>>(database.Read(connection =>
        {
            using var query = connection.Statement(
                $"""
                SELECT * FROM ({Columns} WHERE user_id = $user
                    UNION ALL
                    SELECT printf('%012xw%08x', r.at, r.rowid), $wechat, NULL, $withdrawn, $source, NULL, r.at, nullif(r.info, '')
                    FROM authorization_revocations r JOIN users u ON u.openid_index = r.openid_index WHERE u.id = $user)
                WHERE id < $before ORDER BY id DESC LIMIT $take;
                """,
                ("$user", userId),
                ("$wechat", Consent.OfWeChat),
                ("$withdrawn", (int)ConsentAction.Withdrawn),
                ("$source", (int)ConsentSource.Wechat),
                ("$before", before ?? "~"),
                ("$take", take));
            return Rows(query);
        }));

    public Task<Consent?> FindAsync(string userId, string id, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection =>
        {
            using var query = connection.Statement(Columns + "WHERE user_id = $user AND id = $id;", ("$user", userId), ("$id", id));
            return Rows(query).FirstOrDefault();
        }));

    public Task<Consent?> FollowAsync(string userId, string textId, Func<Consent?, ConsentAddition?> next, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            var last = Last(connection, userId, textId);
            if (next(last) is { } addition)
            {
                Insert(connection, userId, addition.Consent);
                SqliteIdempotencyStore.Insert(connection, addition.Idempotency);
            }

            return last;
        },
        cancellationToken);

    /// <summary>Records what a submission brought; part of the transaction that writes the filing.</summary>
    internal static void Put(SqliteConnection connection, Filing filing)
    {
        if (filing.NewConsents() is { } given)
        {
            foreach (var consent in given.Consents)
            {
                Insert(connection, given.UserId, consent);
            }
        }
    }

    /// <summary>By the order of writing: ids of one millisecond say nothing of it.</summary>
    private static Consent? Last(SqliteConnection connection, string userId, string textId)
    {
        using var query = connection.Statement(Columns + "WHERE user_id = $user AND text_id = $text ORDER BY rowid DESC LIMIT 1;", ("$user", userId), ("$text", textId));
        return Rows(query).FirstOrDefault();
    }

    private static void Insert(SqliteConnection connection, string userId, Consent consent) => connection.Run(
        """
        INSERT INTO consents (id, user_id, text_id, version, action, source, filing_id, at)
        SELECT $id, $user, $text, $version, $action, $source, $filing, $at WHERE EXISTS (SELECT 1 FROM users WHERE id = $user)
        ON CONFLICT (id) DO NOTHING;
        """,
        ("$id", consent.Id),
        ("$user", userId),
        ("$text", consent.TextId),
        ("$version", consent.Version),
        ("$action", (int)consent.Action),
        ("$source", (int)consent.Source),
        ("$filing", consent.FilingId),
        ("$at", consent.At.ToUnixTimeMilliseconds()));

    private static List<Consent> Rows(SqliteCommand query)
    {
        var found = new List<Consent>();
        using var reader = query.ExecuteReader();
        while (reader.Read())
        {
            found.Add(new Consent(
                reader.GetString(0),
                reader.GetString(1),
                reader.IsDBNull(2) ? null : reader.GetString(2),
                (ConsentAction)reader.GetInt32(3),
                (ConsentSource)reader.GetInt32(4),
                DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(6)))
            {
                FilingId = reader.IsDBNull(5) ? null : reader.GetString(5),
                Note = reader.IsDBNull(7) ? null : reader.GetString(7),
            });
        }

        return found;
    }
}
