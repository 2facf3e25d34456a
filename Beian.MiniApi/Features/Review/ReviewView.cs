using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Journey;

namespace Beian.MiniApi.Features.Review;

/// <summary>Everything a reviewer needs for one filing.</summary>
/// <param name="Filing">The form, its automatic findings under <c>requirements</c>, papers and checks; auth codes hidden.</param>
/// <param name="FullViewEndsAt">Until when the caller sees names, numbers, phones, mail and addresses in full; null while they are masked.</param>
/// <param name="DueAt">By when to act.</param>
/// <param name="Overdue">True when that has passed.</param>
/// <param name="Claim">Who reviews it, or null.</param>
/// <param name="Phones">The numbers that may be called; a masked one may be logged as it stands here.</param>
/// <param name="NextCallCountsFrom">From when a second unanswered call rejects; null while none was missed.</param>
/// <param name="Unexplained">Checks that need a word before the approval.</param>
/// <param name="Readings">Papers that recognition was asked for: what was typed otherwise, and what had to be typed by hand.</param>
/// <param name="Texts">Published texts that the content safety did not simply pass; those that are only for review, the applicant is not told about.</param>
/// <param name="Changes">What differs from the last round; empty in the first.</param>
/// <param name="Rounds">All rounds with calls and findings, newest first.</param>
/// <param name="History">Everything that happened, newest first.</param>
public sealed record ReviewView(
    FilingView Filing,
    DateTimeOffset? FullViewEndsAt,
    DateTimeOffset? DueAt,
    bool Overdue,
    ClaimView? Claim,
    IReadOnlyList<string> Phones,
    DateTimeOffset? NextCallCountsFrom,
    IReadOnlyList<UnexplainedView> Unexplained,
    IReadOnlyList<ReadingView> Readings,
    IReadOnlyList<TextFlagView> Texts,
    IReadOnlyList<ChangeView> Changes,
    IReadOnlyList<RoundView> Rounds,
    IReadOnlyList<HistoryView> History)
{
    /// <summary>The call that is to be made next; null outside the provider's review and once somebody answered.</summary>
    public required CallTaskView? CallTask { get; init; }

    /// <summary>复审: the first of two approvals, while the second is awaited; null otherwise.</summary>
    public required FirstApprovalView? SecondReview { get; init; }

    /// <summary>When the promised date of this state passed; null while it has not.</summary>
    public required DateTimeOffset? EscalatedAt { get; init; }
}

/// <summary>The next call of the review.</summary>
/// <param name="Attempts">Unanswered calls since the last answer; 0 while nobody called.</param>
/// <param name="LastMissAt">The last of them, or null.</param>
/// <param name="NextFrom">From when to call: in the applicant's window (<c>filing.callWindow</c>) or in office hours, on a working day.</param>
/// <param name="DueAt">By when; after a miss the applicant sees this date. Null where none was promised.</param>
public sealed record CallTaskView(int Attempts, DateTimeOffset? LastMissAt, DateTimeOffset NextFrom, DateTimeOffset? DueAt);

/// <param name="State"><c>pending</c>: another reviewer has to approve.</param>
/// <param name="By">Who approved first, and therefore cannot approve again.</param>
public sealed record FirstApprovalView(string State, string By, DateTimeOffset At, IReadOnlyList<ExplanationView> Explanations);

/// <param name="LapsesAt">When it ends unless the reviewer acts.</param>
public sealed record ClaimView(string ReviewerId, DateTimeOffset ClaimedAt, DateTimeOffset LapsesAt);

public sealed record UnexplainedView(string Check, string? SiteId, string Outcome, string Code, string? Evidence);

/// <summary>What became of the recognition of one paper.</summary>
/// <param name="Recognition">How far it came.</param>
/// <param name="ByHand">Why the applicant had to type, for people; null when something was read.</param>
/// <param name="Differences">Fields that were typed otherwise than read.</param>
public sealed record ReadingView(string MaterialId, string Kind, string? Part, string? SiteId, RecognitionView Recognition, string? ByHand, IReadOnlyList<DifferenceView> Differences);

/// <summary>A field that was typed otherwise than read.</summary>
public sealed record DifferenceView(string Pointer, string Code, string Message, string Typed, string Read)
{
    public override string ToString() => $"{nameof(DifferenceView)} {Code}";
}

/// <summary>A published text for the reviewer's eye.</summary>
/// <param name="Outcome"><c>failed</c>, <c>unknown</c>, or <c>review</c> where the service was not sure.</param>
public sealed record TextFlagView(string Pointer, string? SiteId, string Outcome, string Code, string Message, string? Evidence);

/// <param name="Before">Null when it was not there.</param>
/// <param name="After">Null when it is gone.</param>
public sealed record ChangeView(string Pointer, string? Before, string? After);

public sealed record CallView(DateTimeOffset At, string By, string Phone, CallOutcome Outcome, string? Note, bool Counted);

public sealed record ExplanationView(string Check, string? SiteId, string Note);

public sealed record RoundView(
    int Number,
    DateTimeOffset SubmittedAt,
    string RulesVersion,
    IReadOnlyList<CallView> Calls,
    IReadOnlyList<ExplanationView> Explanations,
    string? EndedBy,
    DateTimeOffset? EndedAt,
    IReadOnlyList<ReviewFindingView> Findings,
    IReadOnlyList<MaterialView> Materials);

public sealed record HistoryView(DateTimeOffset At, FilingAction Action, Role Role, string ActorId, FilingState From, FilingState To, string? Code, string? Note);
