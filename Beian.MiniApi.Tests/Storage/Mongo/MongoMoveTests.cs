#if CLUSTER
using System.Diagnostics;
using System.Globalization;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Mongo;
using Beian.MiniApi.Storage.Moving;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.Storage.Moving;
using MongoDB.Bson;
using Xunit.Abstractions;

namespace Beian.MiniApi.Tests.Storage.Mongo;

/// <summary>From SQLite to MongoDB and back.</summary>
public sealed class MongoMoveTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly Progress<MoveStep> Nobody = new();

    /// <summary>For a measured run: <c>BEIAN_TEST_MOVE=10000</c>.</summary>
    private static readonly int Filings = int.Parse(Environment.GetEnvironmentVariable("BEIAN_TEST_MOVE") ?? "200", CultureInfo.InvariantCulture);

    private readonly MongoOptions _options = new() { ConnectionString = MongoStores.Server, Database = "beian-test-" + Guid.NewGuid().ToString("N")[..12], ServerSelectionMilliseconds = 3000 };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        using var client = MongoConnection.Client(_options);
        await client.DropDatabaseAsync(_options.Database);
    }

    [Fact]
    public async Task Move_ThereAndBack_IsEqualByteByByte_AndTheTrailVerifiesOnBothSides()
    {
        using var from = await MovableData.MakeAsync(Filings);
        using var back = new MovableData();
        var head = from.Head();
        var watch = Stopwatch.StartNew();

        Assert.True((await ThereAsync(from)).IsSame);
        output.WriteLine($"there: {watch.Elapsed}");
        using (var examiner = new MongoExaminer(_options, () => MovableData.Secret))
        {
            var verdict = examiner.VerifyAudit([head], null, default);
            Assert.Equal((0, head.Seq), (verdict.Faults.Count, verdict.LastSeq));
            Assert.Equal(head.Signature, examiner.AuditHead()!.Signature);
        }

        watch.Restart();
        Assert.True((await BackAsync(back)).IsSame);
        output.WriteLine($"back: {watch.Elapsed}");

        Assert.Equal(from.Export(), back.Export());
        Assert.Empty(back.Verify(head).Faults);
        Assert.Equal(head.Signature, back.Head().Signature);
    }

    [Fact]
    public async Task Stores_OfTheOtherEngine_ReadAndGoOnWithWhatWasMoved()
    {
        using var from = await MovableData.MakeAsync(20);
        using var back = new MovableData();
        await ThereAsync(from);
        var (head, hold) = (from.Head(), DatabaseFile.Ask(from.Folder, "SELECT key FROM holds WHERE filing_id = $id ORDER BY key;", ("$id", StoredFilings.Id(3)))[0]);

        await using (var database = Open())
        {
            var store = new MongoFilingStore(database);
            var filing = (await store.FindAsync(StoredFilings.Id(6), default))!;
            Assert.Equal("330000", filing.Snapshot.Verification.Region!.Province);
            Assert.NotNull((await store.ReplaceAsync(filing.InReview(StoredFilings.Noon.AddDays(3)), null, default)).Saved);
            Assert.Equal([StoredFilings.Id(6)], (await store.QueueByDueAsync(new QueueFilter(null, null, null, null), null, 100, default)).Select(f => f.Snapshot.Id).Where(id => id == StoredFilings.Id(6)));
            Assert.Equal("account-3", (await new MongoHoldReader(database).FindAsync([hold], default))[hold].AccountId);

            // Numbers go on behind the last one, and not over it.
            Assert.True(await MongoCounters.NextAsync(database, "resources") > 9);
            await database.Trail!.DrainAsync();
        }

        Assert.True((await BackAsync(back)).IsSame);
        await using var again = new SqliteDatabase(back.Path, MovableData.Sealer(), MovableData.Secret, TimeProvider.System);
        var moved = (await new SqliteFilingStore(again).FindAsync(StoredFilings.Id(6), default))!;
        Assert.Equal(StoredFilings.Noon.AddDays(3), moved.Snapshot.DueAt);
        var verdict = back.Verify(head);
        Assert.Empty(verdict.Faults);
        Assert.True(verdict.LastSeq > head.Seq);
    }

    [Fact]
    public async Task Verb_KilledAgainAndAgainBothWays_GoesOnWhereItWas()
    {
        using var from = await MovableData.MakeAsync(Filings);
        using var back = new MovableData();
        var kills = Filings > 1000 ? 12 : 2;

        foreach (var (engines, folder) in new[] { (new[] { "sqlite", "mongo" }, from.Folder), (["mongo", "sqlite"], back.Folder) })
        {
            var (watch, killed) = (Stopwatch.StartNew(), 0);
            for (; killed < kills && await KilledAsync(engines, folder, killed); killed++)
            {
            }

            var (exitCode, text) = await EndAsync(engines, folder);
            Assert.True(exitCode == 0 || text.Contains("moved there to the end already", StringComparison.Ordinal) || text.Contains("is in the way", StringComparison.Ordinal), text);
            output.WriteLine($"{engines[0]} to {engines[1]}, killed {killed} times: {watch.Elapsed}; {text.Split('\n').LastOrDefault(l => l.Length > 0)}");
        }

        Assert.Equal(from.Export(), back.Export());
    }

    [Fact]
    public async Task Move_IntoWhatIsNotEmpty_OrIsNotComplete_IsRefused()
    {
        using var from = await MovableData.MakeAsync(5);
        using var client = MongoConnection.Client(_options);
        var collection = client.GetDatabase(_options.Database).GetCollection<BsonDocument>("settings");
        await collection.InsertOneAsync(new BsonDocument("_id", "mine"));
        Assert.Contains("is not empty (settings)", (await Assert.ThrowsAsync<InvalidDataException>(() => ThereAsync(from))).Message, StringComparison.Ordinal);

        await client.DropDatabaseAsync(_options.Database);
        await Assert.ThrowsAsync<StoppedException>(() => ThereAsync(from, 5));
        Assert.Contains("was stopped before its end", Assert.Throws<InvalidDataException>(() => Open()).Message, StringComparison.Ordinal);

        Assert.True((await ThereAsync(from)).IsSame);
        Assert.Contains("to the end already", (await Assert.ThrowsAsync<InvalidDataException>(() => ThereAsync(from))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_OfASaveThatWasKilled_FinishesItFirst()
    {
        using var from = await MovableData.MakeAsync(5);
        using var back = new MovableData();
        await ThereAsync(from);
        using var client = MongoConnection.Client(_options);
        var follow = new BsonArray { new BsonDocument { ["c"] = "settings", ["i"] = new BsonDocument { ["_id"] = "followed", ["value"] = "yes" } } };
        var todo = new BsonDocument { ["n"] = "n1", ["at"] = 0L, ["do"] = new BsonDocument { ["a"] = follow, ["notes"] = new BsonArray() }.ToBson() };
        await client.GetDatabase(_options.Database).GetCollection<BsonDocument>("filings").UpdateOneAsync(
            new BsonDocument("_id", StoredFilings.Id(1)), new BsonDocument("$set", new BsonDocument(MongoDatabase.Todo, new BsonArray { todo })));

        Assert.True((await BackAsync(back)).IsSame);

        using var connection = back.Open();
        Assert.Equal("yes", connection.Statement("SELECT value FROM settings WHERE name = 'followed';").ExecuteScalar());
    }

    [Fact]
    public async Task Move_OfAFieldThatIsNotKnown_IsRefused()
    {
        using var from = await MovableData.MakeAsync(5);
        using var back = new MovableData();
        await ThereAsync(from);
        using var client = MongoConnection.Client(_options);
        await client.GetDatabase(_options.Database).GetCollection<BsonDocument>("webhooks").UpdateManyAsync(new BsonDocument(), new BsonDocument("$set", new BsonDocument("later", 1)));

        Assert.Contains("has the field 'later'", (await Assert.ThrowsAsync<InvalidDataException>(() => BackAsync(back))).Message, StringComparison.Ordinal);
    }

    private MongoDatabase Open() => MongoDatabase.Open(_options, MovableData.Sealer(), MovableData.Secret, TimeProvider.System);

    private async Task<MoveReport> ThereAsync(MovableData from, int? writes = null)
    {
        await using var source = new SqliteMove(from.Path);
        await using var target = new MongoMove(_options, Open);
        return await new Move(source, writes is { } n ? new StoppingEngine(target, n) : target).RunAsync(_ => { }, Nobody, default);
    }

    private async Task<MoveReport> BackAsync(MovableData to)
    {
        await using var source = new MongoMove(_options, Open);
        await using var target = new SqliteMove(to.Path);
        return await new Move(source, target).RunAsync(_ => { }, Nobody, default);
    }

    /// <summary>Kills the verb soon after it has begun to move; false when it ended before.</summary>
    private async Task<bool> KilledAsync(string[] engines, string folder, int turn)
    {
        using var process = Start(engines, folder);
        var output = process.StandardOutput.ReadToEndAsync();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("moving", StringComparison.Ordinal))
            {
                await Task.Delay(30 + (turn * 40));
                break;
            }
        }

        var isAlive = !process.HasExited;
        process.Kill();
        await process.WaitForExitAsync();
        await output;
        return isAlive;
    }

    private async Task<(int ExitCode, string Text)> EndAsync(string[] engines, string folder)
    {
        using var process = Start(engines, folder);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await error + await output);
    }

    private Process Start(string[] engines, string folder)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "Beian.MiniApi.dll"), "migrate", "--from", engines[0], "--to", engines[1],
                "--Storage:Folder=" + folder, "--Storage:Mongo:ConnectionString=" + MongoStores.Server, "--Storage:Mongo:Database=" + _options.Database,
            },
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        return Process.Start(start)!;
    }
}
#endif
