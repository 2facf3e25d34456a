using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Review;

/// <summary>How the review is doing.</summary>
/// <param name="Queue">Filings waiting, by state.</param>
/// <param name="Overdue">Of them, past their due time.</param>
/// <param name="OldestSince">Since when the longest waiting one has been in its state, or null without any.</param>
/// <param name="Sample">How many of the newest submitted filings the following figures are over; at most 500.</param>
/// <param name="ApprovalRate">Rounds the provider passed among those it decided, 0 to 1; null without any.</param>
/// <param name="RejectionReasons">The marked fields, most frequent first.</param>
public sealed record ReviewStatsView(
    IReadOnlyDictionary<string, int> Queue, int Overdue, DateTimeOffset? OldestSince, int Sample, double? ApprovalRate, IReadOnlyList<ReasonCount> RejectionReasons);

/// <param name="Reason">The marked field without its site's index, or <c>callUnreachable</c>.</param>
public sealed record ReasonCount(string Reason, int Count);

internal static class GetReviewStats
{
    private const int Sample = 500;

    public static async Task<IResult> HandleAsync(IFilingStore filings, BusinessClock clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rows = await filings.QueueAsync(new QueueFilter(null, null, null, null), null, Sample, cancellationToken);
        var waiting = rows.Where(f => f.State is FilingState.Checking or FilingState.ProviderReview or FilingState.PendingAuthority or FilingState.SmsVerification or FilingState.AuthorityReview).ToArray();
        var rounds = rows.SelectMany(f => f.Snapshot.Rounds).ToArray();
        var rejected = rounds.Where(r => r.EndedBy is "requestModification" or "reject" or "rejectUnreachable").ToArray();
        var passed = rows.Sum(f => f.Snapshot.History.Count(e => e.Action == FilingAction.Approve));
        var reasons = rejected.SelectMany(r => r.EndedBy == "rejectUnreachable" ? ["callUnreachable"] : r.Findings.Select(f => FieldOf(f.Path)))
            .GroupBy(r => r, StringComparer.Ordinal)
            .Select(g => new ReasonCount(g.Key, g.Count()))
            .OrderByDescending(r => r.Count)
            .ThenBy(r => r.Reason, StringComparer.Ordinal)
            .Take(50);
        return Answer.Ok(new ReviewStatsView(
            waiting.GroupBy(f => FilingTransitions.NameOf(f.State)).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
            waiting.Count(f => f.Snapshot.DueAt < now),
            waiting.Length == 0 ? null : waiting.Min(f => f.Snapshot.StateSince),
            rows.Count,
            passed + rejected.Length == 0 ? null : (double)passed / (passed + rejected.Length),
            [.. reasons]));
    }

    private static string FieldOf(string path)
    {
        var parts = path.Split('/');
        return parts.Length > 2 && parts[1] is "sites" ? "/sites/*/" + string.Join('/', parts[3..]) : path.Length == 0 ? "/" : path;
    }
}
