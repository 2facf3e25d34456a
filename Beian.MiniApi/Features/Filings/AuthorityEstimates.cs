using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Filings;

/// <summary>How long the authority usually takes in the filing's province. What others saw, no promise and no deadline.</summary>
/// <param name="MinDays">Calendar days of the quick ones.</param>
/// <param name="MaxDays">Calendar days of the slow ones.</param>
/// <param name="Basis"><c>province</c> (what providers published) or <c>ownHistory</c> (what this service saw).</param>
/// <param name="AsOf">When the published figures were last looked at; null for our own history.</param>
/// <param name="Sources">Who published them; empty for our own history.</param>
/// <param name="EarliestAt">When that would be for this filing; null before the authority has it.</param>
/// <param name="LatestAt">As <paramref name="EarliestAt"/>, for a slow one.</param>
public sealed record AuthorityEstimateView(
    int MinDays, int MaxDays, string Basis, DateOnly? AsOf, IReadOnlyList<string> Sources, DateTimeOffset? EarliestAt, DateTimeOffset? LatestAt);

/// <summary>Estimates the authority's time: from our own history where there is enough of it, else from what was published of the province.</summary>
public sealed class AuthorityEstimates(IRuleSource rules, IAuthorityWaits waits, BusinessClock clock)
{
    /// <summary>Null once the authority has answered, for a filing nobody works on, and where nobody has counted.</summary>
    public async Task<AuthorityEstimateView?> OfAsync(Filing filing, CancellationToken cancellationToken)
    {
        var s = filing.Snapshot;
        if (s.Verification.Region?.Province is not { } province || Array.IndexOf(FilingTransitions.Open, s.State) < 0)
        {
            return null;
        }

        var since = s.State == FilingState.AuthorityReview ? s.StateSince : (DateTimeOffset?)null;
        if (await waits.DaysAsync(province, cancellationToken) is { } own)
        {
            return new AuthorityEstimateView(own.Min, own.Max, "ownHistory", null, [], since?.AddDays(own.Min), since?.AddDays(own.Max));
        }

        return rules.Current.For(province, ChinaTime.DateOf(clock.GetUtcNow())).Find<DayRange>("reviewWorkingDays") is { } days
            ? new AuthorityEstimateView(days.Value.Min, days.Value.Max, "province", days.Row.CheckedOn, days.Row.Source, since?.AddDays(days.Value.Min), since?.AddDays(days.Value.Max))
            : null;
    }
}
