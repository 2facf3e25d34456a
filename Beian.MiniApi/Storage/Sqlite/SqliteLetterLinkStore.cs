namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>One row an address; using it up deletes the row, on the one writer.</summary>
public sealed class SqliteLetterLinkStore(SqliteDatabase database) : ILetterLinkStore
{
    public Task AddAsync(LetterLink link, CancellationToken cancellationToken) => database.WriteAsync(
        connection => AccountRows.IsErased(connection, link.AccountId) ? 0 : connection.Run(
            "INSERT INTO letter_links (hash, filing_id, account_id, kind, site_id, expires_at) VALUES ($hash, $filing, $account, $kind, $site, $expires);",
            ("$hash", link.Hash),
            ("$filing", link.FilingId),
            ("$account", link.AccountId),
            ("$kind", link.Kind),
            ("$site", link.SiteId),
            ("$expires", link.ExpiresAt.ToUnixTimeMilliseconds())),
        cancellationToken);

    public Task<bool> IsOpenAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult(database.Read(connection =>
    {
        using var query = connection.Statement(
            "SELECT 1 FROM letter_links WHERE hash = $hash AND expires_at > $now;", ("$hash", hash), ("$now", now.ToUnixTimeMilliseconds()));
        return query.ExecuteScalar() is not null;
    }));

    public Task<LetterLink?> TakeAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            using var taking = connection.Statement(
                "DELETE FROM letter_links WHERE hash = $hash AND expires_at > $now RETURNING filing_id, account_id, kind, site_id, expires_at;",
                ("$hash", hash),
                ("$now", now.ToUnixTimeMilliseconds()));
            using var row = taking.ExecuteReader();
            return row.Read()
                ? new LetterLink(
                    hash, row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)))
                : null;
        },
        cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        connection => connection.Run("DELETE FROM letter_links WHERE expires_at <= $now;", ("$now", now.ToUnixTimeMilliseconds())), cancellationToken);
}
