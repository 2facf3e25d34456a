using Beian.MiniApi.Vault;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Looks at the keys in a database file without changing it, also while the service runs.</summary>
public static class SqliteKeyExamination
{
    /// <summary>The data keys, by id; none where the database is older than they are.</summary>
    /// <exception cref="InvalidDataException">The database cannot be read.</exception>
    public static IReadOnlyList<DataKeyRow> KeysOf(string path) => Look(path, connection => Has(connection, "data_keys") ? SqliteDataKeys.List(connection) : []);

    /// <exception cref="InvalidDataException">The database cannot be read.</exception>
    public static SealingState SealingOf(string path, int dataKey) => Look(path, connection =>
    {
        var rows = SealedColumns.All.Where(c => Has(connection, c.Table)).Sum(c => (long)Scalar(connection, OtherThan(c), ("$length", c.IsText ? Sealer.TextMarkOf(dataKey).Length : Sealer.MarkBytes), ("$mark", c.IsText ? Sealer.TextMarkOf(dataKey) : Sealer.MarkOf(dataKey)))!);
        var isKept = Has(connection, "resealings");
        return new SealingState(
            rows,
            !isKept || (long)Scalar(connection, "SELECT count(*) = 0 OR sum(ended_at IS NULL) > 0 FROM resealings;")! != 0,
            isKept && Scalar(connection, "SELECT unreadable FROM resealings WHERE ended_at IS NOT NULL ORDER BY data_key DESC LIMIT 1;") is long unreadable ? unreadable : 0);
    });

    private static string OtherThan(SealedColumn column) => $"SELECT count(*) FROM {column.Table} WHERE {column.Column} IS NOT NULL AND substr({column.Column}, 1, $length) <> $mark;";

    private static bool Has(SqliteConnection connection, string table) => Scalar(connection, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $name;", ("$name", table)) is not null;

    private static object? Scalar(SqliteConnection connection, string sql, params (string Name, object? Value)[] values)
    {
        using var query = connection.Statement(sql, values);
        return query.ExecuteScalar();
    }

    private static T Look<T>(string path, Func<SqliteConnection, T> look)
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = 30 }.ToString());
            connection.Open();
            return look(connection);
        }
        catch (SqliteException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }
}
