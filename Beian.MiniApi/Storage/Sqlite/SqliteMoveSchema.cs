using Beian.MiniApi.Storage.Moving;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Whether a file is one whose rows can be moved.</summary>
internal static class SqliteMoveSchema
{
    /// <exception cref="InvalidDataException">Another version of the program made it.</exception>
    public static void RefuseOther(SqliteConnection connection, string path)
    {
        HashSet<string> applied;
        try
        {
            using var query = connection.Statement("SELECT name FROM schema_migrations;");
            applied = SqliteMoveRows.All(query).Select(r => (string)r[0]!).ToHashSet(StringComparer.Ordinal);
        }
        catch (SqliteException e)
        {
            throw new InvalidDataException($"{path} is no database of this program: {e.Message}", e);
        }

        if (applied.Except(SqliteMigrations.Names()).FirstOrDefault() is { } newer)
        {
            throw new InvalidDataException($"{path} was written by a newer program ({newer}): move it with that one.");
        }

        if (SqliteMigrations.Names().Except(applied).FirstOrDefault() is { } missing)
        {
            throw new InvalidDataException($"{path} was written by an older program ({missing} is missing): start the service on it once, stop it, and move then.");
        }
    }

    /// <summary>Rows whose owner is gone have no place in a document.</summary>
    /// <exception cref="InvalidDataException">There are some.</exception>
    public static void RefuseLoose(SqliteConnection connection)
    {
        foreach (var table in MovedTables.All)
        {
            foreach (var part in table.Parts)
            {
                var only = part.Only is { } o ? $"{o.Column} = '{o.Value}' AND " : string.Empty;
                var where = $"{only}{part.Owner} NOT IN (SELECT {table.Key[0]} FROM {table.Name})";
                using var count = connection.Statement($"SELECT count(*) FROM {part.Table.Name} WHERE {where};");
                if (count.ExecuteScalar() is long loose and > 0)
                {
                    throw new InvalidDataException(
                        $"{loose} rows of {part.Table.Name} belong to nothing in {table.Name}, so they have no place to move to. Look at them (SELECT * FROM {part.Table.Name} WHERE {where}), and delete them once you know why they are there.");
                }
            }
        }
    }
}
