using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Sites;

internal static class PutSite
{
    public static async Task<Answer> HandleAsync(
        string filingId, string siteId, Body<SiteRequest> body, IfMatch ifMatch, CurrentUser user, FilingDesk desk, FilingChecks checks, FilingViews views, CancellationToken cancellationToken)
    {
        if (body.Value.Measure() is { } tooLong)
        {
            return tooLong.ToAnswer();
        }

        if (await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is not { } seen)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        var typed = body.Value.ToSite(siteId);
        if (!seen.Filing.PutSite(typed, seen.Open, user.Actor, seen.Now).TryGet(out _, out var refusal))
        {
            return refusal.ToAnswer();
        }

        return (await OwnDomain.CheckAsync(seen.Filing, seen.Filing.FindSite(siteId), typed, checks, cancellationToken)).TryGet(out var site, out var throttled)
            ? await desk.ChangeAsync(
                filingId,
                user,
                ifMatch,
                view => view.Filing.PutSite(site, view.Open, user.Actor, view.Now),
                cancellationToken,
                filing => filing.FindSite(siteId) is { } stored ? views.Of(filing, stored, seen.Now) : null)
            : throttled.ToAnswer();
    }
}
