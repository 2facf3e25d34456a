using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.FaceChecks;

internal static class GetFaceCheck
{
    public static async Task<Answer> HandleAsync(
        string filingId, string siteId, CurrentUser user, FilingDesk desk, FaceCheckReading reading, FilingViews views, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is not { } asked)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        if (asked.Filing.FindSite(siteId) is null)
        {
            return FilingErrors.SiteNotFound().ToAnswer();
        }

        // A provider that does not answer leaves the check pending; the page still shows it.
        await reading.SettleAsync(filingId, siteId, user.Actor, cancellationToken);
        return await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is { } seen && seen.Filing.FindSite(siteId) is { } site
            ? Answer.Ok(views.FaceCheckOf(seen.Filing, site, seen.Now))
            : FilingErrors.SiteNotFound().ToAnswer();
    }
}
