using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What the list of work on papers promises, and the list of uploads in pieces.</summary>
public abstract class PaperWorkContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 8, 3, 4, 0, 0, TimeSpan.Zero);

    protected abstract IPaperWorkStore Work { get; }

    protected abstract IResumableUploadStore Uploads { get; }

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    [Fact]
    public async Task Take_DueWork_IsTakenOnceUntilItsLeaseEnds()
    {
        await Work.AddAsync("m1", "f1", Noon.AddMinutes(1), default);
        await Work.AddAsync("m2", "f2", Noon, default);

        Assert.Equal(new PaperWork("m2", "f2", 1), await Work.TakeAsync(Noon, Noon.AddMinutes(10), default));
        Assert.Null(await Work.TakeAsync(Noon, Noon.AddMinutes(10), default));
        Assert.Equal("m1", (await Work.TakeAsync(Noon.AddMinutes(1), Noon.AddMinutes(20), default))?.MaterialId);
        Assert.Equal(new PaperWork("m2", "f2", 2), await Work.TakeAsync(Noon.AddMinutes(10), Noon.AddMinutes(30), default));
    }

    [Fact]
    public async Task Take_ByManyAtOnce_GivesEachToOne()
    {
        foreach (var n in Enumerable.Range(0, 50))
        {
            await Work.AddAsync($"m{n}", "f", Noon, default);
        }

        var taken = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(() => Work.TakeAsync(Noon, Noon.AddMinutes(1), default))));

        Assert.Equal(50, taken.OfType<PaperWork>().Select(w => w.MaterialId).Distinct().Count());
        Assert.Equal(50, taken.Count(w => w is not null));
    }

    [Fact]
    public async Task PutOffAndDone_ChangeWhatIsDue()
    {
        await Work.AddAsync("m1", "f1", Noon, default);
        await Work.PutOffAsync("m1", Noon.AddHours(1), default);
        Assert.Null(await Work.TakeAsync(Noon, Noon.AddMinutes(1), default));

        await Work.AddAsync("m1", "f1", Noon, default);
        Assert.Equal(1, (await Work.TakeAsync(Noon, Noon.AddMinutes(1), default))?.Attempts);
        await Work.DoneAsync("m1", default);

        Assert.Equal(0, await Work.CountAsync(default));
        await Work.PutOffAsync("m1", Noon, default);
        Assert.Equal(0, await Work.CountAsync(default));
    }

    [Fact]
    public async Task Upload_IsFoundByItsOwnerUntilItExpires()
    {
        var upload = new ResumableUpload("u1", "a", 500, [1, 2], Noon.AddHours(1));
        Assert.True(await Uploads.AddAsync(upload, 2, Noon, default));

        var found = await Uploads.FindAsync("u1", "a", Noon, default);
        Assert.Equal((upload.Length, upload.ExpiresAt), (found!.Length, found.ExpiresAt));
        Assert.Equal(upload.Metadata, found.Metadata);
        Assert.Null(await Uploads.FindAsync("u1", "b", Noon, default));
        Assert.Null(await Uploads.FindAsync("u1", "a", Noon.AddHours(1), default));
        Assert.Empty(await Uploads.ExpiredAsync(Noon, 10, default));
        Assert.Equal(["u1"], await Uploads.ExpiredAsync(Noon.AddHours(1), 10, default));
        await Uploads.DeleteAsync("u1", default);
        Assert.Empty(await Uploads.ExpiredAsync(Noon.AddHours(1), 10, default));
    }

    [Fact]
    public async Task Upload_OverTheOwnersNumber_IsNotAdded()
    {
        Assert.True(await Uploads.AddAsync(new ResumableUpload("u1", "a", 1, null, Noon.AddHours(1)), 1, Noon, default));

        Assert.False(await Uploads.AddAsync(new ResumableUpload("u2", "a", 1, null, Noon.AddHours(1)), 1, Noon, default));
        Assert.True(await Uploads.AddAsync(new ResumableUpload("u3", "b", 1, null, Noon.AddHours(1)), 1, Noon, default));
        Assert.True(await Uploads.AddAsync(new ResumableUpload("u4", "a", 1, null, Noon.AddHours(3)), 1, Noon.AddHours(2), default));
    }
}

#pragma warning disable CA1001 // xunit disposes by IAsyncLifetime.
public sealed class SqlitePaperWorkTests : PaperWorkContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("beian-test-").FullName;
    private SqliteDatabase _database = null!;

    protected override IPaperWorkStore Work => new SqlitePaperWorkStore(_database);

    protected override IResumableUploadStore Uploads => new SqliteResumableUploadStore(_database);

    public override Task InitializeAsync()
    {
        _database = new SqliteDatabase(Path.Combine(_folder, "beian.db"), ARing.Sealer());
        return Task.CompletedTask;
    }

    public override async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
