using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>The stores of staff's texts, attempts, full views and keys of filings, with what they are seen through.</summary>
public interface ISmallerStores : IAsyncDisposable
{
    IReasonStore Reasons { get; }

    IAttemptStore Attempts { get; }

    IFullViewStore FullViews { get; }

    IFilingIds FilingIds { get; }

    IStoreHealth Health { get; }

    IFilingStore Filings { get; }

    IIdempotencyStore Idempotency { get; }
}

/// <summary>What the smaller stores promise.</summary>
public abstract class SmallerStoresContract(ISmallerStores stores) : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = StoredFilings.Noon;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await stores.DisposeAsync();

    [Fact]
    public async Task Reasons_SaveAgainAndDelete_AreAllByTheirIds()
    {
        Assert.True(await stores.Reasons.SaveAsync(AReason("b"), default));
        Assert.True(await stores.Reasons.SaveAsync(AReason("a"), default));
        var changed = AReason("b") with { Reason = "another", Suggestion = string.Empty, IsHidden = true, ChangedBy = "staff-2", ChangedAt = Noon.AddDays(1) };
        Assert.True(await stores.Reasons.SaveAsync(changed, default));

        Assert.Equal([AReason("a"), changed], await stores.Reasons.ListAsync(default));
        Assert.True(await stores.Reasons.DeleteAsync("a", default));
        Assert.False(await stores.Reasons.DeleteAsync("a", default));
        Assert.Equal([changed], await stores.Reasons.ListAsync(default));
    }

    [Fact]
    public async Task Reasons_AtTheirNumber_TakeNoMoreButChangesAndWhatReplacesOne()
    {
        foreach (var n in Enumerable.Range(1, IReasonStore.MaxReasons - 1))
        {
            Assert.True(await stores.Reasons.SaveAsync(AReason($"r{n:D3}"), default));
        }

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() => stores.Reasons.SaveAsync(AReason("new" + n), default))));

        Assert.Single(outcomes, isSaved => isSaved);
        Assert.Equal(IReasonStore.MaxReasons, (await stores.Reasons.ListAsync(default)).Count);
        Assert.True(await stores.Reasons.SaveAsync(AReason("r001") with { Reason = "changed" }, default));
        Assert.True(await stores.Reasons.DeleteAsync("r002", default));
        Assert.True(await stores.Reasons.SaveAsync(AReason("another"), default));
        Assert.False(await stores.Reasons.SaveAsync(AReason("one more"), default));
    }

    [Fact]
    public async Task Attempts_Counted_AreThoseOfTheKeyWithinTheWindow()
    {
        await stores.Attempts.AddAsync("k", Noon.AddMinutes(1), default);
        await stores.Attempts.AddAsync("k", Noon, default);
        await stores.Attempts.AddAsync("k", Noon, default);
        await stores.Attempts.AddAsync("other", Noon, default);

        Assert.Equal(new Attempts(3, Noon), await stores.Attempts.CountAsync("k", Noon.AddMilliseconds(-1), default));
        Assert.Equal(new Attempts(1, Noon.AddMinutes(1)), await stores.Attempts.CountAsync("k", Noon, default));
        Assert.Equal(new Attempts(0, null), await stores.Attempts.CountAsync("k", Noon.AddMinutes(1), default));
        Assert.Equal(new Attempts(0, null), await stores.Attempts.CountAsync("nobody", Noon.AddDays(-1), default));

        await stores.Attempts.RemoveAsync("k", Noon, default);
        await stores.Attempts.RemoveAsync("k", Noon.AddSeconds(1), default);
        await stores.Attempts.RemoveAsync("nobody", Noon, default);

        Assert.Equal(new Attempts(2, Noon), await stores.Attempts.CountAsync("k", Noon.AddDays(-1), default));
    }

    [Fact]
    public async Task Attempts_OlderThanTheLongestWindow_AreForgotten()
    {
        await stores.Attempts.AddAsync("k", Noon, default);

        await stores.Attempts.AddAsync("k", Noon + IAttemptStore.MaxWindow, default);

        Assert.Equal(1, (await stores.Attempts.CountAsync("k", Noon.AddYears(-1), default)).Count);
    }

    [Fact]
    public async Task Attempts_ManyAtOnce_LetTheLimitThrough()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => stores.Attempts.TryAddAsync("k", 10, Noon.AddDays(-1), Noon, default))));

        Assert.Equal(10, outcomes.Count(isAdded => isAdded));
        Assert.Equal(10, (await stores.Attempts.CountAsync("k", Noon.AddDays(-1), default)).Count);
        Assert.True(await stores.Attempts.TryAddAsync("k", 10, Noon, Noon.AddSeconds(1), default));
    }

    [Fact]
    public async Task FullView_Granted_RunsUntilItsEndForThatMemberAlone()
    {
        var record = new IdempotencyRecord("k", "hash", [1], Noon.AddDays(1));
        await stores.FullViews.GrantAsync("f", "a", "s1", "made up", Noon, Noon.AddHours(1), record, default);

        Assert.Equal(Noon.AddHours(1), await stores.FullViews.EndsAsync("f", "s1", Noon, default));
        Assert.Null(await stores.FullViews.EndsAsync("f", "s1", Noon.AddHours(1), default));
        Assert.Null(await stores.FullViews.EndsAsync("f", "s2", Noon, default));
        Assert.Null(await stores.FullViews.EndsAsync("g", "s1", Noon, default));
        Assert.NotNull(await stores.Idempotency.FindAsync("k", Noon, default));

        await Assert.ThrowsAsync<IdempotencyKeyTakenException>(() => stores.FullViews.GrantAsync("f", "a", "s1", "made up", Noon, Noon.AddHours(9), record, default));
        Assert.Equal(Noon.AddHours(1), await stores.FullViews.EndsAsync("f", "s1", Noon, default));
        await stores.FullViews.GrantAsync("f", "a", "s1", "again", Noon, Noon.AddHours(2), null, default);
        Assert.Equal(Noon.AddHours(2), await stores.FullViews.EndsAsync("f", "s1", Noon, default));
    }

    [Fact]
    public async Task FullViews_Pruned_AreThoseThatEndedBefore()
    {
        await stores.FullViews.GrantAsync("f", "a", "s1", "made up", Noon, Noon.AddHours(1), null, default);
        await stores.FullViews.GrantAsync("f", "a", "s2", "made up", Noon, Noon.AddHours(2), null, default);

        Assert.Equal(0, await stores.FullViews.PruneAsync(Noon.AddHours(1), default));
        Assert.Equal(1, await stores.FullViews.PruneAsync(Noon.AddHours(1).AddMilliseconds(1), default));
        Assert.Null(await stores.FullViews.EndsAsync("f", "s1", Noon, default));
        Assert.NotNull(await stores.FullViews.EndsAsync("f", "s2", Noon, default));
    }

    [Fact]
    public async Task FilingIds_ByPages_AreAllOnceInOrder()
    {
        foreach (var n in new[] { 3, 1, 2 })
        {
            Assert.True((await stores.Filings.AddAsync(StoredFilings.Draft(n, "a" + n), null, default)).IsSaved);
        }

        Assert.Equal([StoredFilings.Id(1), StoredFilings.Id(2)], await stores.FilingIds.AfterAsync(null, 2, default));
        Assert.Equal([StoredFilings.Id(3)], await stores.FilingIds.AfterAsync(StoredFilings.Id(2), 2, default));
        Assert.Empty(await stores.FilingIds.AfterAsync(StoredFilings.Id(3), 2, default));
    }

    [Fact]
    public async Task Health_WhereAllIsWell_WritesAndHasRoom()
    {
        await stores.Health.WriteAsync(default);
        await stores.Health.WriteAsync(default);

        Assert.True(stores.Health.Room() is { FreeBytes: > 0, MinFreeBytes: 1, IsFull: false });
    }

    private static StaffReason AReason(string id) => new(id, "/subject/name", "made up", "do better", false, "staff-1", Noon);
}

/// <summary>They over SQLite.</summary>
public sealed class SqliteSmallerStores : ISmallerStores
{
    private readonly string _folder = Directory.CreateTempSubdirectory("beian-test-").FullName;
    private readonly SqliteDatabase _database;

    public SqliteSmallerStores() => _database = new SqliteDatabase(Path.Combine(_folder, "beian.db"), ARing.Sealer());

    public IReasonStore Reasons => new SqliteReasonStore(_database);

    public IAttemptStore Attempts => new SqliteAttemptStore(_database);

    public IFullViewStore FullViews => new SqliteFullViewStore(_database);

    public IFilingIds FilingIds => new SqliteFilingIds(_database);

    public IStoreHealth Health => new SqliteStoreHealth(_database, Microsoft.Extensions.Options.Options.Create(new StorageOptions { MinFreeBytes = 1 }), TimeProvider.System);

    public IFilingStore Filings => new SqliteFilingStore(_database);

    public IIdempotencyStore Idempotency => new SqliteIdempotencyStore(_database);

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

public sealed class SqliteSmallerStoresTests() : SmallerStoresContract(new SqliteSmallerStores());
