using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Review;

internal static class GetReview
{
    public static async Task<IResult> HandleAsync(
        string filingId, IFilingStore filings, RuleContexts rules, ReviewViews views, BusinessClock clock, CancellationToken cancellationToken)
    {
        if (await Submitted.FindAsync(filings, filingId, cancellationToken) is not { } filing)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        var now = clock.GetUtcNow();
        return Answer.Ok(views.Of(filing, Requirements.Of(filing, await rules.ForAsync(filing, now, cancellationToken)), now), filing.Version);
    }
}
