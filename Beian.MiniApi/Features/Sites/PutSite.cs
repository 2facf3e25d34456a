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

        for (var attempt = 0; ; attempt++)
        {
            var answer = await TryAsync(filingId, body.Value.ToSite(siteId), ifMatch, user, desk, checks, views, cancellationToken);
            if (!HoldErrors.WasOvertaken(answer) || attempt + 1 >= HoldErrors.MaxAttempts)
            {
                return answer;
            }
        }
    }

    private static async Task<Answer> TryAsync(
        string filingId, Site typed, IfMatch ifMatch, CurrentUser user, FilingDesk desk, FilingChecks checks, FilingViews views, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is not { } seen)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        if (!seen.Filing.PutSite(typed, seen.Open, user.Actor, seen.Now).TryGet(out _, out var refusal))
        {
            return refusal.ToAnswer();
        }

        if (ifMatch.Refuses(seen.Filing, seen.Filing.FindSite(typed.Id) is { } known ? views.Of(seen.Filing, known, seen.Now) : null) is { } stale)
        {
            return stale.ToAnswer();
        }

        // An account that guessed codes is told so, and what it typed is kept unchecked all the same.
        var isChecked = (await OwnDomain.CheckAsync(seen.Filing, seen.Filing.FindSite(typed.Id), typed, checks, cancellationToken)).TryGet(out var site, out var throttled);
        return await desk.ChangeAsync(
            filingId,
            user,
            ifMatch,
            view => view.Filing.PutSite(site ?? typed, view.Open, user.Actor, view.Now),
            cancellationToken,
            filing => filing.FindSite(typed.Id) is { } stored ? views.Of(filing, stored, seen.Now) : null,
            isChecked
                ? null
                : (filing, _, _) => (throttled! with { Version = filing.Version }).ToAnswer());
    }
}
