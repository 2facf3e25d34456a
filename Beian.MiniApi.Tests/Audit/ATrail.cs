using System.Globalization;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Tests.Audit;

/// <summary>A database with an audit trail and nothing else in it, and ways to tamper with it.</summary>
internal sealed class ATrail : IAsyncDisposable
{
    private const int PerWrite = 500;

    private SqliteDatabase? _database;

    public ATrail(TimeProvider? time = null) => Reopen(time);

    public static AuditSecret Secret { get; } = new([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    public string Folder { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "beian-trail-" + Guid.NewGuid().ToString("N"));

    public string Path => System.IO.Path.Combine(Folder, "beian.db");

    public SqliteDatabase Database => _database!;

    public SqliteAuditLog Log { get; private set; } = null!;

    public void Reopen(TimeProvider? time = null)
    {
        _database = new SqliteDatabase(Path, ARing.Sealer(), Secret, time);
        Log = new SqliteAuditLog(_database, Secret, time ?? TimeProvider.System);
    }

    /// <summary>So many views, each of a thing whose id occurs nowhere else.</summary>
    public async Task FillAsync(int count)
    {
        AuditScope.Enter("user-1", "applicant", "GetFiling", "00112233aabbccdd");
        for (var i = 0; i < count; i += PerWrite)
        {
            await Log.RecordAsync([.. Enumerable.Range(i + 1, Math.Min(PerWrite, count - i)).Select(n => new Sighting(AuditActs.Viewed, "filings", Thing(n), "account-1"))], default);
        }
    }

    public static string Thing(int n) => "thing" + n.ToString("d8", CultureInfo.InvariantCulture);

    /// <summary>Ends the database, so that everything is in the one file.</summary>
    public async Task CloseAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
            _database = null;
            SqliteConnection.ClearAllPools();
        }
    }

    public AuditVerdict Verify(params AuditHead[] heads) => new SqliteAuditVerifier(Secret).Verify(Path, heads, null, default);

    public void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        foreach (var text in new[] { "DROP TRIGGER IF EXISTS audit_entries_stay;", "DROP TRIGGER IF EXISTS audit_entries_last;", sql })
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of the tests.
            command.CommandText = text;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
