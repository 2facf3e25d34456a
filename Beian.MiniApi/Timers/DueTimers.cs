using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Timers;

/// <summary>
/// Lets timers happen in the order they are due, each with its due time as now. Nothing is scheduled in memory: the next timer of a filing follows from
/// what is stored, so a restart loses none and one that was missed happens late, but with its own time.
/// </summary>
public sealed partial class DueTimers(IFilingStore filings, BusinessClock clock, ILogger<DueTimers> log) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Lets everything happen that is due by now; returns how many timers fired.</summary>
    public Task<int> FireAsync(CancellationToken cancellationToken) => FireUntilAsync(clock.GetUtcNow(), cancellationToken);

    /// <summary>Lets everything happen that is due by <paramref name="until"/>.</summary>
    public async Task<int> FireUntilAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var fired = 0;
            var failed = new HashSet<string>(StringComparer.Ordinal);
            while (await filings.NextDueAsync(until, failed, cancellationToken) is { } filing)
            {
                if (filing.NextTimer() is not { } timer)
                {
                    throw new InvalidOperationException($"Filing {filing.Id} is stored with a timer it does not have.");
                }

                if (!filing.Fire(timer).TryGet(out var next, out var refusal))
                {
                    TimerRefused(log, filing.Id, timer.Code, refusal.Code);
                    failed.Add(filing.Id);
                    continue;
                }

                // When somebody acted at the same moment, the filing is looked at again and may have another next timer.
                var outcome = await filings.ReplaceAsync(next, null, cancellationToken);
                if (outcome.IsSaved)
                {
                    fired++;
                }
                else if (outcome.TakenHold is { } hold)
                {
                    // Looking again would find the same; the others go on, and the next round tries once more.
                    TimerRefused(log, filing.Id, timer.Code, hold.Split(':')[0]);
                    failed.Add(filing.Id);
                }
            }

            return fired;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    [LoggerMessage(Level = LogLevel.Error, Message = "Timer {Timer} of filing {FilingId} was refused: {Code}")]
    private static partial void TimerRefused(ILogger log, string filingId, string timer, string code);
}
