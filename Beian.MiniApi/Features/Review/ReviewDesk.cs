using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Review;

/// <summary>A staff change of a submitted filing, answered with the reviewer's view.</summary>
internal static class ReviewDesk
{
    public static Task<Answer> ChangeAsync(string filingId, FilingDesk desk, ReviewViews views, Func<DeskView, Result<Filing>> decide, CancellationToken cancellationToken) =>
        desk.ChangeAsStaffAsync(
            filingId,
            IfMatch.Any,
            decide,
            (filing, requirements, now) => Answer.Ok(views.Of(filing, requirements, now), filing.Version),
            cancellationToken);
}
