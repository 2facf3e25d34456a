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

/// <summary>Everybody who has a code to enter.</summary>
/// <param name="Rows">One for each telephone, what ends first at the top.</param>
/// <param name="IsWhole">False when there are more than are shown.</param>
public sealed record SmsBoardModel(IReadOnlyList<SmsRow> Rows, bool IsWhole);

internal static class SmsBoard
{
    /// <summary>Filings looked at; the step lasts a day, so that these are a day's hand-overs.</summary>
    private const int MaxFilings = 500;

    public static async Task<IResult> HandleAsync(HttpContext http, IFilingStore filings, BusinessClock clock, CancellationToken cancellationToken)
    {
        var filter = new QueueFilter(FilingTransitions.NameOf(FilingState.SmsVerification), null, null, null);
        var waiting = await filings.QueueByDueAsync(filter, null, MaxFilings + 1, cancellationToken);
        var rows = waiting.Take(MaxFilings).SelectMany(f => RowsOf(f, clock.GetUtcNow()));
        return ConsolePage.Show<SmsBoardPage>(http, "sms.title", new SmsBoardModel([.. rows], waiting.Count <= MaxFilings));
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
