using Beian.MiniApi.Checks;
using Beian.MiniApi.Coordination;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Timers;

/// <summary>
/// Finishes the checks of submissions that the caller did not wait for, also after a restart. A worker of its own: a registry that takes its time must not hold up
/// timers and messages.
/// </summary>
public sealed partial class PendingChecks(
    IFilingStore filings, FilingChecks checks, ReferenceBook book, BusinessClock clock, CheckBell bell, TimeProvider time, Turns turns, IHostApplicationLifetime lifetime, ILogger<PendingChecks> log)
    : RoundsWork(turns, lifetime, log)
{
    private readonly ILogger _log = log;
    private readonly Postponed _later = new(time);

    protected override Task Called => bell.Next;

    protected override Task RoundAsync(CancellationToken stoppingToken) => DoAsync("checks", FinishAsync, stoppingToken);

    /// <summary>Takes every filing in state <c>checking</c> on to the review, or back when a check fails.</summary>
    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        var ids = (await filings.InStateAsync(FilingState.Checking, 100, cancellationToken)).Where(id => !_later.Has(id));
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, FinishOneAsync);
    }

    /// <summary>A filing that cannot be finished must not end the others' round.</summary>
    private async ValueTask FinishOneAsync(string filingId, CancellationToken cancellationToken)
    {
        try
        {
            await FinishAsync(filingId, cancellationToken);
            _later.Remove(filingId);
        }
#pragma warning disable CA1031 // Logged and tried again after a while.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            NotFinished(_log, filingId, e);
            _later.Add(filingId);
        }
    }

    private async ValueTask FinishAsync(string filingId, CancellationToken cancellationToken)
    {
        if (await filings.FindAsync(filingId, cancellationToken) is not { State: FilingState.Checking } submitted)
        {
            return;
        }

        var run = await checks.RecheckAsync(submitted, probes: true, AuthorOf(submitted), cancellationToken);
        while (await filings.FindAsync(filingId, cancellationToken) is { State: FilingState.Checking } filing)
        {
            var now = clock.GetUtcNow();
            var noted = filing.RecordChecks(run.SubjectResults, run.BySite, Actor.System, run.Contacts, run.Texts).Value;
            var next = run.Passed
                ? noted.PassChecks(book.WorkingDays.AddWorkingDays(now, FilingTimes.ReviewWorkingDays), now)
                : noted.FailChecks(now);
            var outcome = await filings.ReplaceAsync(next.Value, null, cancellationToken);
            if (outcome.IsSaved || outcome.TakenHold is not null)
            {
                return;
            }
        }
    }

    /// <summary>Who handed it in.</summary>
    private static string? AuthorOf(Filing filing) => filing.Snapshot.History.LastOrDefault(e => e.Action == FilingAction.Submit)?.ActorId;

    [LoggerMessage(Level = LogLevel.Error, Message = "The checks of filing {FilingId} could not be finished; they are tried again")]
    private static partial void NotFinished(ILogger log, string filingId, Exception exception);
}
