using Beian.MiniApi.Coordination;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Timers;

/// <summary>
/// Asks for results of face checks that nobody came back for, and deletes pictures whose time has come. A worker of its own: a provider that takes its time
/// must not hold up the timers of filings.
/// </summary>
public sealed partial class FaceCheckWork(
    IFilingStore filings, IFaceHandoverStore handovers, IMaterialStore materials, FaceCheckReading reading, FaceCheckWatch watch, BusinessClock clock, TimeProvider time,
    Turns turns, IHostApplicationLifetime lifetime, ILogger<FaceCheckWork> log)
    : RoundsWork(turns, lifetime, log)
{
    /// <summary>Most filings that are watched at once, newest first.</summary>
    private const int MaxWatched = 2_000;

    /// <summary>Most filings that are asked about in one round, and how many of them at once.</summary>
    private const int MaxAsked = 40;
    private const int AtOnce = 4;

    private const int MaxSwept = 100;
    private const int MaxAttempts = 50;

    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);

    private readonly ILogger _log = log;
    private readonly Postponed _later = new(time);
    private DateTimeOffset _pruneAt = DateTimeOffset.MinValue;

    protected override async Task RoundAsync(CancellationToken stoppingToken)
    {
        await DoAsync("reading", ReadDueAsync, stoppingToken);
        await DoAsync("pictures", SweepPicturesAsync, stoppingToken);
        if (time.GetUtcNow() is var now && now >= _pruneAt)
        {
            await DoAsync("hand-overs", stop => handovers.PruneAsync(clock.GetUtcNow(), stop), stoppingToken);
            _pruneAt = now + PruneEvery;
        }
    }

    /// <summary>Asks about every check whose turn it is.</summary>
    private async Task ReadDueAsync(CancellationToken cancellationToken)
    {
        var (fresh, due) = watch.Look(await filings.WithOpenFaceChecksAsync(MaxWatched, cancellationToken), MaxAsked);
        foreach (var id in fresh)
        {
            await NoteAsync(id, cancellationToken);
        }

        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, ReadOneAsync);
    }

    /// <summary>Deletes pictures whose time has come.</summary>
    private async Task SweepPicturesAsync(CancellationToken cancellationToken)
    {
        foreach (var id in (await filings.WithPicturesDueAsync(clock.GetUtcNow(), MaxSwept, cancellationToken)).Where(id => !_later.Has(id)))
        {
            if (!await TryAsync(id, () => SweepAsync(id, cancellationToken), cancellationToken))
            {
                _later.Add(id);
            }
        }
    }

    private async ValueTask ReadOneAsync(string filingId, CancellationToken cancellationToken)
    {
        await TryAsync(filingId, () => ReadAsync(filingId, cancellationToken), cancellationToken);
        await NoteAsync(filingId, cancellationToken);
    }

    private async Task ReadAsync(string filingId, CancellationToken cancellationToken)
    {
        if (await filings.FindAsync(filingId, cancellationToken) is { } filing)
        {
            foreach (var (site, _) in filing.OpenFaceChecks())
            {
                await reading.SettleAsync(filingId, site.Id, Actor.System, cancellationToken);
            }
        }
    }

    /// <summary>Says when the filing is to be asked about again. One that cannot be read has its turn like any other, or the round would begin with it for ever.</summary>
    private async Task NoteAsync(string filingId, CancellationToken cancellationToken)
    {
        Domain.FaceChecks.FaceCheck[] checks = [];
        await TryAsync(filingId, async () => checks = [.. (await filings.FindAsync(filingId, cancellationToken))?.OpenFaceChecks().Select(o => o.Check) ?? []], cancellationToken);
        var keys = checks.SelectMany(c => new[] { c.CheckId, c.ProviderRef, c.PerformerId }).OfType<string>().ToHashSet(StringComparer.Ordinal);
        watch.Note(filingId, keys, checks.Length == 0 ? TimeSpan.Zero : checks.Min(c => c.ExpiresAt) - clock.GetUtcNow());
    }

    /// <summary>A filing that cannot be worked on must not end the others' round, nor keep them waiting; false when it failed.</summary>
    private async Task<bool> TryAsync(string filingId, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            return true;
        }
#pragma warning disable CA1031 // Logged and tried again after a while.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            NotRead(_log, filingId, e);
            return false;
        }
    }

    private async Task SweepAsync(string filingId, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await filings.FindAsync(filingId, cancellationToken) is not { } filing)
            {
                return;
            }

            var (swept, gone) = filing.DeleteFacePictures(clock.GetUtcNow());
            if (gone.Count == 0)
            {
                return;
            }

            // Off the filing first: what a crash leaves between the two is found as an orphan, and never shown again.
            if ((await filings.ReplaceAsync(swept, null, cancellationToken)).IsSaved)
            {
                foreach (var id in gone)
                {
                    await materials.DeleteAsync(id, CancellationToken.None);
                }

                Deleted(_log, gone.Count, filingId);
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The face checks of filing {FilingId} could not be worked on; they are tried again")]
    private static partial void NotRead(ILogger log, string filingId, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {Count} pictures of face checks of filing {FilingId}: their time had come")]
    private static partial void Deleted(ILogger log, int count, string filingId);
}
