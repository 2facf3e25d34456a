using System.Diagnostics;
using System.Security.Cryptography;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Backups;
using Beian.MiniApi.Storage.Files;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.Storage;
using Beian.MiniApi.Vault;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Tests.Vault;

#pragma warning disable CA1001 // xunit disposes through IAsyncLifetime.
public sealed class BackupTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "beian-backup-" + Guid.NewGuid().ToString("N"));
    private readonly KeyRing _ring = ARing.New();
    private SqliteDatabase _database = null!;
    private SqliteFilingStore _filings = null!;
    private FileMaterialStore _materials = null!;

    private string Data => Path.Combine(_root, "data");

    private string File => Path.Combine(_root, "backup.tar");

    private SqliteReseal Orders => new(_database, TimeProvider.System);

    private string Target => Path.Combine(_root, "target");

    public Task InitializeAsync()
    {
        _database = Open(Data);
        (_filings, _materials) = (new SqliteFilingStore(_database), Materials(Data, _database.Sealer));
        return Orders.EndAsync(1, 0, 0, default);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Backup_UnderLoad_RestoresWithEveryWriteAcknowledgedBefore()
    {
        using var stop = new CancellationTokenSource();
        var acknowledged = new System.Collections.Concurrent.ConcurrentDictionary<string, (string Name, byte[] Paper, string PaperId)>(StringComparer.Ordinal);
        var load = Enumerable.Range(0, 4).Select(w => Task.Run(() => WriteAsync(w))).ToArray();
        while (acknowledged.Count < 40)
        {
            await Task.Delay(10);
        }

        var before = acknowledged.ToArray();
        var during = new During(() => SpinWait.SpinUntil(() => acknowledged.Count > before.Length + 5, TimeSpan.FromSeconds(20)));
        var summary = await new Backup(Data, () => _database, () => Orders).WriteAsync(File, during, default);
        var after = acknowledged.Count;
        await stop.CancelAsync();
        await Task.WhenAll(load);
        Assert.True(after > before.Length, "Nothing was written during the backup.");
        Assert.True(summary.Files >= before.Length);

        await RestoreAsync();

        await using var database = Open(Target);
        var (filings, materials) = (new SqliteFilingStore(database), Materials(Target, database.Sealer));
        Assert.All(before, b => Assert.NotNull(filings.FindAsync(b.Key, default).Result));
        var there = acknowledged.Where(a => filings.FindAsync(a.Key, default).Result is not null).ToArray();
        Assert.True(there.Length > before.Length, "Nothing of what came during the backup is in it.");
        foreach (var (id, (name, paper, paperId)) in there)
        {
            Assert.Equal(name, (await filings.FindAsync(id, default))!.Snapshot.Subject.Name);
            await using var content = await materials.OpenAsync(paperId, default);
            using var copy = new MemoryStream();
            await content!.CopyToAsync(copy);
            Assert.Equal(paper, copy.ToArray());
        }

        async Task WriteAsync(int writer)
        {
            for (var n = writer * 10_000; !stop.IsCancellationRequested; n++)
            {
                var (paper, paperId) = (RandomNumberGenerator.GetBytes(20_000), IMaterialStore.NewId());
                await using (var staged = await _materials.StageAsync(new MemoryStream(paper), paper.Length, default))
                {
                    await _materials.CommitAsync(staged!, paperId, default);
                }

                var saved = (await _filings.AddAsync(StoredFilings.Draft(n + 1, "acc" + n).Renamed("name " + n), null, default)).Saved!;
                acknowledged[saved.Id] = ("name " + n, paper, paperId);
            }
        }
    }

    [Fact]
    public async Task Backup_OntoAFileThatIsThere_IsRefusedAndLeavesIt()
    {
        await System.IO.File.WriteAllTextAsync(File, "mine");

        await Assert.ThrowsAsync<IOException>(BackUpAsync);

        Assert.Equal("mine", await System.IO.File.ReadAllTextAsync(File));
        Assert.Equal([File], Directory.GetFiles(_root));
    }

    [Fact]
    public async Task Backup_BeforeEverythingIsSealed_IsRefused()
    {
        await _database.WriteAsync(c => c.Run("DELETE FROM resealings;"), default);

        Assert.Contains("not sealed yet", (await Assert.ThrowsAsync<InvalidDataException>(BackUpAsync)).Message, StringComparison.Ordinal);

        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task Restore_DamagedAnywhere_IsRefusedAndTouchesNothing()
    {
        await _filings.AddAsync(StoredFilings.Draft(1, "a"), null, default);
        await BackUpAsync();
        var whole = await System.IO.File.ReadAllBytesAsync(File);
        foreach (var place in Enumerable.Range(0, 20).Select(i => (int)((long)i * (whole.Length - 1) / 19)))
        {
            var damaged = whole.ToArray();
            damaged[place] ^= 1;
            await RefusedAsync(damaged);
        }

        await RefusedAsync(whole[..^1]);
        await RefusedAsync(whole[..(whole.Length / 2)]);
        await RefusedAsync([.. whole, 0]);
        await RefusedAsync([]);

        await System.IO.File.WriteAllBytesAsync(File, whole);
        await RestoreAsync();

        async Task RefusedAsync(byte[] bytes)
        {
            await System.IO.File.WriteAllBytesAsync(File, bytes);
            await Assert.ThrowsAsync<InvalidDataException>(RestoreAsync);
            Assert.False(Directory.Exists(Target));
        }
    }

    [Fact]
    public async Task Restore_IntoAFolderInUseOrWithAnotherRing_IsRefused()
    {
        await BackUpAsync();
        Directory.CreateDirectory(Path.Combine(Target, "keys"));
        var other = new Restore(Target, () => ARing.New("another"));
        await Assert.ThrowsAsync<InvalidDataException>(() => other.RunAsync(File, Silent.Instance, default));
        Assert.Equal(["keys"], Directory.GetFileSystemEntries(Target).Select(Path.GetFileName));

        await System.IO.File.WriteAllTextAsync(Path.Combine(Target, "beian.db"), "mine");
        await Assert.ThrowsAsync<IOException>(RestoreAsync);
        Assert.Equal("mine", await System.IO.File.ReadAllTextAsync(Path.Combine(Target, "beian.db")));
    }

    /// <summary>The verbs, on the data folder of a program that runs.</summary>
    [Fact]
    public async Task Verbs_OnARunningProgram_RotateBackUpAndRestore()
    {
        await using var app = TestApp.Start();
        var login = await app.LogInAsync("alice");
        string[] ring = ["--Keys:RingFile=" + Path.Combine(app.Folder, "keys", "ring.json")];
        var start = Stopwatch.StartNew();

        var rotated = await RunAsync(["keys", "rotate", "--Storage:Folder=" + app.Folder, .. ring]);
        Assert.True(rotated.ExitCode == 0, rotated.Error);
        Assert.Contains("Data key 2 seals from now on", rotated.Output, StringComparison.Ordinal);
        var backedUp = await RunAsync(["backup", File, "--Storage:Folder=" + app.Folder, .. ring]);
        Assert.True(backedUp.ExitCode == 0, backedUp.Error);
        Assert.Contains("copying the database", backedUp.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync(["backup", File, "--Storage:Folder=" + app.Folder, .. ring])).ExitCode);
        var ringless = await RunAsync(["restore", File, "--Storage:Folder=" + Target]);
        Assert.True(ringless.ExitCode == 1 && ringless.Error.Contains("There is no key ring", StringComparison.Ordinal), ringless.Error);
        Assert.False(Directory.Exists(Target));
        var restored = await RunAsync(["restore", File, "--Storage:Folder=" + Target, .. ring]);
        Assert.True(restored.ExitCode == 0, restored.Error);
        Assert.Equal(2, (await RunAsync(["backup"])).ExitCode);

        Assert.Equal(System.Net.HttpStatusCode.OK, (await app.ClientOf(login).GetAsync("/api/v1/me")).StatusCode);
        await using var database = new SqliteDatabase(Path.Combine(Target, "beian.db"), new Sealer(app.Get<KeyRing>()));
        Assert.Equal(login.Id, (await new SqliteUserStore(database).FindAsync(login.Id, default))!.Id);
        Assert.True(start.Elapsed < TimeSpan.FromMinutes(1));
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Beian.MiniApi.dll"));
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        using var program = Process.Start(start)!;
        var (output, error) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        return (program.ExitCode, await output, await error);
    }

    private SqliteDatabase Open(string folder) => new(Path.Combine(folder, "beian.db"), new Sealer(_ring));

    private static FileMaterialStore Materials(string folder, Sealer sealer) => new(folder, Options.Create(new StorageOptions()), sealer);

    private Task<BackupSummary> BackUpAsync() => new Backup(Data, () => _database, () => Orders).WriteAsync(File, Silent.Instance, default);

    private Task<BackupSummary> RestoreAsync() => new Restore(Target, () => _ring).RunAsync(File, Silent.Instance, default);

    /// <summary>Waits between the first look at the files and the copy of the database.</summary>
    private sealed class During(Action wait) : IProgress<BackupProgress>
    {
        public void Report(BackupProgress value)
        {
            if (value.Step == "copying the database")
            {
                wait();
            }
        }
    }

    private sealed class Silent : IProgress<BackupProgress>
    {
        public static readonly Silent Instance = new();

        public void Report(BackupProgress value)
        {
        }
    }
}
