using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Numbered SQL scripts, embedded in the assembly and applied once each, in order.</summary>
internal static class SqliteMigrations
{
    private const string Prefix = "Beian.MiniApi.Storage.Sqlite.Migrations.";

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

        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var name = resource[Prefix.Length..];
            if (applied.Contains(name))
            {
                continue;
            }

            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
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
