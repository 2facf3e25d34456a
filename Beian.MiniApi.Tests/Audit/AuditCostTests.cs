using System.Diagnostics;
using System.Globalization;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.Performance;
using Beian.MiniApi.Tests.Storage;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Beian.MiniApi.Tests.Audit;

/// <summary>What the trail costs: the same saves with and without it, in turns, in one run.</summary>
[Collection(nameof(Alone))]
public sealed class AuditCostTests(ITestOutputHelper output)
{
    private const int Writers = 32;
    private const int Each = 20;
    private const int Turns = 4;

    /// <summary>Of the rate without a trail; a wide margin, since two cores serve many.</summary>
    private const double LeastShare = 0.4;

    [Fact]
    public async Task Saves_WithTheTrail_AreNearlyAsManyAsWithout()
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-audit-cost-" + Guid.NewGuid().ToString("N"));
        await using (var bare = new SqliteDatabase(Path.Combine(folder, "bare.db"), ARing.Sealer()))
        await using (var audited = new SqliteDatabase(Path.Combine(folder, "audited.db"), ARing.Sealer(), ATrail.Secret))
        {
            await SaveAsync(bare, 0);
            await SaveAsync(audited, 0);
            var (without, with) = (0.0, 0.0);
            for (var turn = 1; turn <= Turns; turn++)
            {
                without += await SaveAsync(bare, turn);
                with += await SaveAsync(audited, turn);
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{without / Turns:F0} saves a second without, {with / Turns:F0} with: {with / without:P0}."));
            Assert.InRange(with / without, LeastShare, 10);
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Views_OfManyAtOnce_ShareCommits()
    {
        await using var trail = new ATrail();
        await trail.FillAsync(1);
        var before = trail.Database.Counters;
        var watch = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < 2 * Each; i++)
            {
                await trail.Log.RecordAsync([new Sighting(AuditActs.Viewed, "filings", ATrail.Thing((w * 100) + i), "account-1")], default);
            }
        })));

        var commits = trail.Database.Counters.Commits - before.Commits;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{2 * Writers * Each / watch.Elapsed.TotalSeconds:F0} views a second in {commits} commits."));
        Assert.True(commits * 4 <= 2 * Writers * Each, $"{2 * Writers * Each} views took {commits} commits.");
        Assert.Empty(trail.Verify().Faults);
    }

    /// <summary>New filings and a change of each; saves a second.</summary>
    private static async Task<double> SaveAsync(SqliteDatabase database, int turn)
    {
        var store = new SqliteFilingStore(database);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                var n = (turn * Writers * Each) + (w * Each) + i + 1;
                var filing = (await store.AddAsync(StoredFilings.Draft(n, $"account-{n}"), null, default)).Saved!;
                await store.ReplaceAsync(filing.Renamed("甲"), null, default);
            }
        })));
        return 2 * Writers * Each / watch.Elapsed.TotalSeconds;
    }
}
