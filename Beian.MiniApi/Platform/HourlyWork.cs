using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Platform;

/// <summary>
/// Tidying, at the start of the program and once an hour. What fails is logged and tried again in an hour: a full disk at that moment must not end the program.
/// </summary>
public abstract partial class HourlyWork(TimeProvider time, ILogger log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>The work; throws what the stores throw.</summary>
    protected abstract Task TidyAsync(DateTimeOffset now, CancellationToken cancellationToken);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await TryAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TryAsync(CancellationToken stoppingToken)
    {
        AuditScope.EnterSystem(GetType().Name);
        try
        {
            await TidyAsync(time.GetUtcNow(), stoppingToken);
        }
#pragma warning disable CA1031 // Logged and tried again in an hour; the program's own end is no failure.
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            NotTidied(log, GetType().Name, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Work} could not tidy up; it is tried again in an hour")]
    private static partial void NotTidied(ILogger log, string work, Exception exception);
}
