namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Reads keys only, never what a filing says.</summary>
public sealed class SqliteFilingIds(SqliteDatabase database) : IFilingIds
{
    public Task<IReadOnlyList<string>> AfterAsync(string? after, int limit, CancellationToken cancellationToken) => Task.FromResult(database.Read<IReadOnlyList<string>>(connection =>
    {
        using var query = connection.Statement("SELECT id FROM filings WHERE id > $after ORDER BY id LIMIT $limit;", ("$after", after ?? string.Empty), ("$limit", limit));
        using var reader = query.ExecuteReader();
        var ids = new List<string>();
        while (reader.Read())
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    }));
}
