namespace Beian.MiniApi.Storage;

/// <summary>Fills in, at the start of the program, what the queue and the figures need of filings that an older version saved.</summary>
public sealed partial class FactsWork(IReviewFacts facts, ILogger<FactsWork> log) : BackgroundService
{
    /// <summary>Rest after each part: whoever saves meanwhile comes first.</summary>
    private static readonly TimeSpan Gently = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        AuditScope.EnterSystem(nameof(FactsWork));
        while (!await TryAsync(stoppingToken))
        {
            await Task.Delay(AfterFailure, stoppingToken);
        }
    }

    private async Task<bool> TryAsync(CancellationToken stoppingToken)
    {
        try
        {
            var all = 0;
            for (var some = await facts.FillAsync(stoppingToken); some > 0; some = await facts.FillAsync(stoppingToken))
            {
                all += some;
                await Task.Delay(Gently, stoppingToken);
            }

            if (all > 0)
            {
                Filled(all);
            }

            return true;
        }
#pragma warning disable CA1031 // Logged and tried again; a full disk at that moment must not end the program.
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Failed(e);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} filings of an older version now count in the figures of the review")]
    private partial void Filled(int count);

    [LoggerMessage(LogLevel.Error, "The figures of the review lack filings of an older version; it is tried again in a minute")]
    private partial void Failed(Exception e);
}
