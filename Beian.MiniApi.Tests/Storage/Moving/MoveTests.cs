using Beian.MiniApi.Storage.Moving;
using Beian.MiniApi.Storage.Sqlite;

namespace Beian.MiniApi.Tests.Storage.Moving;

/// <summary>Moving as such, from one file to another: what every pair of engines has in common.</summary>
public sealed class MoveTests
{
    private static readonly Progress<MoveStep> Nobody = new();

    [Fact]
    public async Task Move_OfEveryTable_IsEqualByteByByte_AndTheTrailGoesOn()
    {
        using var from = await MovableData.MakeAsync(60);
        using var to = new MovableData();

        var report = await RunAsync(from, to);

        Assert.True(report.IsSame);
        Assert.All(report.Lines.Where(l => l.Table != "audit_checkpoints"), line => Assert.True(line.To > 0, line.Table));
        Assert.Equal(from.Export(), to.Export());
        Assert.Equal(["beian.db"], Directory.EnumerateFileSystemEntries(to.Folder).Select(Path.GetFileName));
        var head = from.Head();
        await using (var database = new SqliteDatabase(to.Path, MovableData.Sealer(), MovableData.Secret, TimeProvider.System))
        {
            var filings = new SqliteFilingStore(database);
            var opened = await filings.FindAsync(StoredFilings.Id(1), default);
            Assert.Equal("account-1", opened!.Snapshot.AccountId);
            await filings.AddAsync(StoredFilings.Draft(1000, "later"), null, default);
        }

        var verdict = to.Verify(head);
        Assert.Empty(verdict.Faults);
        Assert.True(verdict.LastSeq > head.Seq);
    }

    [Fact]
    public async Task Move_StoppedAgainAndAgain_GoesOnWhereItWas()
    {
        using var from = await MovableData.MakeAsync(700);
        using var to = new MovableData();

        for (var stops = 0; stops < 8; stops++)
        {
            await Assert.ThrowsAsync<StoppedException>(() => RunAsync(from, to, writes: 10));
            Assert.False(File.Exists(to.Path));
        }

        var told = new List<string>();
        await using var source = new SqliteMove(from.Path);
        await using var target = new SqliteMove(to.Path);
        Assert.True((await new Move(source, target).RunAsync(told.Add, Nobody, default)).IsSame);
        Assert.Equal(["A move that was stopped goes on."], told);
        await source.DisposeAsync();
        await target.DisposeAsync();
        Assert.Equal(from.Export(), to.Export());
    }

    [Theory]
    [InlineData("running", "is in use: stop the service")]
    [InlineData("nothing", "There is no database at")]
    [InlineData("another", "is in the way")]
    [InlineData("changed", "before it was changed: delete that file")]
    [InlineData("older", "was written by an older program")]
    [InlineData("newer", "was written by a newer program")]
    [InlineData("loose", "belong to nothing in filings")]
    [InlineData("garbage", "cannot be opened")]
    public async Task Move_ThatCannotBe_SaysWhyAndLeavesNothing(string how, string expected)
    {
        using var from = await MovableData.MakeAsync(5);
        using var to = new MovableData();
        SqliteDatabase? service = null;
        switch (how)
        {
            case "running":
                service = new SqliteDatabase(from.Path, MovableData.Sealer());
                break;
            case "nothing":
                File.Delete(from.Path);
                break;
            case "another":
                await File.WriteAllTextAsync(to.Path, "mine");
                break;
            case "changed":
                await Assert.ThrowsAsync<StoppedException>(() => RunAsync(from, to, writes: 3));
                Change(from, "UPDATE audit_chain SET seq = seq + 1;");
                break;
            case "older":
                Change(from, "DELETE FROM schema_migrations WHERE name = '0160_resource_changes.sql';");
                break;
            case "newer":
                Change(from, "INSERT INTO schema_migrations (name) VALUES ('9999_later.sql');");
                break;
            case "loose":
                Change(from, "INSERT INTO holds (key, filing_id, account_id, used) VALUES ('k', 'gone', 'a', 0);");
                break;
            default:
                await File.WriteAllTextAsync(from.Path, string.Concat(Enumerable.Repeat("this is no database ", 500)));
                break;
        }

        var e = await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync(from, to));

        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.True(how == "another" || !File.Exists(to.Path));
        if (service is not null)
        {
            await service.DisposeAsync();
        }
    }

    [Fact]
    public async Task Verify_OfSidesThatDiffer_NamesTheTables()
    {
        using var from = await MovableData.MakeAsync(5);
        using var to = new MovableData();
        await RunAsync(from, to);
        Change(to, "UPDATE users SET account_id = 'x' WHERE id = (SELECT min(id) FROM users);");
        Change(to, "DELETE FROM holds WHERE key = (SELECT min(key) FROM holds);");

        await using var source = new SqliteMove(from.Path);
        await using var target = new SqliteMove(to.Path);
        var report = await new Move(source, target).VerifyAsync(_ => { }, Nobody, default);

        Assert.False(report.IsSame);
        Assert.Equal(["holds", "users"], report.Lines.Where(l => !l.IsSame).Select(l => l.Table).Order());
    }

    private static void Change(MovableData data, string sql)
    {
        using var connection = data.Open();
        connection.Run(sql);
    }

    private static async Task<MoveReport> RunAsync(MovableData from, MovableData to, int? writes = null)
    {
        await using var source = new SqliteMove(from.Path);
        await using var target = new SqliteMove(to.Path);
        return await new Move(source, writes is { } n ? new StoppingEngine(target, n) : target).RunAsync(_ => { }, Nobody, default);
    }
}
