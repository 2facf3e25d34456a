using System.Globalization;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Features.Review;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.ReviewConsole.Queue;

internal static class ShowQueue
{
    private static readonly string[] States =
        [.. Enum.GetValues<FilingState>().Where(s => s is not (FilingState.Draft or FilingState.DraftExpired)).Select(FilingTransitions.NameOf)];

    public static async Task<IResult> HandleAsync(
        HttpContext http,
        PageRequest page,
        CurrentUser user,
        IFilingStore filings,
        IHoldReader holds,
        IStaffStore staff,
        ReferenceBook book,
        BusinessClock clock,
        CancellationToken cancellationToken)
    {
        var choice = ChoiceOf(http.Request.Query);
        var now = clock.GetUtcNow();
        var rows = choice.Text is null ? await RowsAsync(choice, page, user, filings, now, cancellationToken) : await FoundAsync(choice.Text, filings, holds, book, cancellationToken);
        var shown = Page.Of(rows, page, f => f.Id, f => ReviewViews.Item(f, now));
        var names = (await staff.ListAsync(cancellationToken)).ToDictionary(m => m.Id, m => m.DisplayName ?? m.UserName, StringComparer.Ordinal);
        var model = new QueueModel(choice, shown.Items, shown.NextCursor, States, book.Tables.Provinces, names);
        return ConsolePage.Show<QueuePage>(http, choice.Assignee == "me" ? "queue.mine" : "queue.title", model);
    }

    /// <summary>The one place that reads the queue.</summary>
    private static Task<IReadOnlyList<Filing>> RowsAsync(
        QueueChoice choice, PageRequest page, CurrentUser user, IFilingStore filings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var filter = new QueueFilter(choice.State, choice.Province, choice.Assignee == "me" ? user.UserId : choice.Assignee, choice.Overdue ? now : null);
        return filings.QueueAsync(filter, page.After, page.Take, cancellationToken);
    }

    /// <summary>The filing of that number, or the one that holds the domain; a draft is its applicant's own.</summary>
    private static async Task<IReadOnlyList<Filing>> FoundAsync(string text, IFilingStore filings, IHoldReader holds, ReferenceBook book, CancellationToken cancellationToken)
    {
        var found = await filings.FindByNumberAsync(text.ToUpper(CultureInfo.InvariantCulture), cancellationToken);
        if (found is null && DomainNames.Read(text, book).Domain is { } domain)
        {
            var key = "domain:" + domain.Ascii;
            found = (await holds.FindAsync([key], cancellationToken)).TryGetValue(key, out var hold) ? await filings.FindAsync(hold.FilingId, cancellationToken) : null;
        }

        return found is { Snapshot.Rounds.Count: > 0 } ? [found] : [];
    }

    private static QueueChoice ChoiceOf(IQueryCollection query) => new(
        States.Contains(query["state"].ToString()) ? query["state"].ToString() : null,
        Bounded(query["province"]),
        Bounded(query["assignee"]),
        query["overdue"].ToString() is "true" or "on",
        Bounded(query["text"]));

    private static string? Bounded(string? value) => value?.Trim() is { Length: > 0 and <= 253 } text ? text : null;
}
