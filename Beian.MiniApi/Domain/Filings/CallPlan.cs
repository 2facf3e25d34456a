namespace Beian.MiniApi.Domain.Filings;

/// <summary>The next call of the review: what the reviewer has to do, and what the applicant may wait for.</summary>
/// <param name="Attempts">Unanswered calls since the last answer; 0 while nobody called.</param>
/// <param name="LastMissAt">The last of them; null while there is none.</param>
/// <param name="NextFrom">From when to call: in the applicant's window, on a working day, and an hour after the first miss at the earliest.</param>
/// <param name="DueAt">
/// By when. After a miss the end of the window on the next working day; before the first call the date the review was promised for, and null where none was.
/// </param>
public sealed record CallPlan(int Attempts, DateTimeOffset? LastMissAt, DateTimeOffset NextFrom, DateTimeOffset? DueAt)
{
    /// <summary>Days looked ahead for a working day; the longest holiday has 9.</summary>
    private const int Horizon = 31;

    /// <summary>The call that is due, or null: outside the provider's review, and after somebody answered.</summary>
    /// <param name="s">The filing.</param>
    /// <param name="days">The calendar; reviewers call on working days.</param>
    public static CallPlan? Of(FilingSnapshot s, WorkingDays days)
    {
        if (s.State != FilingState.ProviderReview)
        {
            return null;
        }

        var (from, to) = s.CallWindow is { } window ? (window.From, window.To) : (FilingTimes.CallsFrom, FilingTimes.CallsTo);
        var calls = s.Rounds[^1].Calls;
        if (Filing.FirstMiss(calls) is not { } first)
        {
            return calls.Count > 0 ? null : new CallPlan(0, null, Opening(s.StateSince, from, to, days), s.DueAt);
        }

        var missed = calls.SkipWhile(c => c != first).ToArray();
        var nextDay = ChinaTime.DateOf(days.AddWorkingDays(first.At, 1).AddTicks(-1));
        return new CallPlan(missed.Length, missed[^1].At, Opening(first.At + FilingTimes.CallRetry, from, to, days), At(nextDay, to));
    }

    /// <summary>The first instant not before <paramref name="earliest"/> that lies in the window on a working day.</summary>
    private static DateTimeOffset Opening(DateTimeOffset earliest, TimeOnly from, TimeOnly to, WorkingDays days)
    {
        var date = ChinaTime.DateOf(earliest);
        for (var ahead = 0; ahead < Horizon; ahead++, date = date.AddDays(1))
        {
            if (days.IsWorkingDay(date) && earliest < At(date, to))
            {
                return earliest > At(date, from) ? earliest : At(date, from);
            }
        }

        return At(date, from);
    }

    private static DateTimeOffset At(DateOnly date, TimeOnly time) => new DateTimeOffset(date, time, ChinaTime.Offset).ToUniversalTime();
}
