using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>
/// Reads the whole trail of a database and holds every entry against the one before. It opens the file for reading only, also while the service writes to it, and
/// reads one moment of it.
/// </summary>
public sealed class SqliteAuditVerifier(AuditSecret secret)
{
    private const int ProgressEvery = 20_000;

    /// <param name="path">The database file.</param>
    /// <param name="heads">Signed heads that were kept elsewhere; the trail must go through each.</param>
    /// <param name="progress">Told the number of entries read so far, now and then.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public AuditVerdict Verify(string path, IReadOnlyCollection<AuditHead> heads, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var walk = new AuditWalk(secret, heads);
        try
        {
            using var connection = Open(path);
            using var moment = connection.BeginTransaction(deferred: true);
            walk.Begin(AuditRows.HeadOf(connection), AuditRows.CheckpointOf(connection));
            foreach (var (entry, mac) in AuditRows.All(connection))
            {
                walk.Step(entry, mac);
                if (walk.Read % ProgressEvery == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress?.Report(walk.Read);
                }
            }

            walk.End();
            walk.Add(Pages(connection));
        }
        catch (SqliteException e)
        {
            // Whatever SQLite cannot read somebody or something has damaged.
            walk.Add([new AuditFault("damaged", $"The database cannot be read: {e.Message}")]);
        }
        catch (Exception e) when (e is InvalidCastException or InvalidOperationException)
        {
            // What the driver says of NULL, or of a text, where a number was.
            walk.Add([new AuditFault("damaged", "A column holds another type than it should.")]);
        }

        return walk.Verdict();
    }

    /// <summary>The chain of a database as it stands; null before its first entry. Opens the file for reading only.</summary>
    public static AuditHead? HeadOf(string path)
    {
        using var connection = Open(path);
        return AuditRows.HeadOf(connection);
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>SQLite's own view of the table and its indexes.</summary>
    private static List<AuditFault> Pages(SqliteConnection connection)
    {
        using var query = connection.Statement("PRAGMA integrity_check('audit_entries');");
        using var reader = query.ExecuteReader();
        var faults = new List<AuditFault>();
        while (reader.Read() && reader.GetString(0) is not "ok" and var text)
        {
            faults.Add(new AuditFault("damaged", text));
        }

        return faults;
    }
}
