using Beian.MiniApi.Coordination;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Timers.Push;

namespace Beian.MiniApi.Timers;

/// <summary>
/// What a filing's time and its changes bring: timers, the outbox, and what WeChat pushed, which comes before the outbox, since a permission that has arrived
/// decides whether a message goes out. Nothing here asks outside: what does has a worker of its own.
/// </summary>
public sealed partial class BackgroundWork(
    DueTimers timers, Outbox outbox, PushedEvents pushed, IIdempotencyStore idempotency, CheckBell bell, ReferenceBook book, BusinessClock clock, Turns turns,
    IHostApplicationLifetime lifetime, ILogger<BackgroundWork> log)
    : RoundsWork(turns, lifetime, log)
{
    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);

    private readonly ILogger _log = log;
    private DateTimeOffset _pruneAt = DateTimeOffset.MinValue;

    protected override Task Called => bell.Next;

    protected override async Task RoundAsync(CancellationToken stoppingToken)
    {
        await DoAsync("timers", timers.FireAsync, stoppingToken);
        await DoAsync("pushed events", pushed.HandleDueAsync, stoppingToken);
        await DoAsync("outbox", outbox.DrainAsync, stoppingToken);
        var now = TimeProvider.System.GetUtcNow();
        if (now >= _pruneAt)
        {
            await DoAsync("forgetting answers", stop => idempotency.PruneAsync(now, stop), stoppingToken);
            await DoAsync("forgetting pushed events", pushed.PruneAsync, stoppingToken);
            _pruneAt = now + PruneEvery;
        }
    }

    /// <summary>Without its calendar a year has weekends only, and due times come out wrong around holidays.</summary>
    protected override void Begin()
    {
        var today = ChinaTime.DateOf(clock.GetUtcNow());
        foreach (var year in new[] { today.Year, today.AddDays(60).Year }.Distinct().Where(y => !book.WorkingDays.KnowsYear(y)))
        {
            NoCalendar(_log, year);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The working-day calendar has no year {Year}: add its holidays to working-days.json")]
    private static partial void NoCalendar(ILogger log, int year);
}
