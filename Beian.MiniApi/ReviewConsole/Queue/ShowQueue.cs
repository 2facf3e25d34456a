using System.Globalization;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Features.Review;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.ReviewConsole.Queue;

internal static class ShowQueue
{
    private static readonly string[] States =
        [.. Enum.GetValues<FilingState>().Where(s => s is not (FilingState.Draft or FilingState.DraftExpired)).Select(FilingTransitions.NameOf)];

    public static async Task<IResult> HandleAsync(
        HttpContext http, PageRequest page, CurrentUser user, IFilingStore filings, IStaffStore staff, ReferenceBook book, BusinessClock clock, CancellationToken cancellationToken)
    {
        var choice = ChoiceOf(http.Request.Query);
        var now = clock.GetUtcNow();
        var rows = choice.Text is null ? await RowsAsync(choice, page, user, filings, now, cancellationToken) : await FoundAsync(choice.Text, filings, cancellationToken);
        var shown = Page.Of(rows, page, f => f.Id, f => ReviewViews.Item(f, now));
        var names = (await staff.ListAsync(cancellationToken)).ToDictionary(m => m.Id, m => m.DisplayName ?? m.UserName, StringComparer.Ordinal);
        var model = new QueueModel(choice, shown.Items, shown.NextCursor, States, book.Tables.Provinces, names) { IsLater = page.After is not null };
        return ConsolePage.Show<QueuePage>(http, choice.Assignee == "me" ? "queue.mine" : "queue.title", model);
    }

    /// <summary>The one place that reads the queue.</summary>
    private static Task<IReadOnlyList<Filing>> RowsAsync(
        QueueChoice choice, PageRequest page, CurrentUser user, IFilingStore filings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var filter = new QueueFilter(choice.State, choice.Province, choice.Assignee == "me" ? user.UserId : choice.Assignee, choice.Overdue ? now : null);
        return filings.QueueAsync(filter, page.After, page.Take, cancellationToken);
    }

    private static async Task<IReadOnlyList<Filing>> FoundAsync(string text, IFilingStore filings, CancellationToken cancellationToken) =>
        await filings.FindByNumberAsync(text.ToUpper(CultureInfo.InvariantCulture), cancellationToken) is { Snapshot.Rounds.Count: > 0 } filing ? [filing] : [];

    private static QueueChoice ChoiceOf(IQueryCollection query) => new(
        States.Contains(query["state"].ToString()) ? query["state"].ToString() : null,
        Bounded(query["province"]),
        Bounded(query["assignee"]),
        query["overdue"].ToString() is "true" or "on",
        Bounded(query["text"]));

    private static string? Bounded(string? value) => value?.Trim() is { Length: > 0 and <= 253 } text ? text : null;
}
