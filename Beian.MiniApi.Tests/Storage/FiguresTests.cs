using System.Text.Json;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>The figures that the store counts are those one gets by counting move by move.</summary>
public sealed class FiguresTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = StoredFilings.Noon;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "beian-figures-" + Guid.NewGuid().ToString("N"));
    private readonly SqliteDatabase _database;

    public FiguresTests() => _database = new SqliteDatabase(Path.Combine(_folder, "beian.db"), ARing.Sealer());

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => ((IAsyncDisposable)this).DisposeAsync().AsTask();

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await _database.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 7)]
    [InlineData(4, 60)]
    [InlineData(5, 700)]
    [InlineData(6, 5_000)]
    public async Task Figures_OfRandomMoves_AreThoseCountedOneByOne(int seed, int count)
    {
        var (from, length) = (Noon.AddHours(seed), TimeSpan.FromDays(12));
        await new RandomMoves(seed, from, length).AddAsync(_database, count);
        var store = new SqliteReviewFacts(_database);

        foreach (var (first, end) in new[] { (from, from + length), (from.AddMilliseconds(1), from + length), (from.AddDays(-3), from.AddDays(5)), (from.AddDays(4), from.AddDays(4)), (from.AddDays(2.3), from.AddDays(9.9)) })
        {
            var expected = new SlowFigures(first, end).Of(_database);
            var figures = await store.FiguresAsync(first, end, Noon, default);

            Assert.Equal(Text(expected), Text(figures));
            Assert.True(count < 5_000 || end == first || figures is { Reasons.Count: 50, Sample: > 1_000 });
        }
    }

    private static string Text(ReviewFigures figures) => JsonSerializer.Serialize(figures, StoredJson.Options);
}
