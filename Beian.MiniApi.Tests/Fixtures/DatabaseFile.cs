using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>The database of a program of its own, read beside it.</summary>
internal static class DatabaseFile
{
    /// <summary>The first column of each row, as text.</summary>
    /// <param name="folder">The program's data folder.</param>
    /// <param name="sql">A constant of a test.</param>
    /// <param name="values">Its parameters.</param>
    public static List<string> Ask(string folder, string sql, params (string Name, object Value)[] values)
    {
        using var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "beian.db"), Pooling = false, Mode = SqliteOpenMode.ReadOnly }.ToString());
        database.Open();
        using var query = database.CreateCommand();
#pragma warning disable CA2100 // A constant of a test.
        query.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            query.Parameters.AddWithValue(name, value);
        }

        using var reader = query.ExecuteReader();
        var found = new List<string>();
        while (reader.Read())
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }
}
