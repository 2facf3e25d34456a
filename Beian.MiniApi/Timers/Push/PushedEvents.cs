using Beian.MiniApi.Storage;
using Beian.MiniApi.WeChat.Push;

namespace Beian.MiniApi.Timers.Push;

/// <summary>
/// Handles what WeChat pushed, the oldest first, some beside each other, and at least once: an event is taken off only after its handlers are through, so a
/// restart repeats rather than loses. One that fails waits longer each time and does not hold up the others.
/// </summary>
public sealed partial class PushedEvents(
    IWeChatEventStore events, IMediaVerdictStore verdicts, IMessageCredits credits, IEnumerable<IWeChatEventHandler> handlers, PushMetrics metrics, TimeProvider time,
    ILogger<PushedEvents> log) : IDisposable
{
    /// <summary>Most events of one round, and how many of them at once: what they write is committed together.</summary>
    private const int Batch = 100;
    private const int AtOnce = 8;

    /// <summary>How long one handler may take before it counts as failed, 5 s: the timers wait behind it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>How long verdicts, reports and spent permissions are kept, 90 days.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private readonly ILookup<string, IWeChatEventHandler> _handlers = handlers.ToLookup(h => h.EventName, StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Handles everything that is due; returns how many events are through.</summary>
    public async Task<int> HandleDueAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var done = 0;
            var due = await events.DueAsync(time.GetUtcNow(), Batch, cancellationToken);
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (id, ct) =>
            {
                if (await TryHandleAsync(id, ct))
                {
                    Interlocked.Increment(ref done);
                }
            });
            return done;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Forgets what has expired; returns how many rows.</summary>
    public async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await events.PruneAsync(now, cancellationToken) + await verdicts.PruneAsync(now - Kept, cancellationToken) + await credits.PruneAsync(now - Kept, cancellationToken);
    }

    public void Dispose() => _one.Dispose();

    private async Task<bool> TryHandleAsync(long id, CancellationToken cancellationToken)
    {
        var name = "unreadable";
        var attempts = 0;
        try
        {
            if (await events.FindAsync(id, cancellationToken) is not { } waiting)
            {
                return false;
            }

            (name, attempts) = (waiting.Name, waiting.Attempts);
            await HandleAsync(WeChatEvent.Restore(waiting.Body), waiting.Name, cancellationToken);
            await events.DoneAsync(id, cancellationToken);
            metrics.Handled(name, "done");
            return true;
        }
#pragma warning disable CA1031 // Logged and tried again after a while; the program's own end is no failure.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            NotHandled(log, id, name, attempts + 1, e);
            metrics.Handled(name, "failed");
            var pause = TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << Math.Min(attempts, 16), LongestPause.Ticks));
            await events.PostponeAsync(id, time.GetUtcNow() + pause, cancellationToken);
            return false;
        }
    }

    private async Task HandleAsync(WeChatEvent pushed, string name, CancellationToken cancellationToken)
    {
        foreach (var handler in _handlers[name])
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            await handler.HandleAsync(pushed, patience.Token);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Event {EventId} ({Name}) of WeChat could not be handled, attempt {Attempt}; it is tried again")]
    private static partial void NotHandled(ILogger log, long eventId, string name, int attempt, Exception exception);
}
