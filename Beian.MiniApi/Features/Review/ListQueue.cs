using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Review;

internal static class ListQueue
{
    public static async Task<IResult> HandleAsync(
        [AsParameters] QueueQuery query, PageRequest page, CurrentUser user, IFilingStore filings, ReferenceBook book, BusinessClock clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var refusals = query.Refusals().ToArray();
        if (refusals.Length > 0)
        {
            return RequestErrors.Invalid(refusals).ToAnswer();
        }

        var filter = query.Filter(user, book, now);
        if (query.Sort != QueueQuery.Due)
        {
            return Answer.Ok(Page.Of(await filings.QueueAsync(filter, page.After, page.Take, cancellationToken), page, f => f.Id, f => ReviewViews.Item(f, now)));
        }

        return await DueFirstAsync(filter, page, filings, now, cancellationToken) is { } found ? Answer.Ok(found) : RequestErrors.BadCursor().ToAnswer();
    }

    /// <summary>A page of the queue, the longest overdue first; null for a cursor that is not one of this order.</summary>
    public static async Task<Page<QueueItem>?> DueFirstAsync(QueueFilter filter, PageRequest page, IFilingStore filings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var after = page.After is null ? null : QueueKey.Parse(page.After);
        return after is null && page.After is not null
            ? null
            : Page.Of(await filings.QueueByDueAsync(filter, after, page.Take, cancellationToken), page, f => QueueKey.Of(f).ToString(), f => ReviewViews.Item(f, now));
    }
}
