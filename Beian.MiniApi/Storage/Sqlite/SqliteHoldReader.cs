using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Reads the <c>holds</c> table, which <c>SqliteFilingStore</c> writes in the same transaction as the filing.</summary>
public sealed class SqliteHoldReader(SqliteDatabase database) : IHoldReader
{
    public Task<IReadOnlyDictionary<string, Hold>> FindAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, Hold>>(database.Read(connection =>
        {
            var found = new Dictionary<string, Hold>(StringComparer.Ordinal);
            using var query = connection.CreateCommand();
            query.CommandText = "SELECT key, filing_id, account_id, used FROM holds WHERE key IN (SELECT value FROM json_each($keys));";
            query.Parameters.AddWithValue("$keys", System.Text.Json.JsonSerializer.Serialize(keys));
            using var reader = query.ExecuteReader();
            while (reader.Read())
            {
                var hold = Row(reader);
                found.Add(hold.Key, hold);
            }

            return found;
        }));

    public Task<IReadOnlyList<Hold>> FindByPrefixAsync(string prefix, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Hold>>(database.Read(connection =>
        {
            var found = new List<Hold>();
            using var query = connection.CreateCommand();
            query.CommandText = "SELECT key, filing_id, account_id, used FROM holds WHERE key >= $from AND key < $to ORDER BY key LIMIT 1000;";
            query.Parameters.AddWithValue("$from", prefix);
            query.Parameters.AddWithValue("$to", prefix + '\uffff');
            using var reader = query.ExecuteReader();
            while (reader.Read())
            {
                found.Add(Row(reader));
            }

            return found;
        }));

    private static Hold Row(SqliteDataReader reader) => new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3) != 0);
}
