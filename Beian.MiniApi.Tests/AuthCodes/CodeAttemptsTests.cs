using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.AuthCodes;

#pragma warning disable CA1001 // xunit disposes through IAsyncLifetime.
public sealed class CodeAttemptsTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "beian-codes-" + Guid.NewGuid().ToString("N"));
    private readonly SqliteDatabase _database;

    public CodeAttemptsTests()
    {
        _database = new SqliteDatabase(Path.Combine(_folder, "beian.db"), ARing.Sealer());
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task TryAdd_FiftyAttemptsAtOnce_LetsTheLimitThrough()
    {
        var attempts = new SqliteAttemptStore(_database);
        var now = AResource.Noon;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => attempts.TryAddAsync("k", 10, now.AddDays(-1), now, default))));

        Assert.Equal(10, outcomes.Count(added => added));
        Assert.Equal(10, (await attempts.CountAsync("k", now.AddDays(-1), default)).Count);
        Assert.Equal(0, (await attempts.CountAsync("k", now, default)).Count);
        Assert.Equal(0, (await attempts.CountAsync("other", now.AddDays(-1), default)).Count);
    }
}
