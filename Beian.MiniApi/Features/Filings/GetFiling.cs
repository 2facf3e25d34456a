using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Filings;

internal static class GetFiling
{
    public static async Task<IResult> HandleAsync(string filingId, CurrentUser user, FilingDesk desk, FilingViews views, CancellationToken cancellationToken) =>
        await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is { } view
            ? Answer.Ok(views.Of(view.Filing, view.Requirements, view.Now), view.Filing.Version)
            : FilingErrors.NotFound().ToAnswer();
}
