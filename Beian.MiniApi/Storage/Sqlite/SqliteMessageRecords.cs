using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Reads the tables that <see cref="SqliteMessageCredits"/> writes.</summary>
public sealed class SqliteMessageRecords(SqliteDatabase database) : IMessageRecords
{
    public Task<IReadOnlyList<MessageConsent>> PermissionsAsync(string openIdIndex, string? after, int take, CancellationToken cancellationToken) => ListAsync(
        "SELECT source, template_id, granted_at, spent_at FROM message_credits WHERE openid_index = $index AND source > $after ORDER BY source LIMIT $take;",
        openIdIndex,
        after,
        take,
        row => new MessageConsent(row.GetString(0), row.GetString(1), TimeOf(row, 2), row.IsDBNull(3) ? null : TimeOf(row, 3)));

    public Task<IReadOnlyList<MessageRefusal>> RefusalsAsync(string openIdIndex, CancellationToken cancellationToken) => ListAsync(
        "SELECT template_id, refused_at FROM message_refusals WHERE openid_index = $index AND template_id > $after ORDER BY template_id LIMIT $take;",
        openIdIndex,
        null,
        int.MaxValue,
        row => new MessageRefusal(row.GetString(0), TimeOf(row, 1)));

    public Task<IReadOnlyList<MessageDelivery>> DeliveriesAsync(string openIdIndex, string? after, int take, CancellationToken cancellationToken) => ListAsync(
        """
        SELECT source, template_id, message_id, error_code, error_status, at FROM message_deliveries
        WHERE openid_index = $index AND source > $after ORDER BY source LIMIT $take;
        """,
        openIdIndex,
        after,
        take,
        row => new MessageDelivery(row.GetString(0), openIdIndex, row.GetString(1), TextOrNull(row, 2), row.GetString(3), TextOrNull(row, 4), TimeOf(row, 5)));

    private Task<IReadOnlyList<T>> ListAsync<T>(string sql, string openIdIndex, string? after, int take, Func<SqliteDataReader, T> read) =>
        Task.FromResult(database.Read<IReadOnlyList<T>>(connection =>
        {
            using var query = connection.Statement(sql, ("$index", openIdIndex), ("$after", after ?? string.Empty), ("$take", take));
            using var reader = query.ExecuteReader();
            var found = new List<T>();
            while (reader.Read())
            {
                found.Add(read(reader));
            }

            return found;
        }));

    private static DateTimeOffset TimeOf(SqliteDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static string? TextOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
