using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Storage;

/// <summary>A move of a filing that was handed in, as figures are counted from it.</summary>
/// <param name="FilingId">The filing.</param>
/// <param name="Seq">Of the entry in its history.</param>
/// <param name="At">When, in Unix milliseconds.</param>
/// <param name="Action">What was done.</param>
/// <param name="From">State before.</param>
/// <param name="To">State after.</param>
/// <param name="SinceMs">How long the filing had been in the state it left.</param>
/// <param name="Province">Division code, or null.</param>
/// <param name="Reviewer">Member of staff who did it, or null.</param>
/// <param name="Reasons">Fields and codes; empty for moves that need none.</param>
internal sealed record StoredFact(string FilingId, int Seq, long At, string Action, string From, string To, long SinceMs, string? Province, string? Reviewer, IReadOnlyList<string> Reasons)
{
    /// <summary>Answers of an authority that are looked at, the newest.</summary>
    public const int Answers = 200;

    /// <summary>The moves behind the one of that number, in order; of a filing that was never handed in there are none.</summary>
    public static IEnumerable<StoredFact> Of(Filing filing, long after)
    {
        var s = filing.Snapshot;
        if (s.Rounds.Count == 0)
        {
            yield break;
        }

        var since = s.CreatedAt;
        foreach (var entry in s.History.Where(e => e.From != e.To))
        {
            if (entry.Seq > after)
            {
                yield return Of(s, entry, entry.At - since);
            }

            since = entry.At;
        }
    }

    /// <summary>How long the authority took, from the waits of its last answers.</summary>
    public static AuthorityDays? Spread(List<TimeSpan> waits, int minSample)
    {
        waits.Sort();
        return waits.Count == 0 || waits.Count < minSample ? null : new AuthorityDays(Days(waits[(waits.Count - 1) / 10]), Days(waits[waits.Count - 1 - ((waits.Count - 1) / 10)]), waits.Count);
    }

    private static StoredFact Of(FilingSnapshot filing, HistoryEntry entry, TimeSpan inState) => new(
        filing.Id,
        entry.Seq,
        entry.At.ToUnixTimeMilliseconds(),
        FilingTransitions.NameOf(entry.Action),
        FilingTransitions.NameOf(entry.From),
        FilingTransitions.NameOf(entry.To),
        (long)inState.TotalMilliseconds,
        filing.Verification.Region?.Province,
        entry.Role is Role.Reviewer or Role.Admin ? entry.ActorId : null,
        FactReasons.Of(entry));

    /// <summary>Begun days: who waited three hours waited a day, as people say it.</summary>
    private static int Days(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalDays));
}
