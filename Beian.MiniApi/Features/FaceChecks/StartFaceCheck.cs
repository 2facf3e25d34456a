using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.FaceChecks;

/// <summary>A started check.</summary>
/// <param name="Url">Where the person does it, or null when there is a token.</param>
/// <param name="Token">For the provider's own component, or null when there is a url.</param>
/// <param name="ExpiresAt">Until when.</param>
public sealed record FaceCheckStartView(string CheckId, string? Url, string? Token, DateTimeOffset ExpiresAt);

internal static class StartFaceCheck
{
    /// <summary>Starts per person and day; a provider charges for each.</summary>
    private const int StartsPerDay = 5;

    public static async Task<Answer> HandleAsync(
        string filingId,
        string siteId,
        CurrentUser user,
        FilingDesk desk,
        IFaceCheckProvider provider,
        IAttemptStore attempts,
        BlindIndex index,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is not { } seen)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        if (Refuse(seen, siteId, provider) is { } refusal)
        {
            return refusal.ToAnswer();
        }

        var site = seen.Filing.FindSite(siteId)!;
        var person = seen.Filing.PrincipalOf(site);
        var digest = FaceCheckRules.DigestOf(seen.Filing, site)!;
        var real = time.GetUtcNow();

        // Keyed: a bare digest of name and number could be tried out by whoever reads the table.
        var key = "face:" + index.Of("face", digest);
        if (!await attempts.TryAddAsync(key, StartsPerDay, real.AddDays(-1), real, cancellationToken))
        {
            var used = await attempts.CountAsync(key, real.AddDays(-1), cancellationToken);
            return FaceCheckErrors.TooManyStarts((used.Oldest ?? real).AddDays(1) - real).ToAnswer();
        }

        var checkId = Guid.CreateVersion7().ToString("N");
        var request = new FaceCheckRequest(checkId, person.Name!, person.CertificateType!.Value, person.CertificateNumber!);
        if (!(await provider.StartAsync(request, cancellationToken)).TryGet(out var started, out var unavailable))
        {
            // Nothing was started, so nothing counts: a provider that is down for a minute must not close the day.
            await attempts.RemoveAsync(key, real, CancellationToken.None);
            return unavailable.ToAnswer();
        }

        FaceCheckStartView? view = null;
        return await desk.ChangeAsync(
            filingId,
            user,
            IfMatch.Any,
            current =>
            {
                var check = Domain.FaceChecks.FaceCheck.Started(checkId, started.ProviderRef, digest, started.Url, current.Now, started.ValidFor);
                view = new FaceCheckStartView(checkId, started.Url, started.Token, check.ExpiresAt);
                return current.Filing.RecordFaceCheck(siteId, check, user.Actor);
            },
            cancellationToken,
            answer: (_, _, _) => Answer.Created($"/api/v1/filings/{filingId}/sites/{siteId}/face-check", view!));
    }

    private static DomainError? Refuse(DeskView seen, string siteId, IFaceCheckProvider provider)
    {
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
}
