using System.Security.Cryptography;
using Beian.MiniApi.Vault;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Copies of the database file.</summary>
internal static class SqliteBackup
{
    /// <summary>Copies the database as it is at one moment; the writer goes on meanwhile.</summary>
    /// <param name="source">Of the running database.</param>
    /// <param name="path">A new file.</param>
    public static void Copy(SqliteConnection source, string path)
    {
        SqliteDatabase.CreatePrivately(path);
        using var target = Open(path);
        source.BackupDatabase(target);
    }

    /// <summary>Looks whether a copy is whole, and whether its data keys open.</summary>
    /// <exception cref="InvalidDataException">It is not, or they do not.</exception>
    public static void Check(string path, KeyRing ring)
    {
        using var connection = Open(path);
        try
        {
            using (var check = connection.Statement("PRAGMA integrity_check(1);"))
            {
                if (check.ExecuteScalar() as string != "ok")
                {
                    throw new InvalidDataException("The database in the backup is damaged. Nothing was restored.");
                }
            }

            foreach (var row in SqliteDataKeys.List(connection))
            {
                ring.Unwrap(DataKeyRow.PurposeOf(row.Id), row.Wrapped);
            }

            SqliteDatabase.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE);");
        }
        catch (CryptographicException e)
        {
            throw new InvalidDataException("The key ring does not open the data keys of the backup: a key of it has the id of another one. Nothing was restored.", e);
        }
        catch (SqliteException e)
        {
            throw new InvalidDataException("The database in the backup cannot be read. Nothing was restored.", e);
        }
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
