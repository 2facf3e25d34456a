using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.Storage;
using Beian.MiniApi.Vault;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Tests.Vault;

/// <summary>What stands in the rows, and what becomes of it when keys change.</summary>
#pragma warning disable CA1001 // xunit disposes through IAsyncLifetime.
public sealed class SealedRowTests : IAsyncLifetime
#pragma warning restore CA1001
{
    /// <summary>Columns of bytes that are no payload, each with why.</summary>
    private static readonly Dictionary<string, string> NotSealed = new(StringComparer.Ordinal)
    {
        ["refresh_tokens.hash"] = "SHA-256 of a random token",
        ["letter_links.hash"] = "hash of a random ticket",
        ["account_links.hash"] = "hash of a random code",
        ["face_handovers.code_hash"] = "hash of a random code",
        ["audit_entries.reason"] = "keyed digest",
        ["audit_entries.before"] = "keyed digest",
        ["audit_entries.after"] = "keyed digest",
        ["audit_entries.mac"] = "keyed hash",
        ["audit_chain.mac"] = "keyed hash",
        ["audit_chain.signature"] = "keyed hash",
        ["audit_checkpoints.mac"] = "keyed hash",
        ["audit_checkpoints.signature"] = "keyed hash",
        ["data_keys.wrapped"] = "wrapped by the key ring",
    };

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "beian-sealed-" + Guid.NewGuid().ToString("N"));
    private readonly EphemeralDataProtectionProvider _formerly = new();
    private readonly KeyRing _ring = ARing.New();
    private SqliteDatabase _database = null!;

    public Task InitializeAsync()
    {
        _database = Open();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Tables_EveryColumnOfBytes_IsSealedOrSaysWhyNot()
    {
        var bytes = _database.Read(c => Column(c, "SELECT m.name || '.' || i.name FROM sqlite_master m JOIN pragma_table_info(m.name) i WHERE m.type = 'table' AND i.type = 'BLOB';"));
        var known = SealedColumns.All.Where(c => !c.IsText).Select(c => $"{c.Table}.{c.Column}").Concat(NotSealed.Keys);

        Assert.Equal(bytes.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Row_WithThePayloadOfAnother_DoesNotOpen()
    {
        var store = new SqliteFilingStore(_database);
        var (one, other) = (StoredFilings.Draft(1, "a"), StoredFilings.Draft(2, "b"));
        await store.AddAsync(one, null, default);
        await store.AddAsync(other, null, default);

        await RunAsync($"UPDATE filings SET payload = (SELECT payload FROM filings WHERE id = '{one.Id}') WHERE id = '{other.Id}';");

        Assert.NotNull(await store.FindAsync(one.Id, default));
        await Assert.ThrowsAnyAsync<CryptographicException>(() => store.FindAsync(other.Id, default));
    }

    [Fact]
    public async Task Reseal_RowsOfAnOlderVersion_AreReadAsTheyAreAndSealedAfterwards()
    {
        var store = new SqliteFilingStore(_database);
        var filing = StoredFilings.Draft(1, "a").Renamed("旧版本的公司");
        await store.AddAsync(filing, null, default);
        await _database.WriteAsync(c => c.Run("UPDATE filings SET payload = $p;", ("$p", JsonSerializer.SerializeToUtf8Bytes(filing.Saved(1).Snapshot, StoredJson.Options))), default);
        await _database.WriteAsync(
            c => c.Run(
                "INSERT INTO users (id, account_id, openid_index, session_key, payload) VALUES ('u', 'a', 'i', $k, $p);",
                ("$k", _formerly.CreateProtector("wechat.sessionKey").Protect(Encoding.UTF8.GetBytes("session key"))),
                ("$p", _formerly.CreateProtector("storage.user").Protect("""{"openId":"old openid","createdAt":"2026-01-01T00:00:00Z"}"""u8.ToArray()))),
            default);
        await RunAsync("INSERT INTO sessions (id, owner_id, role, started_at, lifetime, expires_at, ended, device, last_used_at) VALUES ('s', 'u', 1, 0, 1, 9999999999999, 0, 'old device', 0);");
        Assert.True(Holds("旧版本的公司") && Holds("old device"));
        await ReadableAsync();

        var done = await Reseal().RunAsync(TimeSpan.Zero, Silent.Instance, default);

        Assert.Equal((4, 0), (done.Count, done.Unreadable));
        await ReadableAsync();
        Assert.Equal(0, NotCurrent());
        Assert.False(Holds("旧版本的公司") || Holds("old device"));

        async Task ReadableAsync()
        {
            Assert.Equal("旧版本的公司", (await store.FindAsync(filing.Id, default))!.Snapshot.Subject.Name);
            Assert.Equal("old openid", (await new SqliteUserStore(_database).FindAsync("u", default))!.OpenId);
            Assert.Equal("session key", Encoding.UTF8.GetString((await new SqliteUserStore(_database).FindSessionKeyAsync("u", default))!));
            Assert.Equal("old device", Assert.Single(await new SqliteSessionStore(_database).ListAsync("u", null, 10, DateTimeOffset.UnixEpoch, default)).Device);
        }
    }

    [Fact]
    public async Task Rotate_UnderLoad_LosesNoWriteAndLeavesNothingToOldKeys()
    {
        var store = new SqliteFilingStore(_database);
        using var stop = new CancellationTokenSource();
        var acknowledged = new Dictionary<string, string>[8];
        var load = Enumerable.Range(0, acknowledged.Length).Select(w => Task.Run(() => WriteAsync(w))).ToArray();
        var resealing = Reseal();
        for (var rotation = 0; rotation < 3; rotation++)
        {
            await Task.Delay(150);
            await resealing.OrderAsync(default);
            await resealing.RunAsync(TimeSpan.FromMilliseconds(1), Silent.Instance, default);
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        await resealing.RunAsync(TimeSpan.Zero, Silent.Instance, default);

        await _database.DisposeAsync();
        _database = Open();
        store = new SqliteFilingStore(_database);
        Assert.True(acknowledged.Sum(a => a.Count) > 50, "Hardly anything was written.");
        foreach (var (id, name) in acknowledged.SelectMany(a => a))
        {
            Assert.Equal(name, (await store.FindAsync(id, default))!.Snapshot.Subject.Name);
        }

        Assert.Equal(0, NotCurrent());
        Assert.Equal(4, _database.Sealer.ActiveId);

        async Task WriteAsync(int writer)
        {
            var mine = acknowledged[writer] = new Dictionary<string, string>(StringComparer.Ordinal);
            for (var n = writer * 10_000; !stop.IsCancellationRequested; n++)
            {
                var filing = (await store.AddAsync(StoredFilings.Draft(n + 1, "acc" + n), null, default)).Saved!;
                mine[filing.Id] = filing.Snapshot.Subject.Name ?? "none";
                for (var save = 0; save < 3; save++)
                {
                    filing = (await store.ReplaceAsync(filing.Renamed($"name {n}-{save}"), null, default)).Saved!;
                    mine[filing.Id] = filing.Snapshot.Subject.Name!;
                }
            }
        }
    }

    [Fact]
    public async Task Reseal_RowThatIsChangedMeanwhile_LeavesTheChange()
    {
        var store = new SqliteFilingStore(_database);
        var filing = (await store.AddAsync(StoredFilings.Draft(1, "a"), null, default)).Saved!;
        await Reseal().OrderAsync(default);
        using var begun = new ManualResetEventSlim();
        var release = new TaskCompletionSource();
        var held = _database.WriteAsync(
            _ =>
            {
                begun.Set();
                return release.Task.Wait(TimeSpan.FromSeconds(30));
            },
            default);
        begun.Wait(TimeSpan.FromSeconds(30));

        // It waits for the writer, and the sealing that has read the row as it was waits behind it.
        var change = store.ReplaceAsync(filing.Renamed("changed"), null, default);
        var reseal = Task.Run(() => Reseal().RunAsync(TimeSpan.Zero, Silent.Instance, default));
        await Task.Delay(500);
        release.SetResult();
        await Task.WhenAll(held, change, reseal);

        Assert.Equal("changed", (await store.FindAsync(filing.Id, default))!.Snapshot.Subject.Name);
    }

    [Fact]
    public async Task Reseal_EndedBeforeItsTime_GoesOnAfterARestart()
    {
        var store = new SqliteFilingStore(_database);
        for (var n = 1; n <= 250; n++)
        {
            await store.AddAsync(StoredFilings.Draft(n, "a" + n), null, default);
        }

        var resealing = Reseal();
        Assert.True(await resealing.IsDueAsync(default));
        await resealing.RunAsync(TimeSpan.Zero, Silent.Instance, default);
        Assert.False(await resealing.IsDueAsync(default));
        await resealing.OrderAsync(default);
        using var kill = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => resealing.RunAsync(TimeSpan.FromMilliseconds(1), new Silent(kill.Cancel), kill.Token));
        Assert.InRange(NotCurrent(), 100, 200);

        await _database.DisposeAsync();
        _database = Open();
        Assert.True(await Reseal().IsDueAsync(default));
        await Reseal().RunAsync(TimeSpan.Zero, Silent.Instance, default);

        Assert.Equal(0, NotCurrent());
        Assert.False(await Reseal().IsDueAsync(default));
    }

    [Fact]
    public async Task Keep_AfterTheRingChanged_WrapsTheDataKeysByTheNewKeySoThatTheOldOneCanGo()
    {
        var store = new SqliteFilingStore(_database);
        var filing = StoredFilings.Draft(1, "a");
        await store.AddAsync(filing, null, default);
        Assert.Throws<InvalidDataException>(() => _ring.Replace(ARing.Keys("new", "new")));

        _ring.Replace(ARing.Keys("new", "test", "new"));
        var kept = await new SqliteDataKeys(_database, TimeProvider.System).KeepAsync(default);

        Assert.Equal(1, kept.Rewrapped);
        _ring.Replace(ARing.Keys("new", "new"));
        await _database.DisposeAsync();
        Assert.Throws<InvalidDataException>(() => new SqliteDatabase(Path.Combine(_folder, "beian.db"), new Sealer(ARing.New("test"))));
        _database = Open();
        Assert.NotNull(await new SqliteFilingStore(_database).FindAsync(filing.Id, default));
    }

    [Fact]
    public async Task Keep_KeyThatIsOldOrHasSealedOften_MakesANewOne()
    {
        var keys = new SqliteDataKeys(_database, TimeProvider.System);
        Assert.False((await keys.KeepAsync(default)).IsRenewed);
        await RunAsync("UPDATE data_keys SET created_at = 0;");
        Assert.True((await keys.KeepAsync(default)).IsRenewed);
        Assert.False((await keys.KeepAsync(default)).IsRenewed);
        await RunAsync($"UPDATE data_keys SET seals = {Sealer.SealsPerKey} WHERE id = 2;");
        await _database.DisposeAsync();
        _database = Open();
        Assert.True((await new SqliteDataKeys(_database, TimeProvider.System).KeepAsync(default)).IsRenewed);
        Assert.Equal(3, _database.Sealer.ActiveId);
    }

    private SqliteDatabase Open() => new(Path.Combine(_folder, "beian.db"), new Sealer(_ring, (purpose, bytes) => _formerly.CreateProtector(purpose).Unprotect(bytes)));

    private Resealing Reseal()
    {
        var rows = new SqliteReseal(_database, TimeProvider.System);
        return new Resealing([rows], new SqliteDataKeys(_database, TimeProvider.System), rows);
    }

    /// <summary>How many values another key than the active one has sealed, or none.</summary>
    private long NotCurrent() => _database.Read(connection => SealedColumns.All.Sum(c =>
    {
        using var query = connection.Statement(
            $"SELECT count(*) FROM {c.Table} WHERE {c.Column} IS NOT NULL AND substr({c.Column}, 1, $l) <> $m;",
            ("$l", c.IsText ? 9 : 6),
            ("$m", c.IsText ? _database.Sealer.CurrentTextMark() : _database.Sealer.CurrentMark()));
        return (long)query.ExecuteScalar()!;
    }));

    private bool Holds(string word) => Directory.EnumerateFiles(_folder).Any(file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0;
    });

    private async Task RunAsync(string sql)
    {
        await _database.WriteAsync(c => c.Run(sql), default);
        _database.Read(c => c.Run("PRAGMA wal_checkpoint(TRUNCATE);"));
    }

    private static List<string> Column(SqliteConnection connection, string sql)
    {
        using var query = connection.Statement(sql);
        using var reader = query.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    private sealed class Silent(Action? told = null) : IProgress<ResealProgress>
    {
        public static readonly Silent Instance = new();

        public void Report(ResealProgress value)
        {
            if (value.Resealed > 0)
            {
                told?.Invoke();
            }
        }
    }
}
