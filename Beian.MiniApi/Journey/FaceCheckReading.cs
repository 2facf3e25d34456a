using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;
using Material = Beian.MiniApi.Domain.Materials.Material;

namespace Beian.MiniApi.Journey;

/// <summary>
/// Reads results from the provider and records them. The only way a check gets its result: whoever asks, and whatever wakes us, the provider is asked
/// again and its answer compared with what was begun.
/// </summary>
public sealed partial class FaceCheckReading(
    IFaceCheckProvider provider, IFilingStore filings, IUserStore users, IRuleSource rules, FaceCheckPictures pictures, BusinessClock clock, IOptions<FaceCheckOptions> options,
    ILogger<FaceCheckReading> log)
{
    /// <summary>How long after its end a check is still asked about while the provider does not answer, 1 hour.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>How much longer than one call the whole reading may take, which is up to three, 1 s.</summary>
    private static readonly TimeSpan BesidesOneCall = TimeSpan.FromSeconds(1);

    /// <summary>How often a save is tried against other writers.</summary>
    private const int MaxAttempts = 50;

    /// <summary>Asks about the site's open check and records what came; leaves it as it is when there is none, or nothing new.</summary>
    /// <param name="filingId">The filing, whose caller has been judged.</param>
    /// <param name="siteId">The site.</param>
    /// <param name="by">Who asks, or the program itself.</param>
    /// <param name="cancellationToken">Ends the asking; not the recording.</param>
    public async Task SettleAsync(string filingId, string siteId, Actor by, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Value.Timeout + BesidesOneCall);
        var asking = new Asking(patience.Token, cancellationToken);
        if (await filings.FindAsync(filingId, cancellationToken) is not { } seen
            || OpenCheck(seen, siteId) is not { } open
            || await ReadAsync(seen, open.Site, open.Check, asking) is not { } result)
        {
            return;
        }

        var picture = await PictureAsync(seen, open.Site, open.Check, result, asking);
        if (picture.WaitsFor || await RecordAsync(filingId, siteId, open.Check.CheckId, result, picture.Kept, by))
        {
            return;
        }

        await pictures.DropAsync(picture.Kept);
    }

    private static (Site Site, FaceCheck Check)? OpenCheck(Filing filing, string siteId)
    {
        foreach (var open in filing.OpenFaceChecks())
        {
            if (open.Site.Id == siteId)
            {
                return open;
            }
        }

        return null;
    }

    /// <summary>The result, or null while there is none: not finished, or the provider does not answer.</summary>
    private async Task<FaceCheckResult?> ReadAsync(Filing filing, Site site, FaceCheck check, Asking asking)
    {
        var now = clock.GetUtcNow();
        var isOver = now >= check.ExpiresAt;
        if (check.Provider is { } asked && asked != provider.Name)
        {
            // Nobody who is asked now knows the reference.
            return FaceCheckResult.Expired;
        }

        if (FaceCheckRules.DigestOf(filing, site) != check.PersonDigest)
        {
            // Begun for somebody else; whatever its result is, it counts for nobody.
            return isOver ? FaceCheckResult.Expired : null;
        }

        var query = await QueryAsync(filing, site, check, asking.Caller);
        if (!(await asking.AskAsync(patience => provider.ReadAsync(query, patience))).TryGet(out var result, out _))
        {
            return now >= check.ExpiresAt + Grace ? FaceCheckResult.Expired : null;
        }

        return result.Status != FaceCheckOutcome.Pending ? result : isOver ? FaceCheckResult.Expired : null;
    }

    private async Task<FaceCheckQuery> QueryAsync(Filing filing, Site site, FaceCheck check, CancellationToken cancellationToken)
    {
        var performer = check.PerformerId is { } id ? await users.FindAsync(id, cancellationToken) : null;
        return new FaceCheckQuery(check.ProviderRef, FaceCheckRequests.Of(check.CheckId, filing.PrincipalOf(site), performer?.OpenId));
    }

    /// <summary>The picture, where the province demands one and the check passed; while the provider cannot give it, the result waits for it until the check's end.</summary>
    private async Task<(Material? Kept, bool WaitsFor)> PictureAsync(Filing filing, Site site, FaceCheck check, FaceCheckResult result, Asking asking)
    {
        var now = clock.GetUtcNow();
        if (Judged(check, result, now).Status != FaceCheckStatus.Passed
            || FaceCheckRules.PictureRule(rules.Current.For(filing.Snapshot.Verification.Region?.Province, ChinaTime.DateOf(now))) is null)
        {
            return (null, false);
        }

        var query = await QueryAsync(filing, site, check, asking.Caller);
        if ((await asking.AskAsync(patience => provider.ReadFrameAsync(query, patience))).TryGet(out var frame, out _))
        {
            var kept = frame.Bytes is { } bytes ? await pictures.KeepAsync(bytes, site.Id, now, asking.Caller) : null;
            if (kept is null)
            {
                NoPicture(log, check.CheckId);
            }

            return (kept, false);
        }

        return (null, now < check.ExpiresAt);
    }

    /// <summary>True when it was recorded; false when the check is not open any more, so that its result is about nothing.</summary>
    private async Task<bool> RecordAsync(string filingId, string siteId, string checkId, FaceCheckResult result, Material? picture, Actor by)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await filings.FindAsync(filingId, CancellationToken.None) is not { } filing || OpenCheck(filing, siteId) is not { Check: var check } || check.CheckId != checkId)
            {
                return false;
            }

            var judged = Judged(check, result, clock.GetUtcNow());
            var noted = picture?.DeleteAt is { } deleteAt ? judged with { Picture = new FaceCheckPicture(picture.Id, deleteAt, null) } : judged;
            if (!filing.RecordFaceCheck(siteId, noted, by, picture).TryGet(out var next, out _))
            {
                return false;
            }

            if ((await filings.ReplaceAsync(next, null, CancellationToken.None)).IsSaved)
            {
                return true;
            }
        }

        return false;
    }

    private static FaceCheck Judged(FaceCheck check, FaceCheckResult result, DateTimeOffset now) => (result.Status switch
    {
        FaceCheckOutcome.Passed => check.Pass(result.CheckId, result.PersonDigest, now),
        FaceCheckOutcome.Expired => check.Fail(FaceCheckReasons.Expired, now),
        _ => check.Fail(result.Reason ?? FaceCheckReasons.FaceMismatch, now),
    }) with
    { Score = result.Score };

    [LoggerMessage(Level = LogLevel.Error, Message = "The province demands a picture of face check {CheckId}, and the provider has none")]
    private static partial void NoPicture(ILogger log, string checkId);

    /// <summary>The calls of one reading, which share one time limit.</summary>
    /// <param name="Patience">Ends them, and with the caller too.</param>
    /// <param name="Caller">The caller's own.</param>
    private readonly record struct Asking(CancellationToken Patience, CancellationToken Caller)
    {
        /// <summary>What the provider says; once the time is up, that it cannot be reached.</summary>
        public async Task<Result<T>> AskAsync<T>(Func<CancellationToken, Task<Result<T>>> ask)
            where T : class
        {
            try
            {
                return await ask(Patience);
            }
            catch (OperationCanceledException) when (!Caller.IsCancellationRequested)
            {
                return FaceCheckErrors.Unavailable();
            }
        }
    }
}
