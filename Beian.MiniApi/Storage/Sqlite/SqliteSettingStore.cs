namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Settings in a table of their own.</summary>
public sealed class SqliteSettingStore(SqliteDatabase database) : ISettingStore
{
    public string? Find(string name) => database.Read(connection =>
    {
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT value FROM settings WHERE name = $name;";
        query.Parameters.AddWithValue("$name", name);
        return query.ExecuteScalar() as string;
    });

    public Task SaveAsync(string name, string value, CancellationToken cancellationToken) => database.WriteAsync(
        connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO settings (name, value) VALUES ($name, $value) ON CONFLICT (name) DO UPDATE SET value = excluded.value;";
            command.Parameters.AddWithValue("$name", name);
            command.Parameters.AddWithValue("$value", value);
            return command.ExecuteNonQuery();
        },
        cancellationToken);
}
