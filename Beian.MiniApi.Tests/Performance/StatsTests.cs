using System.Diagnostics;
using System.Globalization;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.ReviewConsole;
using Beian.MiniApi.Tests.Storage;
using Xunit.Abstractions;

namespace Beian.MiniApi.Tests.Performance;

/// <summary>
/// What counting in the database saves: the page of the statistics against nothing but reading the moves and counting them one by one, by turns in one run. 40,000 moves, or
/// 200,000 with <c>BEIAN_FULL=1</c>.
/// </summary>
[Collection(nameof(Alone))]
public sealed class StatsTests(ITestOutputHelper output)
{
    /// <summary>The page takes at most this part of the other way's time.</summary>
    private const double Limit = 0.5;

    private const int Days = 90;
    private const int Rounds = 9;

    private static readonly int Moves = Environment.GetEnvironmentVariable("BEIAN_FULL") == "1" ? 200_000 : 40_000;

    [Fact]
    public async Task Page_OfManyMoves_TakesLessThanCountingThemOneByOne()
    {
        await using var app = TestApp.Start(TestApp.NoLimits);
        var (now, database) = (DateTimeOffset.UtcNow, app.Get<SqliteDatabase>());
        await new RandomMoves(1, now.AddDays(-Days), TimeSpan.FromDays(Days)).AddAsync(database, Moves);
        using var browser = await ABrowser.LoggedInAsync(app, "reviewer");

        // What shares the machine can spoil one measurement, not two.
        var part = await MeasureAsync(app, browser, now);
        part = part <= Limit ? part : await MeasureAsync(app, browser, now);

        Assert.True(part <= Limit, string.Create(CultureInfo.InvariantCulture, $"The page takes {part:F2} of the time of counting one by one."));
    }

    private async Task<double> MeasureAsync(TestApp app, ABrowser browser, DateTimeOffset now)
    {
        var (page, figures, slow) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            page.Add(await TimeAsync(() => browser.OpenAsync($"/console/stats?days={Days}")));
            figures.Add(await TimeAsync(() => app.Get<IReviewFacts>().FiguresAsync(now.AddDays(-Days), now, now, default)));
            slow.Add(await TimeAsync(() => Task.FromResult(new SlowFigures(now.AddDays(-Days), now).Of(app.Get<SqliteDatabase>()))));
        }

        var (a, b, c) = (Middle(page), Middle(figures), Middle(slow));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Moves} moves: page {a:F0} ms, figures alone {b:F0} ms, one by one {c:F0} ms; the page is {a / c:F2} of it."));
        return a / c;
    }

    private static async Task<double> TimeAsync<T>(Func<Task<T>> act)
    {
        var watch = Stopwatch.StartNew();
        await act();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Middle(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
