namespace Beian.MiniApi.Storage;

/// <summary>What auth codes need to know of an account's real-name data.</summary>
/// <param name="Verified">The provider has verified who the customer is.</param>
/// <param name="Organisation">The customer is an organisation, not a person.</param>
public sealed record RealNameFacts(bool Verified, bool Organisation)
{
    /// <summary>Only such an account may make codes out, and its codes only count while it stays one.</summary>
    public bool MayIssueCodes => Verified && Organisation;
}

/// <summary>Reads real-name facts without the personal data behind them.</summary>
public interface IRealNameReader
{
    /// <summary>The facts of an account, or null when there is no such account.</summary>
    Task<RealNameFacts?> FindAsync(string accountId, CancellationToken cancellationToken);
}
