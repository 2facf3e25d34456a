using Beian.MiniApi.Coordination;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Platform;

/// <summary>
/// Tidying, at the start of the program and once an hour, in one instance for all. What fails is logged and tried again in an hour: a full disk at that moment must not end the program.
/// </summary>
public abstract partial class HourlyWork(Turns turns, TimeProvider time, ILogger log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Nearly as long, so that the instance that tidied is asked first again.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(55);

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
            await turns.RunAsync(GetType().Name, Rest, stop => TidyAsync(time.GetUtcNow(), stop), stoppingToken);
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
