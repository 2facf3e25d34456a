using Beian.MiniApi.Domain.Accounts;

namespace Beian.MiniApi.Storage;

/// <summary>
/// The history of what users consented to and withdrew; only added to. The consents of a submission are written by the store of filings, with the filing;
/// what WeChat told of a user is among the records.
/// </summary>
public interface IConsentStore
{
    /// <summary>The user's records, newest first.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="before">Id after which the page begins, or null for the newest.</param>
    /// <param name="take">Most rows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<Consent>> ListAsync(string userId, string? before, int take, CancellationToken cancellationToken);

    /// <summary>A record of the user by its id, or null; what WeChat told is not found so.</summary>
    Task<Consent?> FindAsync(string userId, string id, CancellationToken cancellationToken);

    /// <summary>
    /// Adds what follows the newest record about that text, judged and written as one: of several at once each sees what the one before it wrote. For a
    /// user who is gone nothing is written.
    /// </summary>
    /// <param name="userId">Whose.</param>
    /// <param name="textId">Which text.</param>
    /// <param name="next">Given the newest record or null; what is added, or null for nothing. Short and without I/O.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The newest record as it was before, or null.</returns>
    Task<Consent?> FollowAsync(string userId, string textId, Func<Consent?, ConsentAddition?> next, CancellationToken cancellationToken);
}

/// <summary>A record to be added, with what is remembered of the request that brought it.</summary>
public sealed record ConsentAddition(Consent Consent, IdempotencyRecord? Idempotency = null);
