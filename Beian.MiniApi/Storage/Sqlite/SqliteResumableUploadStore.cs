namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>One row an upload.</summary>
public sealed class SqliteResumableUploadStore(SqliteDatabase database) : IResumableUploadStore
{
    public async Task<bool> AddAsync(ResumableUpload upload, int maxOpen, DateTimeOffset now, CancellationToken cancellationToken) => await database.WriteAsync(
        connection => connection.Run(
            """
            INSERT INTO resumable_uploads (id, owner, length, metadata, expires_at)
            SELECT $id, $owner, $length, $metadata, $expires
            WHERE (SELECT count(*) FROM resumable_uploads WHERE owner = $owner AND expires_at > $now) < $max;
            """,
            ("$id", upload.Id),
            ("$owner", upload.OwnerId),
            ("$length", upload.Length),
            ("$metadata", upload.Metadata is null ? null : SealedColumns.Uploads.Seal(connection, upload.Id, upload.Metadata)),
            ("$expires", upload.ExpiresAt.ToUnixTimeMilliseconds()),
            ("$now", now.ToUnixTimeMilliseconds()),
            ("$max", maxOpen)),
        cancellationToken) == 1;

    public Task<ResumableUpload?> FindAsync(string id, string ownerId, DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult(database.Read(connection =>
    {
        using var query = connection.Statement(
            "SELECT length, metadata, expires_at FROM resumable_uploads WHERE id = $id AND owner = $owner AND expires_at > $now;",
            ("$id", id),
            ("$owner", ownerId),
            ("$now", now.ToUnixTimeMilliseconds()));
        using var reader = query.ExecuteReader();
        return reader.Read()
            ? new ResumableUpload(id, ownerId, reader.GetInt64(0), reader.IsDBNull(1) ? null : SealedColumns.Uploads.Open(connection, id, reader.GetFieldValue<byte[]>(1)), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)))
            : null;
    }));

    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.Run("DELETE FROM resumable_uploads WHERE id = $id;", ("$id", id)), cancellationToken);

    public Task<IReadOnlyList<string>> ExpiredAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) => Task.FromResult(database.Read<IReadOnlyList<string>>(connection =>
    {
        using var query = connection.Statement(
            "SELECT id FROM resumable_uploads WHERE expires_at <= $now ORDER BY expires_at LIMIT $limit;", ("$now", now.ToUnixTimeMilliseconds()), ("$limit", limit));
        using var reader = query.ExecuteReader();
        var ids = new List<string>();
        while (reader.Read())
        {
            ids.Add(reader.GetString(0));
        }

        return ids;
    }));
}
