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
    IFilingStore filings, IFaceHandoverStore handovers, IMaterialStore materials, FaceCheckReading reading, FaceCheckWatch watch, BusinessClock clock, IHostApplicationLifetime lifetime,
    ILogger<FaceCheckWork> log)
    : BackgroundService
{
    /// <summary>Most filings that are watched at once, newest first.</summary>
    private const int MaxWatched = 2_000;

    /// <summary>Most filings that are asked about in one round, and how many of them at once.</summary>
    private const int MaxAsked = 40;
    private const int AtOnce = 4;

    private const int MaxSwept = 100;
    private const int MaxAttempts = 50;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The provider may be the sandbox of this very server, which must listen first.
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await using var stopped = stoppingToken.Register(() => started.TrySetCanceled());
        await started.Task;
        using var timer = new PeriodicTimer(Round);
        var pruneAt = DateTimeOffset.MinValue;
        do
        {
            await DoAsync("reading", () => ReadDueAsync(stoppingToken), stoppingToken);
            await DoAsync("pictures", () => SweepPicturesAsync(stoppingToken), stoppingToken);
            if (TimeProvider.System.GetUtcNow() is var now && now >= pruneAt)
            {
                await DoAsync("hand-overs", () => handovers.PruneAsync(clock.GetUtcNow(), stoppingToken), stoppingToken);
                pruneAt = now + PruneEvery;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Asks about every check whose turn it is; returns about how many filings.</summary>
    public async Task<int> ReadDueAsync(CancellationToken cancellationToken)
    {
        var (fresh, due) = watch.Look(await filings.WithOpenFaceChecksAsync(MaxWatched, cancellationToken), MaxAsked);
        foreach (var id in fresh)
        {
            await NoteAsync(id, cancellationToken);
        }

        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, ReadOneAsync);
        return due.Count;
    }

    /// <summary>Deletes pictures whose time has come; returns of how many filings.</summary>
    public async Task<int> SweepPicturesAsync(CancellationToken cancellationToken)
    {
        var ids = await filings.WithPicturesDueAsync(clock.GetUtcNow(), MaxSwept, cancellationToken);
        foreach (var id in ids)
        {
            await SweepAsync(id, cancellationToken);
        }

        return ids.Count;
    }

    private async ValueTask ReadOneAsync(string filingId, CancellationToken cancellationToken)
    {
        try
        {
            if (await filings.FindAsync(filingId, cancellationToken) is { } filing)
            {
                foreach (var (site, _) in filing.OpenFaceChecks())
                {
                    await reading.SettleAsync(filingId, site.Id, Actor.System, cancellationToken);
                }
            }
        }
#pragma warning disable CA1031 // A filing that cannot be read must not end the others' round; it is logged and tried again.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            NotRead(log, filingId, e);
        }

        await NoteAsync(filingId, cancellationToken);
    }

    private async Task NoteAsync(string filingId, CancellationToken cancellationToken)
    {
        var filing = await filings.FindAsync(filingId, cancellationToken);
        Domain.FaceChecks.FaceCheck[] checks = [.. filing?.OpenFaceChecks().Select(o => o.Check) ?? []];
        var keys = checks.SelectMany(c => new[] { c.CheckId, c.ProviderRef, c.PerformerId }).OfType<string>().ToHashSet(StringComparer.Ordinal);
        watch.Note(filingId, keys, checks.Length == 0 ? TimeSpan.Zero : checks.Min(c => c.ExpiresAt) - clock.GetUtcNow());
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

                Deleted(log, gone.Count, filingId);
                return;
            }
        }
    }

    private async Task DoAsync(string part, Func<Task<int>> work, CancellationToken stoppingToken)
    {
        try
        {
            await work();
        }
#pragma warning disable CA1031 // One part's trouble must not end the others, nor the process; it is tried again next round.
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Failed(log, part, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Face checks: {Part} failed; it is tried again")]
    private static partial void Failed(ILogger log, string part, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The face check of filing {FilingId} could not be read; it is tried again")]
    private static partial void NotRead(ILogger log, string filingId, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {Count} pictures of face checks of filing {FilingId}: their time had come")]
    private static partial void Deleted(ILogger log, int count, string filingId);
}
