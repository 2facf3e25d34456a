using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Features.Review;

/// <summary>A filing in the queue.</summary>
/// <param name="Round">How many times it was submitted.</param>
/// <param name="DueAt">By when staff or authority are expected to act; null where nothing was promised.</param>
/// <param name="Assignee">The reviewer who claimed it, or null.</param>
public sealed record QueueItem(
    string Id,
    string Number,
    FilingKind? Kind,
    FilingState State,
    string? Province,
    string? SubjectName,
    IReadOnlyList<string> Domains,
    int Round,
    DateTimeOffset SubmittedAt,
    DateTimeOffset StateSince,
    DateTimeOffset? DueAt,
    bool Overdue,
    string? Assignee)
{
    /// <summary>复审: approved once, and waits for another reviewer.</summary>
    public required bool SecondReview { get; init; }
}
