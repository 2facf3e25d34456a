namespace Beian.MiniApi.Storage;

/// <summary>A face check handed over to another person's phone.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="CodeHash">SHA-256 of the code; the code itself is kept nowhere.</param>
/// <param name="FilingId">The filing.</param>
/// <param name="SiteId">The site whose principal is to be checked.</param>
/// <param name="PersonKey">Keyed digest of the person it was made for; for another person it is void.</param>
/// <param name="ExpiresAt">Business time from which it is good for nothing.</param>
/// <param name="RedeemedBy">The one user who redeemed it, or null.</param>
public sealed record FaceHandover(string Id, byte[] CodeHash, string FilingId, string SiteId, string PersonKey, DateTimeOffset ExpiresAt, string? RedeemedBy);

/// <summary>Hand-overs of face checks: one per site, bound to the first user who redeems the code.</summary>
public interface IFaceHandoverStore
{
    /// <summary>Adds one in place of the site's former one.</summary>
    Task PutAsync(FaceHandover handover, CancellationToken cancellationToken);

    /// <summary>
    /// Binds a code to a user. Of any number of users at once one gets it, and gets it again; a code that is unknown, expired or somebody else's gives null.
    /// </summary>
    /// <param name="codeHash">SHA-256 of the code.</param>
    /// <param name="userId">Who redeems it.</param>
    /// <param name="now">Business time.</param>
    /// <param name="until">Until when it is good once redeemed; a second redeeming does not lengthen it.</param>
    /// <param name="cancellationToken">Honoured until the write begins.</param>
    Task<FaceHandover?> RedeemAsync(byte[] codeHash, string userId, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>The user's own redeemed hand-over; another's is null, like one that is over or never was.</summary>
    Task<FaceHandover?> FindAsync(string id, string userId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Forgets what has expired; returns how many.</summary>
    Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
