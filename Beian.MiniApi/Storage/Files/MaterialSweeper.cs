namespace Beian.MiniApi.Storage.Files;

/// <summary>Removes what aborted uploads left behind: at start-up and every hour, everything staged for longer than a day.</summary>
public sealed class MaterialSweeper(IMaterialStore materials, TimeProvider time, ILogger<MaterialSweeper> log) : BackgroundService
{
    /// <summary>No upload takes this long, so nothing younger is touched, whoever is writing it.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromHours(24);

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                var removed = await materials.SweepStagedAsync(time.GetUtcNow() - StaleAfter, stoppingToken);
                if (removed > 0)
                {
                    log.LogInformation("Removed {Count} abandoned uploads", removed);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                log.LogWarning(e, "Abandoned uploads could not be removed; the next sweep tries again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
