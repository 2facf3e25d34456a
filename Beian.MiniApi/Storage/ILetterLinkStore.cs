namespace Beian.MiniApi.Storage;

/// <summary>An address that opens one letter once.</summary>
/// <param name="Hash">SHA-256 of the ticket in the address; the ticket itself is kept nowhere.</param>
/// <param name="FilingId">The filing the letter is filled in from when it is opened.</param>
/// <param name="AccountId">Whose filing it was when the address was made.</param>
/// <param name="Kind">Id of the materials data.</param>
/// <param name="SiteId">The site it is about, or null.</param>
/// <param name="ExpiresAt">Real time from which it opens nothing.</param>
public sealed record LetterLink(byte[] Hash, string FilingId, string AccountId, string Kind, string? SiteId, DateTimeOffset ExpiresAt);

/// <summary>Addresses of letters that have been given out and not been opened. Real time, never business time.</summary>
public interface ILetterLinkStore
{
    /// <summary>Keeps it; for an account whose last user was erased meanwhile nothing is kept, and the address opens nothing.</summary>
    Task AddAsync(LetterLink link, CancellationToken cancellationToken);

    /// <summary>Whether the ticket with that hash would open something at <paramref name="now"/>; leaves it as it is.</summary>
    Task<bool> IsOpenAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Uses a ticket up. Of any number of callers at once one gets the link; a used, expired or unknown ticket gives null.</summary>
    Task<LetterLink?> TakeAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Forgets what has expired; returns how many.</summary>
    Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
