using System.Text.Json;
using Beian.MiniApi.Domain.Resources;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Resources: id and owner as columns, everything else in the payload.</summary>
public sealed class SqliteResourceStore(SqliteDatabase database) : IResourceStore
{
    public async Task<CloudResource?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await FindAllAsync([id], cancellationToken)).GetValueOrDefault(id);

    public Task<IReadOnlyDictionary<string, CloudResource>> FindAllAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, CloudResource>>(database.Read(connection =>
        {
            using var query = connection.CreateCommand();
            query.CommandText = "SELECT sequence, id, account_id, payload FROM resources WHERE id IN (SELECT value FROM json_each($ids));";
            query.Parameters.AddWithValue("$ids", JsonSerializer.Serialize(ids));
            return Rows(connection, query).ToDictionary(r => r.Resource.Id, r => r.Resource, StringComparer.Ordinal);
        }));

    public Task<IReadOnlyList<ResourceRow>> FindByOwnerAsync(string accountId, long? before, int take, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ResourceRow>>(database.Read(connection =>
        {
            using var query = connection.CreateCommand();
            query.CommandText = "SELECT sequence, id, account_id, payload FROM resources WHERE account_id = $account AND sequence < $before ORDER BY sequence DESC LIMIT $take;";
            query.Parameters.AddWithValue("$account", accountId);
            query.Parameters.AddWithValue("$before", before ?? long.MaxValue);
            query.Parameters.AddWithValue("$take", take);
            return Rows(connection, query);
        }));

    public Task<IReadOnlyList<ResourceRow>> PageAsync(long? before, int take, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ResourceRow>>(database.Read(connection =>
        {
            using var query = connection.CreateCommand();
            query.CommandText = "SELECT sequence, id, account_id, payload FROM resources WHERE sequence < $before ORDER BY sequence DESC LIMIT $take;";
            query.Parameters.AddWithValue("$before", before ?? long.MaxValue);
            query.Parameters.AddWithValue("$take", take);
            return Rows(connection, query);
        }));

    public Task SaveAsync(IReadOnlyList<CloudResource> resources, IdempotencyRecord? idempotency, CancellationToken cancellationToken)
    {
        const string upsert = """
            INSERT INTO resources (id, account_id, payload) VALUES ($id, $account, $payload)
            ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id, payload = excluded.payload;
            """;
        var rows = resources.Select(Prepare).ToList();
        return database.WriteAsync(
            connection =>
            {
                SqliteIdempotencyStore.Insert(connection, idempotency);
                ResourceChanges.Note(connection, rows.Select(r => r.Id));
                return Write(connection, upsert, rows);
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<ResourceChange>> ChangedAsync(int take, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection => ResourceChanges.Page(connection, take)));

    public Task ToldAsync(long sequence, CancellationToken cancellationToken) =>
        database.WriteAsync(connection => connection.Run("DELETE FROM resource_changes WHERE sequence = $sequence;", ("$sequence", sequence)), cancellationToken);

    public Task<int> AddMissingAsync(IReadOnlyList<CloudResource> resources, CancellationToken cancellationToken)
    {
        var rows = resources.Select(Prepare).ToList();
        return database.WriteAsync(
            connection => Write(connection, "INSERT INTO resources (id, account_id, payload) VALUES ($id, $account, $payload) ON CONFLICT (id) DO NOTHING;", rows),
            cancellationToken);
    }

    private static int Write(SqliteConnection connection, string sql, List<(string Id, string Owner, byte[] Payload)> rows)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of the two constant statements above.
        command.CommandText = sql;
#pragma warning restore CA2100
        var id = command.Parameters.Add("$id", SqliteType.Text);
        var owner = command.Parameters.Add("$account", SqliteType.Text);
        var payload = command.Parameters.Add("$payload", SqliteType.Blob);
        var written = 0;
        foreach (var row in rows)
        {
            (id.Value, owner.Value, payload.Value) = row;
            written += command.ExecuteNonQuery();
        }

        return written;
    }

    private static List<ResourceRow> Rows(SqliteConnection connection, SqliteCommand query)
    {
        var found = new List<ResourceRow>();
        using var reader = query.ExecuteReader();
        while (reader.Read())
        {
            var plain = SealedColumns.Resources.Open(connection, reader.GetString(1), reader.GetFieldValue<byte[]>(3));
            found.Add(new ResourceRow(reader.GetInt64(0), StoredResource.Read(plain, reader.GetString(1), reader.GetString(2))));
        }

        return found;
    }

    /// <summary>Serialised and sealed before the write begins, so that the one writer is not kept waiting.</summary>
    private (string Id, string Owner, byte[] Payload) Prepare(CloudResource r) =>
        (r.Id, r.OwnerAccountId, SealedColumns.Resources.Seal(database.Sealer, r.Id, StoredResource.Write(r)));
}
