using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Features.Review;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.ReviewConsole.Queue;

internal static class ShowQueue
{
    public static async Task<IResult> HandleAsync(
        HttpContext http, PageRequest page, CurrentUser user, IFilingStore filings, IStaffStore staff, ReferenceBook book, BusinessClock clock, CancellationToken cancellationToken)
    {
        var choice = ChoiceOf(http.Request.Query);
        var now = clock.GetUtcNow();
        if (await ListQueue.DueFirstAsync(QueryOf(choice).Filter(user, book, now), page, filings, now, cancellationToken) is not { } shown)
        {
            return RequestErrors.BadCursor().ToAnswer();
        }

        var names = (await staff.ListAsync(cancellationToken)).ToDictionary(m => m.Id, m => m.DisplayName ?? m.UserName, StringComparer.Ordinal);
        var model = new QueueModel(choice, shown.Items, shown.NextCursor, QueueQuery.States, book.Tables.Provinces, names);
        return ConsolePage.Show<QueuePage>(http, choice.Assignee == "me" ? "queue.mine" : "queue.title", model);
    }

    /// <summary>A filing's number is digits alone; anything else is a domain.</summary>
    private static QueueQuery QueryOf(QueueChoice choice)
    {
        var isNumber = choice.Text is not null && choice.Text.All(char.IsAsciiDigit);
        return new QueueQuery
        {
            State = choice.State,
            Province = choice.Province,
            Assignee = choice.Assignee,
            Overdue = choice.Overdue,
            Kind = choice.Kind,
            Number = isNumber ? choice.Text : null,
            Domain = isNumber ? null : choice.Text,
        };
    }

    private static QueueChoice ChoiceOf(IQueryCollection query) => new(
        QueueQuery.States.Contains(query["state"].ToString()) ? query["state"].ToString() : null,
        Bounded(query["province"]),
        Bounded(query["assignee"]),
        query["overdue"].ToString() is "true" or "on",
        QueueQuery.Kinds.Contains(query["kind"].ToString()) ? query["kind"].ToString() : null,
        Bounded(query["text"]));

    private static string? Bounded(string? value) => value?.Trim() is { Length: > 0 and <= 253 } text ? text : null;
}
