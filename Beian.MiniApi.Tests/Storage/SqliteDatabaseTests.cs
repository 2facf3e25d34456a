using System.Threading.Channels;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Vault;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>The single writer: groups, order, failures, the schema, a full disk.</summary>
#pragma warning disable CA1001 // xunit disposes through IAsyncLifetime.
public sealed class SqliteDatabaseTests(ITestOutputHelper output) : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "beian-sqlite-" + Guid.NewGuid().ToString("N"));
    private readonly KeyRing _ring = ARing.New();
    private SqliteDatabase _database = null!;

    private string File => Path.Combine(_folder, "beian.db");

    public Task InitializeAsync()
    {
        _database = new SqliteDatabase(File, new Sealer(_ring));
        return Put("first");
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Write_FromManyAtOnce_SharesCommits()
    {
        const int writers = 64;
        const int each = 50;
        var before = _database.Counters;

        await Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                await Put($"{w}-{i}");
            }
        })));

        var (commits, saves) = (_database.Counters.Commits - before.Commits, _database.Counters.Saves - before.Saves);
        output.WriteLine($"{saves} saves by {writers} writers in {commits} commits: {(double)saves / commits:0.0} saves a commit.");
        Assert.Equal(writers * each, saves);
        Assert.True(commits * 4 <= saves, $"{saves} saves took {commits} commits.");
        Assert.Equal((writers * each) + 1, Names().Count);
    }

    [Fact]
    public async Task Write_OneByOne_CommitsEach()
    {
        var before = _database.Counters;

        await Put("a");
        await Put("b");

        Assert.Equal((2, 2), (_database.Counters.Commits - before.Commits, _database.Counters.Saves - before.Saves));
    }

    [Fact]
    public async Task Write_ThatFailsInAGroup_UndoesOnlyItself()
    {
        var before = _database.Counters.Commits;
        var (release, gate) = HoldWriter();
        var good = Put("good");
        var bad = _database.WriteAsync<int>(
            connection =>
            {
                Insert(connection, "half");
                throw new InvalidOperationException("made up");
            },
            default);
        var late = Put("late");
        release.SetResult();
        await gate;

        await good;
        await late;
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => bad);

        Assert.Equal("made up", thrown.Message);
        Assert.Equal(["first", "good", "late"], Names());
        Assert.Equal(2, _database.Counters.Commits - before);
    }

    [Fact]
    public async Task Write_ManyWaiting_KeepsTheirOrder()
    {
        var (release, gate) = HoldWriter();
        var waiting = Enumerable.Range(0, 600).Select(i => Put(i.ToString("0000", null))).ToArray();
        release.SetResult();
        await gate;

        await Task.WhenAll(waiting);

        Assert.Equal(Enumerable.Range(0, 600).Select(i => i.ToString("0000", null)), Names().Skip(1));
    }

    [Fact]
    public async Task Write_CancelledWhileItWaits_IsNotDone()
    {
        using var cancel = new CancellationTokenSource();
        var (release, gate) = HoldWriter();
        var waiting = Put("cancelled", cancel.Token);
        await cancel.CancelAsync();
        release.SetResult();
        await gate;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(["first"], Names());
    }

    [Fact]
    public async Task Write_IsFlushedToTheDiskAtEveryCommit()
    {
        var synchronous = await _database.WriteAsync(c => Scalar(c, "PRAGMA synchronous;"), default);
        var journal = await _database.WriteAsync(c => Scalar(c, "PRAGMA journal_mode;"), default);

        Assert.Equal((2L, "wal"), ((long)synchronous, (string)journal));
    }

    [Fact]
    public async Task Dispose_WithWritesWaiting_FinishesThemAndTakesNoMore()
    {
        var (release, gate) = HoldWriter();
        var waiting = Enumerable.Range(0, 20).Select(i => Put("w" + i)).ToArray();
        var disposing = _database.DisposeAsync();
        var refused = Put("too late");
        release.SetResult();
        await gate;
        await disposing;

        await Task.WhenAll(waiting);
        await Assert.ThrowsAsync<ChannelClosedException>(() => refused);
        _database = new SqliteDatabase(File, new Sealer(_ring));
        Assert.Equal(21, Names().Count);
    }

    /// <summary>A page limit is to SQLite what a full disk is.</summary>
    [Fact]
    public async Task Write_OnAFullDisk_SaysSoAndEveryAcknowledgedWriteIsThere()
    {
        await _database.WriteAsync(c => Scalar(c, $"PRAGMA max_page_count={(long)Scalar(c, "PRAGMA page_count;") + 8};"), default);
        var (release, gate) = HoldWriter();
        var big = new string('x', 100_000);
        var writes = new[] { "a", big, "b" }.Select(name => (Name: name, Task: Put(name))).ToArray();
        release.SetResult();
        await gate;

        var acknowledged = new List<string> { "first" };
        foreach (var (name, task) in writes)
        {
            if (await Record.ExceptionAsync(() => task) is { } thrown)
            {
                Assert.IsType<StorageFullException>(thrown);
            }
            else
            {
                acknowledged.Add(name);
            }
        }

        Assert.DoesNotContain(big, acknowledged);
        Assert.Equal(acknowledged, Names());

        await _database.WriteAsync(c => Scalar(c, "PRAGMA max_page_count=1000000;"), default);
        await Put(big);
        Assert.Contains(big, Names());
    }

    [Fact]
    public async Task Open_OlderFile_IsBroughtUpToDateWithItsRows()
    {
        await _database.DisposeAsync();
        var all = Scripts().ToArray();
        var old = Path.Combine(_folder, "old.db");
        await using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = old, Pooling = false }.ToString()))
        {
            await connection.OpenAsync();
            Run(connection, "CREATE TABLE schema_migrations (name TEXT PRIMARY KEY) STRICT;");
            foreach (var (name, sql) in all.Take(2))
            {
                Run(connection, sql);
                Run(connection, $"INSERT INTO schema_migrations VALUES ('{name}');");
            }

            Run(connection, "INSERT INTO idempotency VALUES ('k', 'h', x'01', 9999999999999);");
        }

        for (var start = 0; start < 2; start++)
        {
            await using var upgraded = new SqliteDatabase(old, new Sealer(_ring));
            Assert.Equal(all.Select(s => s.Name), upgraded.Read(c => Column(c, "SELECT name FROM schema_migrations ORDER BY name;")));
            Assert.NotNull(await new SqliteIdempotencyStore(upgraded).FindAsync("k", StoredFilings.Noon, default));
            await new SqliteSettingStore(upgraded).SaveAsync("newer", "table", default);
        }

        Assert.True(all.Length > 3, "Hardly any migrations found.");
        _database = new SqliteDatabase(File, new Sealer(_ring));
    }

    /// <summary>Occupies the writer until released, so that what follows waits and becomes one group.</summary>
    private (TaskCompletionSource Release, Task Done) HoldWriter()
    {
        var begun = new ManualResetEventSlim();
        var release = new TaskCompletionSource();
        var done = _database.WriteAsync(
            _ =>
            {
                begun.Set();
                return release.Task.Wait(TimeSpan.FromSeconds(30));
            },
            default);
        begun.Wait(TimeSpan.FromSeconds(30));
        return (release, done);
    }

    private Task<int> Put(string name, CancellationToken cancellationToken = default) => _database.WriteAsync(connection => Insert(connection, name), cancellationToken);

    private static int Insert(SqliteConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO settings (name, value) VALUES ($name, '');";
        command.Parameters.AddWithValue("$name", name);
        return command.ExecuteNonQuery();
    }

    private List<string> Names() => _database.Read(c => Column(c, "SELECT name FROM settings ORDER BY rowid;"));

    private static IEnumerable<(string Name, string Sql)> Scripts()
    {
        const string folder = "Beian.MiniApi.Storage.Sqlite.Migrations.";
        var assembly = typeof(SqliteDatabase).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[folder.Length..], reader.ReadToEnd());
        }
    }

#pragma warning disable CA2100 // Statements of this class.
    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }

    private static List<string> Column(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
#pragma warning restore CA2100
}
