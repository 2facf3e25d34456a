using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Timers.Push;

namespace Beian.MiniApi.Timers;

/// <summary>The one background worker: timers, outbox, what WeChat pushed, unfinished checks. Each round is short; a failing part is logged and tried again.</summary>
public sealed partial class BackgroundWork(
    DueTimers timers, Outbox outbox, PushedEvents pushed, PendingChecks checks, IIdempotencyStore idempotency, CheckBell bell, ReferenceBook book, BusinessClock clock,
    IHostApplicationLifetime lifetime, ILogger<BackgroundWork> log)
    : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Checks may ask the sandbox of this very server, which must listen first.
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await using var stopped = stoppingToken.Register(() => started.TrySetCanceled());
        await started.Task;
        WarnOfUnknownYears();
        var pruneAt = DateTimeOffset.MinValue;
        while (!stoppingToken.IsCancellationRequested)
        {
            await DoAsync("timers", timers.FireAsync, stoppingToken);
            await DoAsync("outbox", outbox.DrainAsync, stoppingToken);
            await DoAsync("pushed events", pushed.HandleDueAsync, stoppingToken);
            await DoAsync("checks", checks.FinishAsync, stoppingToken);
            var now = TimeProvider.System.GetUtcNow();
            if (now >= pruneAt)
            {
                await DoAsync("idempotency", stop => idempotency.PruneAsync(now, stop), stoppingToken);
                await DoAsync("forgetting pushed events", pushed.PruneAsync, stoppingToken);
                pruneAt = now + PruneEvery;
            }

            await bell.WaitAsync(Round, stoppingToken);
        }
    }

    /// <summary>Without its calendar a year has weekends only, and due times come out wrong around holidays.</summary>
    private void WarnOfUnknownYears()
    {
        var today = ChinaTime.DateOf(clock.GetUtcNow());
        foreach (var year in new[] { today.Year, today.AddDays(60).Year }.Distinct().Where(y => !book.WorkingDays.KnowsYear(y)))
        {
            NoCalendar(log, year);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The working-day calendar has no year {Year}: add its holidays to working-days.json")]
    private static partial void NoCalendar(ILogger log, int year);

    private async Task DoAsync(string part, Func<CancellationToken, Task<int>> work, CancellationToken stoppingToken)
    {
        AuditScope.EnterSystem(part);
        try
        {
            await work(stoppingToken);
        }
#pragma warning disable CA1031 // One part's trouble, a time-out included, must not end the others, nor the process; it is tried again next round.
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Failed(log, part, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Background part {Part} failed; it is tried again")]
    private static partial void Failed(ILogger log, string part, Exception exception);
}
