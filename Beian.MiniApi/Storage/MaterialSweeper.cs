using Beian.MiniApi.Coordination;

namespace Beian.MiniApi.Storage;

/// <summary>Removes what nobody will come back for: aborted uploads of this machine at start-up and every hour, bytes without a filing once a day in one instance for all.</summary>
public sealed partial class MaterialSweeper(IMaterialStore materials, OrphanSweeper orphans, Turns turns, TimeProvider time, ILogger<MaterialSweeper> log) : BackgroundService
{
    /// <summary>No upload takes this long, so nothing younger is touched, whoever is writing it.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromHours(24);

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan OrphanInterval = TimeSpan.FromHours(24);
    private static readonly TimeSpan OrphanRest = TimeSpan.FromHours(23);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var orphansAt = time.GetUtcNow();
        do
        {
            await TryAsync("abandoned uploads", () => materials.SweepStagedAsync(time.GetUtcNow() - StaleAfter, stoppingToken), stoppingToken);
            if (time.GetUtcNow() is var now && now >= orphansAt)
            {
                await turns.RunAsync("orphans", OrphanRest, stop => TryAsync("files without a filing", () => orphans.SweepAsync(now, stop), stop), stoppingToken);
                orphansAt = now + OrphanInterval;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TryAsync(string what, Func<Task<int>> sweep, CancellationToken stoppingToken)
    {
        try
        {
            if (await sweep() is > 0 and var removed)
            {
                Removed(log, removed, what);
            }
        }
#pragma warning disable CA1031 // Tidying that fails must not end the program; it is tried again.
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            NotRemoved(log, what, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Count} {What}")]
    private static partial void Removed(ILogger log, int count, string what);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sweeping {What} failed; the next sweep tries again")]
    private static partial void NotRemoved(ILogger log, string what, Exception exception);
}
