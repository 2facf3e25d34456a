using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.FaceChecks;

/// <summary>What a hand-over stands for now.</summary>
/// <param name="Handover">As stored.</param>
/// <param name="Seen">The filing.</param>
/// <param name="Site">The site whose principal is to be checked.</param>
public sealed record OpenHandover(FaceHandover Handover, DeskView Seen, Site Site);

/// <summary>
/// Hand-overs of face checks to another person's phone, by a <see cref="OneTimeCode"/> that is good for the first user who redeems it, for the person it was
/// made for.
/// </summary>
public sealed class Handovers(IFaceHandoverStore store, IAttemptStore attempts, BlindIndex index, BusinessClock clock, TimeProvider time, IOptions<FaceCheckOptions> options)
{
    /// <summary>Wrong codes of one user within <see cref="Window"/> before nothing is looked up any more.</summary>
    public const int WrongCodes = 10;

    /// <summary>Real time, so that moving the business clock is no way around it.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Makes one in place of the site's former one.</summary>
    /// <param name="seen">The applicant's filing.</param>
    /// <param name="site">One with a principal.</param>
    /// <param name="cancellationToken">Honoured until the write begins.</param>
    /// <returns>The code, which is kept nowhere, and until when it can be redeemed.</returns>
    public async Task<(string Code, DateTimeOffset ExpiresAt)> MakeAsync(DeskView seen, Site site, CancellationToken cancellationToken)
    {
        var code = OneTimeCode.Make();
        var expiresAt = seen.Now + options.Value.HandoverLifetime;
        var handover = new FaceHandover(Guid.CreateVersion7().ToString("N"), OneTimeCode.HashOf(code)!, seen.Filing.Id, site.Id, PersonKey(seen.Filing, site)!, expiresAt, null);
        await store.PutAsync(handover, cancellationToken);
        return (code, expiresAt);
    }

    /// <summary>Binds a code to the user; the one refusal, counted, when it opens nothing for them.</summary>
    public async Task<Result<OpenHandover>> RedeemAsync(string code, string userId, FilingDesk desk, CancellationToken cancellationToken)
    {
        // Counted before it is looked up, or fifty at once would all be looked up before the first is counted; a right one is taken back.
        var (key, now) = (AttemptKeys.HandoversOf(userId), time.GetUtcNow());
        if (!await attempts.TryAddAsync(key, WrongCodes, now - Window, now, cancellationToken))
        {
            var used = await attempts.CountAsync(key, now - Window, cancellationToken);
            return FaceHandoverErrors.TooManyCodes((used.Oldest ?? now) + Window - now);
        }

        var business = clock.GetUtcNow();
        var redeemed = OneTimeCode.HashOf(code) is { } hash
            ? await store.RedeemAsync(hash, userId, business, business + FaceCheck.TimeToFinish, CancellationToken.None)
            : null;
        if (await OpenAsync(redeemed, desk, cancellationToken) is not { } open)
        {
            return FaceHandoverErrors.CodeNotFound();
        }

        await attempts.RemoveAsync(key, now, CancellationToken.None);
        return open;
    }

    /// <summary>The user's own hand-over with what it stands for; null when it is not theirs, over or void.</summary>
    public async Task<OpenHandover?> FindAsync(string handoverId, string userId, FilingDesk desk, CancellationToken cancellationToken) =>
        await OpenAsync(await store.FindAsync(handoverId, userId, clock.GetUtcNow(), cancellationToken), desk, cancellationToken);

    /// <summary>Whether it stands for the person whom it was made for: never for anybody else, whatever the form says meanwhile.</summary>
    public bool StandsFor(FaceHandover handover, Filing filing) => filing.FindSite(handover.SiteId) is { } site && PersonKey(filing, site) == handover.PersonKey;

    private async Task<OpenHandover?> OpenAsync(FaceHandover? handover, FilingDesk desk, CancellationToken cancellationToken) =>
        handover is not null
        && await desk.OpenAsGuestAsync(handover.FilingId, cancellationToken) is { } seen
        && FilingTransitions.Allows(seen.Filing.State, FilingAction.RecordEvidence, Role.Applicant)
        && StandsFor(handover, seen.Filing)
            ? new OpenHandover(handover, seen, seen.Filing.FindSite(handover.SiteId)!)
            : null;

    private string? PersonKey(Filing filing, Site site) => FaceCheckRules.DigestOf(filing, site) is { } digest ? index.Of("face-handover", digest) : null;
}
