using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Looks at a database file without changing it, also while the service runs.</summary>
public static class SqliteExamination
{
    private const int MaxFaults = 10;

    /// <exception cref="InvalidDataException">It is no database of SQLite, or cannot be read.</exception>
    public static StoreExamination Of(string path)
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = 30 }.ToString());
            connection.Open();
            var applied = Texts(connection, "SELECT name FROM schema_migrations;");
            var known = SqliteMigrations.Names();
            var newest = applied.Contains("0125_audit.sql") ? AuditRows.HeadOf(connection)?.At : null;
            return new StoreExamination(
                [.. Texts(connection, $"PRAGMA quick_check({MaxFaults});").Where(t => t != "ok")], [.. known.Except(applied)], [.. applied.Except(known)], newest);
        }
        catch (SqliteException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static List<string> Texts(SqliteConnection connection, string sql)
    {
        using var query = connection.Statement(sql);
        using var reader = query.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
