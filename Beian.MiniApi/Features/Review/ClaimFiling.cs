using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Review;

internal static class ClaimFiling
{
    public static Task<Answer> HandleAsync(string filingId, CurrentUser user, FilingDesk desk, ReviewViews views, CancellationToken cancellationToken) =>
        ReviewDesk.ChangeAsync(filingId, desk, views, view => view.Filing.ClaimFor(user.Actor, view.Now), cancellationToken);
}
