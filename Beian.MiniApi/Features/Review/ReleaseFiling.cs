using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Review;

internal static class ReleaseFiling
{
    public static Task<Answer> HandleAsync(string filingId, CurrentUser user, FilingDesk desk, ReviewViews views, CancellationToken cancellationToken) =>
        ReviewDesk.ChangeAsync(filingId, desk, views, view => view.Filing.Release(user.Actor, view.Now), cancellationToken);
}
