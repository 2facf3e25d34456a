using System.Globalization;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Beian.MiniApi.Tests.Notify;

/// <summary>
/// Power cuts while messages go out, with a tenth of the targets failing and answers that get lost: every message is taken, none under two keys, and those of one filing in their order.
/// With <c>BEIAN_FULL=1</c> in full size.
/// </summary>
public sealed class DeliveryKillTests(ITestOutputHelper output)
{
    private const int PerFiling = 10;

    private static readonly bool IsFull = Environment.GetEnvironmentVariable("BEIAN_FULL") == "1";

    [Fact]
    public async Task Kill_WhileMessagesGoOut_LosesNone_AndKeepsTheirOrder()
    {
        var (filings, kills) = IsFull ? (1_000, 20) : (100, 5);
        var folder = Path.Combine(Path.GetTempPath(), "beian-delivery-kill-" + Guid.NewGuid().ToString("N"));
        await using var receiver = await Receiver.StartAsync(Receive);
        var port = ChildProgram.FreePort();
        (string Key, string Value)[] settings =
        [
            ("Notify:Lease", "00:00:02"), ("Notify:RetryAfter", "00:00:00.100"), ("DOTNET_STARTUP_HOOKS", typeof(DeliveryKillTests).Assembly.Location), ("ASPNETCORE_HOSTINGSTARTUPASSEMBLIES", "Beian.MiniApi.Tests"),
            (DeliveryHost.Receiver, receiver.Address.ToString()), (DeliveryHost.Filings, filings.ToString(CultureInfo.InvariantCulture)), (DeliveryHost.PerFiling, PerFiling.ToString(CultureInfo.InvariantCulture)),
        ];
        var total = filings * PerFiling;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var program = await ChildProgram.StartAsync(folder, port, settings);
        try
        {
            for (var kill = 1; kill <= kills; kill++)
            {
                await Wait.UntilAsync(() => Task.FromResult(receiver.Taken.Count >= total * kill / (kills + 1)), TimeSpan.FromMinutes(2));
                await program.KillAsync();
                await program.DisposeAsync();
                program = await ChildProgram.StartAsync(folder, port, settings);
            }

            await Wait.UntilAsync(() => Task.FromResult(States(folder, "queued") == 0 && States(folder, "sent") == total), TimeSpan.FromMinutes(2));
        }
        finally
        {
            await program.DisposeAsync();
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }

        output.WriteLine(FormattableString.Invariant($"{total} messages, {kills} kills, {watch.Elapsed.TotalSeconds:F1} s; {receiver.Calls.Values.Sum()} calls, {receiver.Repeats} of them with a key that had been taken."));
        Check(receiver, filings);
    }

    /// <summary>A tenth of the targets fail the first two attempts of each message, a twentieth of the rest loses its first answer.</summary>
    private static Reception Receive(string address, int call)
    {
        Thread.Sleep(2);
        var n = int.Parse(address.AsSpan(1), CultureInfo.InvariantCulture);
        return n % 10 == 0 && call <= 2 ? Reception.Fail : n % 20 == 3 && call == 1 ? Reception.TakeAndCut : Reception.Take;
    }

    private static void Check(Receiver receiver, int filings)
    {
        var byFiling = receiver.Taken.GroupBy(r => r.Filing, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(r => r.Seq).ToArray(), StringComparer.Ordinal);
        Assert.Equal(filings, byFiling.Count);
        Assert.All(byFiling, f => Assert.Equal(Enumerable.Range(1, PerFiling), f.Value));
        Assert.Equal(receiver.Taken.Count, receiver.Taken.Select(r => r.Key).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(receiver.Taken.Count, receiver.Calls.Count);
        Assert.True(receiver.Repeats >= filings / 20, "No answer was lost: is the receiver still unkind?");
    }

    private static int States(string folder, string state) =>
        int.Parse(Assert.Single(DatabaseFile.Ask(folder, $"SELECT CAST(count(*) AS TEXT) FROM deliveries WHERE state = '{state}'")), CultureInfo.InvariantCulture);
}
