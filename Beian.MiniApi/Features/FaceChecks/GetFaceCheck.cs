using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.FaceChecks;

internal static class GetFaceCheck
{
    public static async Task<Answer> HandleAsync(
        string filingId, string siteId, CurrentUser user, FilingDesk desk, IFaceCheckProvider provider, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is not { } seen)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        if (seen.Filing.FindSite(siteId) is not { } site)
        {
            return FilingErrors.SiteNotFound().ToAnswer();
        }

        if (site.FaceCheck is not { Status: FaceCheckStatus.Pending } pending || !FilingTransitions.Allows(seen.Filing.State, FilingAction.RecordEvidence, Role.Applicant))
        {
            return Answer.Ok(FilingViews.FaceCheckOf(seen.Filing, site, seen.Now));
        }

        // A provider that does not answer leaves the check pending; the page still shows it.
        if (!(await provider.ReadAsync(pending.ProviderRef, cancellationToken)).TryGet(out var result, out _) || result.Status == FaceCheckOutcome.Pending)
        {
            return Answer.Ok(FilingViews.FaceCheckOf(seen.Filing, site, seen.Now));
        }

        return await desk.ChangeAsync(
            filingId,
            user,
            IfMatch.Any,
            view => Settle(view, siteId, pending.CheckId, result, user),
            cancellationToken,
            answer: (filing, _, now) => Answer.Ok(FilingViews.FaceCheckOf(filing, filing.FindSite(siteId)!, now)));
    }

    private static Result<Filing> Settle(DeskView view, string siteId, string checkId, FaceCheckResult result, CurrentUser user)
    {
        // Another check may have been started meanwhile: then this result is about nothing.
        if (view.Filing.FindSite(siteId)?.FaceCheck is not { Status: FaceCheckStatus.Pending } check || check.CheckId != checkId)
        {
            return view.Filing;
        }

        var settled = result.Status switch
        {
            FaceCheckOutcome.Passed => check.Pass(result.CheckId, result.PersonDigest, view.Now),
            FaceCheckOutcome.Expired => check.Fail(FaceCheckReasons.Expired, view.Now),
            _ => check.Fail(result.Reason ?? FaceCheckReasons.FaceMismatch, view.Now),
        };
        return view.Filing.RecordFaceCheck(siteId, settled, user.Actor);
    }
}
