namespace Beian.MiniApi.Storage;

/// <summary>How many calendar days the authority of a province took.</summary>
/// <param name="Min">Of the quick ones.</param>
/// <param name="Max">Of the slow ones.</param>
public sealed record DaySpread(int Min, int Max);

/// <summary>What our own filings show of the authorities' time.</summary>
public interface IAuthorityWaits
{
    /// <summary>Null while too few filings were answered there to say anything.</summary>
    Task<DaySpread?> DaysAsync(string province, CancellationToken cancellationToken);
}

/// <summary>As the facts of the review have it.</summary>
public sealed class OwnAuthorityWaits(IReviewFacts facts) : IAuthorityWaits
{
    /// <summary>Fewest answers of a province that say anything.</summary>
    public const int MinSample = 20;

    public async Task<DaySpread?> DaysAsync(string province, CancellationToken cancellationToken) =>
        await facts.AuthorityDaysAsync(province, MinSample, cancellationToken) is { } days ? new DaySpread(days.Min, days.Max) : null;
}
