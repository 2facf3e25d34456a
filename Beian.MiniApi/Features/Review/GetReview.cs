using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Review;

internal static class GetReview
{
    public static async Task<IResult> HandleAsync(
        string filingId,
        CurrentUser user,
        IFilingStore filings,
        IFullViewStore fullViews,
        RuleContexts rules,
        ReviewViews views,
        BusinessClock clock,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await Submitted.FindAsync(filings, filingId, cancellationToken) is not { } filing)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        var ends = await fullViews.EndsAsync(filing.Id, user.UserId, time.GetUtcNow(), cancellationToken);
        AuditScope.Sees(new Sighting(ends is null ? AuditActs.Viewed : AuditActs.ViewedInFull, "filings", filing.Id, filing.Snapshot.AccountId));
        var now = clock.GetUtcNow();
        return Answer.Ok(views.Of(filing, Requirements.Of(filing, await rules.ForAsync(filing, now, cancellationToken)), now, ends), filing.Version);
    }
}
