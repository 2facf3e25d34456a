using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Sites;

internal static class DeleteSite
{
    public static Task<Answer> HandleAsync(string filingId, string siteId, IfMatch ifMatch, CurrentUser user, FilingDesk desk, CancellationToken cancellationToken) =>
        desk.ChangeAsync(filingId, user, ifMatch, view => view.Filing.RemoveSite(siteId, view.Open, user.Actor, view.Now), cancellationToken);
}
