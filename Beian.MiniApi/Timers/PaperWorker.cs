using Beian.MiniApi.Journey;

namespace Beian.MiniApi.Timers;

/// <summary>Scans and copies papers as they come. A worker of its own: a large picture must not hold up the timers of filings.</summary>
public sealed partial class PaperWorker(PaperWorking working, PaperBell bell, ILogger<PaperWorker> log) : BackgroundService
{
    private const int AtOnce = 2;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(() => WorkAsync(stoppingToken), stoppingToken)));

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                if (!await working.OneAsync(stoppingToken))
                {
                    await bell.WaitAsync(Round, stoppingToken);
                }
            }
#pragma warning disable CA1031 // A paper that cannot be worked on must not end the others' turn; its lease ends and it is tried again.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                NotWorked(log, e);
                await Task.Delay(AfterFailure, stoppingToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A paper could not be scanned or copied; it is tried again")]
    private static partial void NotWorked(ILogger log, Exception exception);
}
