using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Journey;

/// <summary>A check the provider has begun and that no filing knows yet.</summary>
/// <param name="CheckId">Our id.</param>
/// <param name="PersonDigest">For whom.</param>
/// <param name="Provider">Name of the provider.</param>
/// <param name="PerformerId">On whose phone.</param>
/// <param name="Started">What the provider answered.</param>
public sealed record BegunFaceCheck(string CheckId, string PersonDigest, string Provider, string PerformerId, FaceCheckStart Started)
{
    /// <summary>What the filing keeps of it.</summary>
    /// <param name="now">Business time.</param>
    public FaceCheck At(DateTimeOffset now) => FaceCheck.Started(CheckId, Started.ProviderRef, PersonDigest, Started.Url, now, Started.ValidFor) with
    {
        Provider = Provider,
        Token = Started.Token,
        PerformerId = PerformerId,
    };
}

/// <summary>Begins face checks, on the applicant's own phone or on one it was handed over to; the limit of a day counts both.</summary>
public sealed class FaceCheckStarts(IFaceCheckProvider provider, IAttemptStore attempts, IUserStore users, BlindIndex index, TimeProvider time)
{
    /// <summary>Starts per person and day; a provider charges for each.</summary>
    private const int StartsPerDay = 5;

    /// <summary>Why no check can begin there; null when one can.</summary>
    public DomainError? Refuse(DeskView seen, string siteId)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var state = seen.Filing.State;
        if (!FilingTransitions.Allows(state, FilingAction.Edit, Role.Applicant))
        {
            return FilingErrors.StateConflict(state, Role.Applicant);
        }

        if (seen.Filing.FindSite(siteId) is not { } site)
        {
            return FilingErrors.SiteNotFound();
        }

        if (FaceCheckRules.DigestOf(seen.Filing, site) is null)
        {
            return new DomainError("faceCheck.personIncomplete", ErrorKind.Unprocessable);
        }

        if (FaceCheckRules.StatusOf(seen.Filing, site, seen.Now) == FaceCheckStatus.Passed)
        {
            return new DomainError("faceCheck.alreadyPassed", ErrorKind.Conflict);
        }

        return provider.Supports(seen.Filing.PrincipalOf(site).CertificateType!.Value) ? null : FaceCheckErrors.NotSupported();
    }

    /// <summary>Begins one; refused as <see cref="Refuse"/> says, when there were too many, or by the provider.</summary>
    /// <param name="seen">The filing.</param>
    /// <param name="siteId">The site.</param>
    /// <param name="performerId">The user on whose phone it is done.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<Result<BegunFaceCheck>> BeginAsync(DeskView seen, string siteId, string performerId, CancellationToken cancellationToken)
    {
        if (Refuse(seen, siteId) is { } refusal)
        {
            return refusal;
        }

        var site = seen.Filing.FindSite(siteId)!;
        var digest = FaceCheckRules.DigestOf(seen.Filing, site)!;
        var real = time.GetUtcNow();

        // Keyed: a bare digest of name and number could be tried out by whoever reads the table.
        var key = "face:" + index.Of("face", digest);
        if (!await attempts.TryAddAsync(key, StartsPerDay, real.AddDays(-1), real, cancellationToken))
        {
            var used = await attempts.CountAsync(key, real.AddDays(-1), cancellationToken);
            return FaceCheckErrors.TooManyStarts((used.Oldest ?? real).AddDays(1) - real);
        }

        var performer = await users.FindAsync(performerId, cancellationToken);
        var request = FaceCheckRequests.Of(Guid.CreateVersion7().ToString("N"), seen.Filing.PrincipalOf(site), performer?.OpenId);
        if ((await provider.StartAsync(request, cancellationToken)).TryGet(out var started, out var refused))
        {
            return new BegunFaceCheck(request.CheckId, digest, provider.Name, performerId, started);
        }

        // Nothing was started, so nothing counts: a provider that is down for a minute must not close the day.
        await attempts.RemoveAsync(key, real, CancellationToken.None);
        return refused;
    }

    /// <summary>
    /// Puts a begun check into the filing, decided again with the filing as it is now: while the provider began, the check may have passed on another phone
    /// or the filing been submitted.
    /// </summary>
    public Result<Filing> Record(DeskView current, string siteId, BegunFaceCheck begun, Actor by)
    {
        ArgumentNullException.ThrowIfNull(begun);
        return Refuse(current, siteId) is { } refusal ? refusal : current.Filing.RecordFaceCheck(siteId, begun.At(current.Now), by);
    }
}

/// <summary>What a provider is asked about a person, written the same way at the start and at the reading.</summary>
internal static class FaceCheckRequests
{
    /// <param name="checkId">Our id of the check.</param>
    /// <param name="person">Has name, certificate type and number.</param>
    /// <param name="openId">Whose phone does it, or null when the user is gone.</param>
    public static FaceCheckRequest Of(string checkId, Person person, string? openId) =>
        new(checkId, person.Name!.Trim(), person.CertificateType!.Value, person.CertificateNumber!.Trim().ToUpperInvariant(), openId);
}
