using System.Diagnostics;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.Performance;
using Beian.MiniApi.Tests.Storage;
using Beian.MiniApi.Vault;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Beian.MiniApi.Tests.Vault;

/// <summary>What sealing costs the store of filings: saves a second with and without it, in one run, by turns.</summary>
[Collection(nameof(Alone))]
public sealed class SealingCostTests(ITestOutputHelper output)
{
    private const int Writers = 16;
    private const int Turns = 3;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(800);

    [Fact]
    public async Task Save_Sealed_IsNearlyAsFastAsInTheClear()
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-cost-" + Guid.NewGuid().ToString("N"));
        var (sealedRates, clearRates) = (new List<double>(), new List<double>());
        await using (var sealing = new SqliteDatabase(Path.Combine(folder, "sealed.db"), ARing.Sealer()))
        await using (var clear = new SqliteDatabase(Path.Combine(folder, "clear.db"), new NotSealing()))
        {
            for (var turn = 0; turn < Turns; turn++)
            {
                clearRates.Add(await RateAsync(clear, turn));
                sealedRates.Add(await RateAsync(sealing, turn));
            }
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        var ratio = sealedRates.Max() / clearRates.Max();
        output.WriteLine($"Best of {Turns} turns by {Writers} writers: {sealedRates.Max():0} saves/s sealed, {clearRates.Max():0} in the clear; ratio {ratio:0.00}.");
        Assert.True(ratio > 0.5, $"Sealing takes more than half of the saves: {ratio:0.00}.");
    }

    private static async Task<double> RateAsync(SqliteDatabase database, int turn)
    {
        var store = new SqliteFilingStore(database);
        var (watch, saves) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            var n = 1 + (turn * 1_000) + w;
            var filing = (await store.AddAsync(StoredFilings.Draft(n, "a" + n).Verified($"d{n}.cn", $"slot:r{n}:1"), null, default)).Saved!;
            for (var i = 0; watch.Elapsed < Turn; i++)
            {
                filing = (await store.ReplaceAsync(filing.Renamed("示例名称有限公司"), null, default)).Saved!;
                Interlocked.Increment(ref saves);
            }
        })));
        return saves / watch.Elapsed.TotalSeconds;
    }

    /// <summary>For the comparison alone.</summary>
    private sealed class NotSealing() : Sealer(ARing.New())
    {
        public override byte[] Seal(string kind, string id, ReadOnlySpan<byte> plain) => plain.ToArray();
    }
}
