using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Review;

/// <summary>How the review is doing.</summary>
/// <param name="Queue">Filings waiting, by state.</param>
/// <param name="Overdue">Of them, past their due time.</param>
/// <param name="OldestSince">Since when the longest waiting one has been in its state, or null without any.</param>
/// <param name="Sample">Filings that moved in the last 90 days, over which the following figures are.</param>
/// <param name="ApprovalRate">Rounds the provider passed among those it decided, 0 to 1; null without any.</param>
/// <param name="RejectionReasons">The marked fields, most frequent first.</param>
public sealed record ReviewStatsView(
    IReadOnlyDictionary<string, int> Queue, int Overdue, DateTimeOffset? OldestSince, int Sample, double? ApprovalRate, IReadOnlyList<ReasonCount> RejectionReasons);

/// <param name="Reason">The marked field without its site's index, or <c>callUnreachable</c>.</param>
public sealed record ReasonCount(string Reason, int Count);

internal static class GetReviewStats
{
    private static readonly TimeSpan Period = TimeSpan.FromDays(90);

    public static async Task<IResult> HandleAsync(IReviewFacts facts, BusinessClock clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var figures = await facts.FiguresAsync(now - Period, now.AddMilliseconds(1), now, cancellationToken);
        return Answer.Ok(new ReviewStatsView(
            figures.Waiting.ToDictionary(w => w.State, w => w.Count, StringComparer.Ordinal),
            figures.Waiting.Sum(w => w.Overdue),
            figures.Waiting.Count == 0 ? null : figures.Waiting.Min(w => w.OldestSince),
            figures.Sample,
            figures.ApprovalRate,
            [.. figures.Reasons.Select(r => new ReasonCount(r.Reason, r.Count))]));
    }
}
