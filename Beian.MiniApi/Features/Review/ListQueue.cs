using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Review;

internal static class ListQueue
{
    private static readonly HashSet<string> States =
        [.. Enum.GetValues<FilingState>().Where(s => s is not (FilingState.Draft or FilingState.DraftExpired)).Select(FilingTransitions.NameOf)];

    /// <param name="state">Name of a state; drafts are their applicants' own.</param>
    /// <param name="province">Division code.</param>
    /// <param name="assignee">Reviewer id, <c>me</c> or <c>none</c>.</param>
    /// <param name="overdue">True for filings past their due time.</param>
    /// <param name="page">Which page.</param>
    /// <param name="user">The reviewer.</param>
    /// <param name="filings">The store.</param>
    /// <param name="clock">Business time.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public static async Task<IResult> HandleAsync(
        string? state, string? province, string? assignee, bool? overdue, PageRequest page, CurrentUser user, IFilingStore filings, BusinessClock clock, CancellationToken cancellationToken)
    {
        if (state is not null && !States.Contains(state))
        {
            return RequestErrors.Invalid(new Finding("/state", "review.stateUnknown")).ToAnswer();
        }

        var now = clock.GetUtcNow();
        var filter = new QueueFilter(state, province, assignee == "me" ? user.UserId : assignee, overdue == true ? now : null);
        var rows = await filings.QueueAsync(filter, page.After, page.Take, cancellationToken);
        return Answer.Ok(Page.Of(rows, page, f => f.Id, f => ReviewViews.Item(f, now)));
    }
}
