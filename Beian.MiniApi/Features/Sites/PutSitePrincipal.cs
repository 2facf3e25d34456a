using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Sites;

/// <summary>网站负责人: either a person, or the word that it is the subject's principal.</summary>
public sealed record SitePrincipalRequest : PersonRequest
{
    /// <summary>True: the subject's principal by reference, and every other field is left out.</summary>
    public bool? SameAsSubjectPrincipal { get; init; }
}

internal static class PutSitePrincipal
{
    public static Task<Answer> HandleAsync(
        string filingId, string siteId, Body<SitePrincipalRequest> body, IfMatch ifMatch, CurrentUser user, FilingDesk desk, CancellationToken cancellationToken)
    {
        var lengths = new Lengths();
        body.Value.Measure(lengths);
        if (lengths.Refusal is { } refusal)
        {
            return Task.FromResult(refusal.ToAnswer());
        }

        var same = body.Value.SameAsSubjectPrincipal == true;
        return desk.ChangeAsync(
            filingId,
            user,
            ifMatch,
            view => view.Filing.PutSitePrincipal(siteId, same, body.Value.ToPerson(), view.Open, user.Actor, view.Now),
            cancellationToken,
            filing => filing.FindSite(siteId) is { } site ? FilingViews.Of(filing.PrincipalOf(site), filing.SharesPrincipal(site)) : null);
    }
}
