using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Platform;
using Beian.MiniApi.ReviewConsole.Desk;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.ReviewConsole.Outcomes;

/// <summary>A telephone that has a code to enter.</summary>
/// <param name="Filing">The filing's id.</param>
/// <param name="Number">Its number.</param>
/// <param name="Subject">Who files, masked for a person.</param>
/// <param name="DueAt">Until when the code can be entered.</param>
/// <param name="Phone">The number, masked.</param>
/// <param name="Targets">Whoever verifies with it.</param>
public sealed record SmsRow(string Filing, string Number, string? Subject, DateTimeOffset? DueAt, string? Phone, IReadOnlyList<SmsLine> Targets)
{
    /// <summary>When it was verified; null while it is awaited.</summary>
    public DateTimeOffset? VerifiedAt => Targets[0].VerifiedAt;
}

/// <summary>Some of those who have a code to enter.</summary>
/// <param name="Rows">One for each telephone, what ends first at the top.</param>
/// <param name="NextCursor">Of the page that follows; null on the last.</param>
public sealed record SmsBoardModel(IReadOnlyList<SmsRow> Rows, string? NextCursor);

internal static class SmsBoard
{
    /// <summary>Telephones on a page; a filing stands on one page with all of its own, so that its page may have more.</summary>
    private const int PageSize = 50;

    public static async Task<IResult> HandleAsync(HttpContext http, PageRequest page, IFilingStore filings, BusinessClock clock, CancellationToken cancellationToken)
    {
        var after = page.After is null ? null : QueueKey.Parse(page.After);
        if (after is null && page.After is not null)
        {
            return RequestErrors.BadCursor().ToAnswer();
        }

        var filter = new QueueFilter(FilingTransitions.NameOf(FilingState.SmsVerification), null, null, null);
        var waiting = await filings.QueueByDueAsync(filter, after, PageSize + 1, cancellationToken);
        return ConsolePage.Show<SmsBoardPage>(http, "sms.title", ModelOf(waiting, clock.GetUtcNow()));
    }

    private static SmsBoardModel ModelOf(IReadOnlyList<Filing> waiting, DateTimeOffset now)
    {
        var (rows, shown) = (new List<SmsRow>(), 0);
        foreach (var filing in waiting.Take(PageSize))
        {
            var more = RowsOf(filing, now).ToArray();
            if (shown > 0 && rows.Count + more.Length > PageSize)
            {
                break;
            }

            rows.AddRange(more);
            shown++;
        }

        return new SmsBoardModel(rows, shown < waiting.Count ? PageRequest.Encode(QueueKey.Of(waiting[shown - 1]).ToString()) : null);
    }

    private static IEnumerable<SmsRow> RowsOf(Filing filing, DateTimeOffset now)
    {
        var item = Features.Review.ReviewViews.Item(filing, now);
        return filing.Snapshot.SmsTargets.GroupBy(t => t.Group).Select(g =>
        {
            SmsLine[] lines = [.. g.Select(t => DeskReader.SmsOf(filing, t, inFull: false))];
            return new SmsRow(item.Id, item.Number, item.SubjectName, item.DueAt, lines[0].Phone, lines);
        });
    }
}
