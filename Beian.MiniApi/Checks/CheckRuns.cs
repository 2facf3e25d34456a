using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Checks;

/// <summary>A run of checks that is under way.</summary>
/// <param name="Version">The version of the filing it is about.</param>
/// <param name="Progress">What is known so far.</param>
/// <param name="Ended">Ends when the results are stored; never fails.</param>
public sealed record RunningCheck(int Version, CheckProgress Progress, Task Ended);

/// <summary>
/// The runs of the pre-submission checks: one a filing, going on after the caller has had its answer, with its results stored in the filing at the end.
/// They live in the process: a run that a stop of the program ends is simply started again by whoever asks next.
/// </summary>
public sealed partial class CheckRuns(FilingChecks checks, IFilingStore filings, BusinessClock clock, IHostApplicationLifetime lifetime, ILogger<CheckRuns> log)
{
    /// <summary>How often results are tried to be stored against other writers; each try means that somebody else got through.</summary>
    private const int MaxAttempts = 50;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, RunningCheck> _running = new(StringComparer.Ordinal);

    /// <summary>The run about the filing as it is now, started unless there is one.</summary>
    public RunningCheck StartOrJoin(Filing filing, Actor by)
    {
        ArgumentNullException.ThrowIfNull(filing);
        lock (_lock)
        {
            if (_running.TryGetValue(filing.Id, out var known) && known.Version == filing.Version)
            {
                return known;
            }

            var progress = new CheckProgress();
            var begin = new TaskCompletionSource();
            var run = new RunningCheck(filing.Version, progress, RunAsync(filing, progress, by, begin.Task));
            _running[filing.Id] = run;
            begin.SetResult();
            return run;
        }
    }

    /// <summary>The run about the filing as it is now, or null when none is under way.</summary>
    public RunningCheck? Find(Filing filing)
    {
        ArgumentNullException.ThrowIfNull(filing);
        lock (_lock)
        {
            return _running.TryGetValue(filing.Id, out var run) && run.Version == filing.Version ? run : null;
        }
    }

    /// <summary>Runs and stores; nothing that breaks reaches a caller, who finds what was stored before.</summary>
    private async Task RunAsync(Filing filing, CheckProgress progress, Actor by, Task begin)
    {
        await begin.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var stopping = lifetime.ApplicationStopping;
        try
        {
            var run = await checks.RedoAsync(filing, by.Id, progress, stopping);
            if (!stopping.IsCancellationRequested)
            {
                await StoreAsync(filing, run, by);
            }
        }
#pragma warning disable CA1031 // There is nobody to tell but the log.
        catch (Exception e)
#pragma warning restore CA1031
        {
            NotFinished(log, filing.Id, e);
        }
        finally
        {
            lock (_lock)
            {
                if (_running.TryGetValue(filing.Id, out var known) && known.Progress == progress)
                {
                    _running.Remove(filing.Id);
                }
            }
        }
    }

    /// <summary>A filing that was handed in meanwhile was checked on its way; what this run found is dropped then.</summary>
    private async Task StoreAsync(Filing asked, CheckRun run, Actor by)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await filings.FindAsync(asked.Id, CancellationToken.None) is not { } filing || Array.IndexOf(FilingTransitions.Editable, filing.State) < 0)
            {
                return;
            }

            // What ran again because it had failed says nothing about a form that was saved meanwhile; the rest is dropped where it no longer fits.
            var fitting = filing.Version == asked.Version ? run : new CheckRun(run.SubjectResults, run.BySite) { Texts = run.Texts };
            if (!fitting.ApplyTo(filing, by, clock.GetUtcNow()).TryGet(out var next, out _)
                || await filings.ReplaceAsync(next, null, CancellationToken.None) is { IsSaved: true } or { TakenHold: not null })
            {
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The checks of filing {FilingId} could not be finished")]
    private static partial void NotFinished(ILogger log, string filingId, Exception exception);
}
