using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Numbered SQL scripts, embedded in the assembly and applied once each, in order.</summary>
internal static class SqliteMigrations
{
    private const string Prefix = "Beian.MiniApi.Storage.Sqlite.Migrations.";

    /// <summary>The scripts of this version of the program, in their order.</summary>
    public static IReadOnlyList<string> Names() =>
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(n => n[Prefix.Length..]).Order(StringComparer.Ordinal)];

    public static void Apply(SqliteConnection connection)
    {
        SqliteDatabase.Execute(connection, "CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY) STRICT;");
        var applied = new HashSet<string>(StringComparer.Ordinal);
        using (var query = connection.CreateCommand())
        {
            query.CommandText = "SELECT name FROM schema_migrations;";
            using var reader = query.ExecuteReader();
            while (reader.Read())
            {
                applied.Add(reader.GetString(0));
            }
        }

        foreach (var name in Names().Where(n => !applied.Contains(n)))
        {
            using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name)!);
            using var transaction = connection.BeginTransaction();
            SqliteDatabase.Execute(connection, reader.ReadToEnd());
            using var mark = connection.CreateCommand();
            mark.CommandText = "INSERT INTO schema_migrations (name) VALUES ($name);";
            mark.Parameters.AddWithValue("$name", name);
            mark.ExecuteNonQuery();
            transaction.Commit();
        }
    }
}
