using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.Storage;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Tests.Audit;

/// <summary>What is written into the trail, and with what.</summary>
public sealed class AuditTrailTests
{
    [Fact]
    public async Task Write_ThatChangesRows_LeavesAnEntryEachWithDigestsThatFollow()
    {
        await using var trail = new ATrail();
        var store = new SqliteFilingStore(trail.Database);
        AuditScope.Enter("user-1", "applicant", "PutSubject", "source");

        var filing = (await store.AddAsync(StoredFilings.Draft(1, "account-1"), null, default)).Saved!;
        await store.ReplaceAsync(filing.Renamed("甲"), null, default);

        var entries = Entries(trail);
        Assert.Equal([AuditActs.Created, AuditActs.Changed], entries.Select(e => e.Act));
        Assert.All(entries, e => Assert.Equal(("user-1", "applicant", "PutSubject", "source", "filings", filing.Id, "account-1"), (e.Actor, e.Role, e.Route, e.Source, e.Kind, e.Thing, e.Owner)));
        Assert.Null(entries[0].Before);
        Assert.Equal(entries[0].After, entries[1].Before);
        Assert.NotEqual(entries[1].Before, entries[1].After);
        Assert.Empty(trail.Verify().Faults);
    }

    [Fact]
    public async Task Write_ThatIsUndone_LeavesNone()
    {
        await using var trail = new ATrail();
        await trail.FillAsync(1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => trail.Database.WriteAsync<int>(
            connection =>
            {
                connection.Run("INSERT INTO accounts (id, payload) VALUES ('a', x'00');");
                throw new InvalidOperationException();
            },
            default));
        await trail.Database.WriteAsync(connection => connection.Run("INSERT INTO accounts (id, payload) VALUES ('b', x'00');"), default);

        Assert.Equal([ATrail.Thing(1), "b"], Entries(trail).Select(e => e.Thing));
        Assert.Equal(("system", "system"), (Entries(trail)[1].Actor, Entries(trail)[1].Role));
        Assert.Empty(trail.Verify().Faults);
    }

    [Fact]
    public async Task Open_Again_GoesOnWithTheChain()
    {
        await using var trail = new ATrail();
        await trail.FillAsync(3);
        var before = trail.Log.Head()!;
        await trail.CloseAsync();
        trail.Reopen();
        await trail.FillAsync(2);

        Assert.Equal((before.Instance, 5L), (trail.Log.Head()!.Instance, trail.Log.Head()!.Seq));
        Assert.Empty(trail.Verify(before).Faults);
    }

    [Fact]
    public async Task Write_AfterAnotherProcessWrote_GoesOnBehindIt()
    {
        await using var trail = new ATrail();
        await trail.FillAsync(3);
        await using (var other = new SqliteDatabase(trail.Path, ARing.Sealer(), ATrail.Secret))
        {
            await other.WriteAsync(connection => connection.Run("INSERT INTO accounts (id, payload) VALUES ('a', x'00');"), default);
            await trail.FillAsync(2);
            await other.WriteAsync(connection => connection.Run("INSERT INTO accounts (id, payload) VALUES ('b', x'00');"), default);
        }

        await trail.FillAsync(1);

        Assert.Equal(8, trail.Log.Head()!.Seq);
        Assert.Empty(trail.Verify().Faults);
    }

    [Fact]
    public async Task Write_AfterTheTailWasCutOff_LeavesTheGapToBeSeen()
    {
        await using var trail = new ATrail();
        await trail.FillAsync(3);
        trail.Tamper("DELETE FROM audit_entries WHERE seq = 3; UPDATE audit_chain SET seq = 2, mac = (SELECT mac FROM audit_entries WHERE seq = 2);");

        await trail.FillAsync(1);

        Assert.Contains("missing", trail.Verify().Faults.Select(f => f.Code));
    }

    [Fact]
    public async Task Tables_AllOfThem_AreWatchedOrSayWhyNot()
    {
        await using var trail = new ATrail();
        var tables = Texts(trail, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!';");
        var watched = await trail.Database.WriteAsync(connection => Read(connection, "SELECT DISTINCT tbl_name FROM temp.sqlite_schema WHERE type = 'trigger';"), default);

        Assert.Equal([], AuditedThings.Unwatched.Keys.Except(tables));
        Assert.Equal(tables.Except(AuditedThings.Unwatched.Keys).Order(StringComparer.Ordinal), watched.Order(StringComparer.Ordinal));
        Assert.Equal(["filings", "accounts", "users", "subjects", "consents", "staff", "sessions", "resources", "auth_codes"], new[] { "filings", "accounts", "users", "subjects", "consents", "staff", "sessions", "resources", "auth_codes" }.Intersect(watched));
    }

    [Fact]
    public async Task Entries_AreNeverChangedNorDeletedAboveACheckpoint()
    {
        await using var trail = new ATrail();
        await trail.FillAsync(3);

        foreach (var sql in new[] { "UPDATE audit_entries SET actor = 'x' WHERE seq = 2;", "DELETE FROM audit_entries WHERE seq = 3;" })
        {
            var refused = await Assert.ThrowsAsync<SqliteException>(() => trail.Database.WriteAsync(connection => connection.Run(sql), default));
            Assert.Contains("audit entries are", refused.Message, StringComparison.Ordinal);
        }

        Assert.Empty(trail.Verify().Faults);
    }

    [Fact]
    public async Task Prune_OfOldEntries_LeavesASignedCheckpointAndTheRestVerifies()
    {
        var time = new StillTime();
        await using var trail = new ATrail(time);
        await trail.FillAsync(3000);
        var old = trail.Log.Head()!;
        time.Advance(TimeSpan.FromDays(400));
        await trail.FillAsync(10);
        var head = trail.Log.Head()!;

        var pruned = await trail.Log.PruneAsync(time.GetUtcNow().AddDays(-365), default);

        Assert.Equal((3000L, 3000L, AuditHead.Checkpoint), (pruned!.Value.Deleted, pruned.Value.Checkpoint.Seq, pruned.Value.Checkpoint.Kind));
        var verdict = trail.Verify(old, head, pruned.Value.Checkpoint, trail.Log.Head()!);
        Assert.Empty(verdict.Faults);
        Assert.Equal(12, verdict.Entries);
        Assert.Null(await trail.Log.PruneAsync(time.GetUtcNow().AddDays(-365), default));

        trail.Tamper("UPDATE audit_checkpoints SET seq = seq - 1;");
        Assert.Contains(trail.Verify().Faults, f => f.Code == "badSignature");
    }

    private static List<AuditEntry> Entries(ATrail trail) => [.. trail.Database.Read(connection => AuditRows.All(connection).Select(r => r.Entry).ToArray())];

    private static List<string> Texts(ATrail trail, string sql) => trail.Database.Read(connection => Read(connection, sql));

    private static List<string> Read(SqliteConnection connection, string sql)
    {
        using var query = connection.Statement(sql);
        using var reader = query.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
