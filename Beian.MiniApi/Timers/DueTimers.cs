using System.Security.Cryptography;
using System.Text.Json;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Timers;

/// <summary>
/// Lets timers happen in the order they are due, each with its due time as now. Nothing is scheduled in memory: the next timer of a filing follows from
/// what is stored, so a restart loses none and one that was missed happens late, but with its own time.
/// </summary>
public sealed partial class DueTimers(IFilingStore filings, ResourceEnds resources, BusinessClock clock, ILogger<DueTimers> log) : IDisposable
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
            // First what they go by: a renewed resource needs no reminder.
            await resources.TellAsync(cancellationToken);
            var fired = 0;
            var failed = new HashSet<string>(StringComparer.Ordinal);
            while (await filings.NextDueAsync(until, failed, cancellationToken) is { } id)
            {
                switch (await FireNextAsync(id, until, cancellationToken))
                {
                    case true:
                        fired++;
                        break;
                    case null:
                        // Looking again would find the same; the others go on, and the next round tries once more.
                        failed.Add(id);
                        break;
                }
            }

            return fired;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>True when the timer fired, false when somebody acted at the same moment and the filing is to be looked at again, null when it cannot fire.</summary>
    private async Task<bool?> FireNextAsync(string id, DateTimeOffset until, CancellationToken cancellationToken)
    {
        try
        {
            if (await filings.FindAsync(id, cancellationToken) is not { } filing || filing.NextTimer() is not { } timer)
            {
                TimerRefused(log, id, "unknown", "noTimer");
                return null;
            }

            if (timer.At > until)
            {
                // Somebody else, another instance perhaps, has fired the one that was due; the next one has its own time.
                return null;
            }

            if (!filing.Fire(timer).TryGet(out var next, out var refusal))
            {
                TimerRefused(log, id, timer.Code, refusal.Code);
                return null;
            }

            var outcome = await filings.ReplaceAsync(next, null, cancellationToken);
            if (outcome.TakenHold is { } hold)
            {
                TimerRefused(log, id, timer.Code, hold.Split(':')[0]);
                return null;
            }

            return outcome.IsSaved;
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException or CryptographicException or InvalidDataException)
        {
            // A damaged or altered row, or one of a newer program, fails where it is read; it must not stop the clocks of the others.
            Damaged(log, id, e);
            return null;
        }
    }

    public void Dispose() => _one.Dispose();

    [LoggerMessage(Level = LogLevel.Error, Message = "Filing {FilingId} cannot be read; its timers stand still")]
    private static partial void Damaged(ILogger log, string filingId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Timer {Timer} of filing {FilingId} was refused: {Code}")]
    private static partial void TimerRefused(ILogger log, string filingId, string timer, string code);
}
