using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Authority;

/// <summary>
/// The door to the communications authority. No provider can reach its system online from here; the first adapter writes a file that staff carry over,
/// and results come back by staff or in batches.
/// </summary>
public interface IAuthority
{
    /// <summary>Hands a filing over. Doing it twice for the same round leaves one hand-over.</summary>
    Task SubmitAsync(Filing filing, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>What was handed over last, or null when nothing was.</summary>
    Task<Stream?> OpenHandOverAsync(Filing filing, CancellationToken cancellationToken);

    /// <summary>Deletes what was kept here of a hand-over whose filing is erased; none there is no failure. What the authority has is the authority's.</summary>
    Task ForgetHandOverAsync(string filingNumber, int round, CancellationToken cancellationToken);
}
