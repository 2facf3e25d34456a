namespace Beian.MiniApi.Storage;

/// <summary>
/// Figures over the moves of filings that were handed in. They are kept beside the filings as they are saved, and nothing is opened to count them.
/// Days are those of Shanghai.
/// </summary>
public interface IReviewFacts
{
    /// <summary>What waits now, and what moved from one moment up to another.</summary>
    /// <param name="from">First instant that counts.</param>
    /// <param name="to">First instant that no longer does.</param>
    /// <param name="now">Business time; what was due before it is overdue.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ReviewFigures> FiguresAsync(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>How long the authority of a province took for the filings it answered last, 200 at most.</summary>
    /// <param name="province">Division code.</param>
    /// <param name="minSample">Fewest answers that say anything.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null with fewer answers than that.</returns>
    Task<AuthorityDays?> AuthorityDaysAsync(string province, int minSample, CancellationToken cancellationToken);

    /// <summary>Writes the facts of filings that a program without them saved, some at a time; the filings themselves stay as they are.</summary>
    /// <returns>How many filings were looked at; 0 when none was left.</returns>
    Task<int> FillAsync(CancellationToken cancellationToken);
}

/// <summary>The review in figures.</summary>
/// <param name="Waiting">What waits for staff or the authority, by state; states without any are absent.</param>
/// <param name="Days">One row per day of the period, days without moves included.</param>
/// <param name="Reasons">Marked fields (sites without their index), most frequent first, at most 50; <c>callUnreachable</c> for people nobody reached.</param>
/// <param name="Provinces">Rows per division code, most decisions first; the code is empty for filings without a region.</param>
/// <param name="Reviewers">Rows per id of a member of staff, most decisions first.</param>
/// <param name="Sample">Filings with a move in the period.</param>
public sealed record ReviewFigures(
    IReadOnlyList<WaitingFigures> Waiting,
    IReadOnlyList<DayFigures> Days,
    IReadOnlyList<ReasonFigures> Reasons,
    IReadOnlyList<ReviewShare> Provinces,
    IReadOnlyList<ReviewShare> Reviewers,
    int Sample)
{
    /// <summary>Rounds the provider passed among those it decided, 0 to 1; null without any.</summary>
    public double? ApprovalRate => Days.Sum(d => d.Passed + d.SentBack) is > 0 and var decided ? (double)Days.Sum(d => d.Passed) / decided : null;
}

/// <summary>Filings that wait in one state.</summary>
/// <param name="State">Its name.</param>
/// <param name="Count">How many.</param>
/// <param name="Overdue">Of them, past their due time.</param>
/// <param name="OldestSince">Since when the longest waiting one has been there.</param>
/// <param name="Ages">How many are there for less than a day, 1 to 3, 3 to 7, 7 to 20 days, and longer.</param>
public sealed record WaitingFigures(string State, int Count, int Overdue, DateTimeOffset OldestSince, IReadOnlyList<int> Ages)
{
    /// <summary>Days at which one group of <see cref="Ages"/> ends and the next begins.</summary>
    public static readonly IReadOnlyList<int> AgeLimits = [1, 3, 7, 20];
}

/// <summary>What happened on one day.</summary>
/// <param name="Day">In Shanghai.</param>
/// <param name="Submitted">Handed in by applicants.</param>
/// <param name="Passed">Approved by the provider.</param>
/// <param name="SentBack">Sent back or rejected by the provider, those nobody reached among them.</param>
/// <param name="AuthorityApproved">Filed.</param>
/// <param name="AuthorityRejected">Rejected by the authority.</param>
public sealed record DayFigures(DateOnly Day, int Submitted, int Passed, int SentBack, int AuthorityApproved, int AuthorityRejected);

/// <param name="Reason">The marked field, or <c>callUnreachable</c>.</param>
/// <param name="Count">How often.</param>
public sealed record ReasonFigures(string Reason, int Count);

/// <summary>The provider's decisions of one province or one reviewer.</summary>
/// <param name="Key">Division code, or id of a member of staff.</param>
/// <param name="Passed">Approved by the provider.</param>
/// <param name="SentBack">Sent back or rejected by the provider.</param>
/// <param name="MedianHours">From the end of the checks to the decision: half took less.</param>
public sealed record ReviewShare(string Key, int Passed, int SentBack, double MedianHours);

/// <summary>What our own filings show of an authority's time.</summary>
/// <param name="Min">Calendar days of the quick ones: a tenth took less.</param>
/// <param name="Max">Calendar days of the slow ones: a tenth took more.</param>
/// <param name="Sample">Over how many answers.</param>
public sealed record AuthorityDays(int Min, int Max, int Sample);
