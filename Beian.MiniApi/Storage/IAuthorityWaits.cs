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

/// <summary>Until somebody counts: nothing is known, and what was published of the province is told.</summary>
public sealed class NoAuthorityWaits : IAuthorityWaits
{
    public Task<DaySpread?> DaysAsync(string province, CancellationToken cancellationToken) => Task.FromResult<DaySpread?>(null);
}
