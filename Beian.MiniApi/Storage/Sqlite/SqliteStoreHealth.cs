using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Probes the one database file and the volume it lies on.</summary>
public sealed class SqliteStoreHealth(SqliteDatabase database, IOptions<StorageOptions> options, TimeProvider time) : IStoreHealth
{
    public Task WriteAsync(CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO store_probe (id, at) VALUES (1, $at) ON CONFLICT (id) DO UPDATE SET at = excluded.at;";
            command.Parameters.AddWithValue("$at", time.GetUtcNow().ToUnixTimeMilliseconds());
            return command.ExecuteNonQuery();
        },
        cancellationToken);

    public StoreRoom Room() => new(new DriveInfo(Path.GetDirectoryName(database.Path)!).AvailableFreeSpace, options.Value.MinFreeBytes);
}
