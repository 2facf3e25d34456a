using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Sites;

internal static class AddSite
{
    public static async Task<Answer> HandleAsync(
        string filingId, Body<SiteRequest> body, IfMatch ifMatch, CurrentUser user, FilingDesk desk, FilingChecks checks, FilingViews views, CancellationToken cancellationToken)
    {
        if (body.Value.Measure() is { } tooLong)
        {
            return tooLong.ToAnswer();
        }

        for (var attempt = 0; ; attempt++)
        {
            var answer = await TryAsync(filingId, body.Value, ifMatch, user, desk, checks, views, cancellationToken);
            if (!HoldErrors.WasOvertaken(answer) || attempt + 1 >= HoldErrors.MaxAttempts)
            {
                return answer;
            }
        }
    }

    private static async Task<Answer> TryAsync(
        string filingId, SiteRequest request, IfMatch ifMatch, CurrentUser user, FilingDesk desk, FilingChecks checks, FilingViews views, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is not { } seen)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        var typed = request.ToSite(Guid.CreateVersion7().ToString("N"));
        if (!seen.Filing.AddSite(typed, seen.Open, user.Actor, seen.Now).TryGet(out _, out var refusal))
        {
            return refusal.ToAnswer();
        }

        if (ifMatch.Refuses(seen.Filing) is { } stale)
        {
            return stale.ToAnswer();
        }

        return (await OwnDomain.CheckAsync(seen.Filing, null, typed, checks, cancellationToken)).TryGet(out var site, out var throttled)
            ? await desk.ChangeAsync(
                filingId,
                user,
                ifMatch,
                view => view.Filing.AddSite(site, view.Open, user.Actor, view.Now),
                cancellationToken,
                answer: (filing, requirements, now) =>
                    Answer.Created($"/api/v1/filings/{filingId}/sites/{site.Id}", views.Of(filing, requirements, now), filing.Version))
            : throttled.ToAnswer();
    }
}
