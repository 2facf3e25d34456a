using System.Runtime.InteropServices;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Storage;

/// <summary>What every engine makes of counted moves.</summary>
internal static class StoredFigures
{
    public const int MaxReasons = 50;

    private static readonly string[] SentBack = [.. new[] { FilingAction.RequestModification, FilingAction.Reject, FilingAction.RejectUnreachable }.Select(FilingTransitions.NameOf)];

    /// <summary>The move by which the provider passes a filing.</summary>
    public static readonly string Passed = FilingTransitions.NameOf(FilingAction.Approve);

    /// <summary>Moves by which the provider decides.</summary>
    public static readonly IReadOnlyList<string> Decided = [Passed, .. SentBack];

    /// <summary>States in which a filing waits for staff or the authority.</summary>
    public static readonly IReadOnlyList<string> Waiting =
        [.. new[] { FilingState.Checking, FilingState.ProviderReview, FilingState.PendingAuthority, FilingState.SmsVerification, FilingState.AuthorityReview }.Select(FilingTransitions.NameOf)];

    private static readonly string Submitted = FilingTransitions.NameOf(FilingAction.Submit);
    private static readonly string Filed = FilingTransitions.NameOf(FilingAction.RecordAuthorityApproval);
    private static readonly string Refused = FilingTransitions.NameOf(FilingAction.RecordAuthorityRejection);

    /// <summary>A day by its number since the first of 1970.</summary>
    public static DateOnly DayOf(long number) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)number);

    /// <summary>One row per day of the period, by how often each move was made on it.</summary>
    public static IReadOnlyList<DayFigures> Days(DateTimeOffset from, DateTimeOffset to, IReadOnlyDictionary<(DateOnly Day, string Action), int> counts)
    {
        var days = new List<DayFigures>();
        for (var day = ChinaTime.DateOf(from); ChinaTime.EndOf(day.AddDays(-1)) < to; day = day.AddDays(1))
        {
            int Count(string action) => counts.GetValueOrDefault((day, action));
            days.Add(new DayFigures(day, Count(Submitted), Count(Passed), SentBack.Sum(Count), Count(Filed), Count(Refused)));
        }

        return days;
    }

    /// <summary>Of how many are younger than each limit, how many are in each group of ages.</summary>
    public static IReadOnlyList<int> Ages(IEnumerable<int> youngerThan, int count)
    {
        var (ages, younger) = (new List<int>(), 0);
        foreach (var upTo in youngerThan)
        {
            ages.Add(upTo - younger);
            younger = upTo;
        }

        return [.. ages, count - younger];
    }
}

/// <summary>How long decisions took, by province or by reviewer: eight bytes a decision.</summary>
internal sealed class WaitsByKey
{
    private readonly Dictionary<string, Waits> _all = new(StringComparer.Ordinal);

    public void Add(string key, bool passed, long milliseconds)
    {
        var waits = CollectionsMarshal.GetValueRefOrAddDefault(_all, key, out _) ??= new Waits();
        waits.Passed += passed ? 1 : 0;
        waits.Milliseconds.Add(milliseconds);
    }

    /// <summary>Most decisions first.</summary>
    public IReadOnlyList<ReviewShare> Shares() => [.. _all.Select(a => Share(a.Key, a.Value)).OrderByDescending(s => s.Passed + s.SentBack).ThenBy(s => s.Key, StringComparer.Ordinal)];

    /// <summary>The middle of an even number of waits lies between two; in hours with one decimal.</summary>
    private static ReviewShare Share(string key, Waits waits)
    {
        var all = waits.Milliseconds;
        all.Sort();
        var (lower, upper) = (all[(all.Count - 1) / 2], all[all.Count / 2]);
        return new ReviewShare(key, waits.Passed, all.Count - waits.Passed, Math.Round((TimeSpan.FromMilliseconds(lower).TotalHours + TimeSpan.FromMilliseconds(upper).TotalHours) / 2, 1));
    }

    private sealed class Waits
    {
        public List<long> Milliseconds { get; } = [];

        public int Passed { get; set; }
    }
}
