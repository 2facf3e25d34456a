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

    /// <summary>The newest record about that text, or null when there is none.</summary>
    Task<Consent?> FindLastAsync(string userId, string textId, CancellationToken cancellationToken);

    /// <summary>Adds a record; for a user who is gone nothing is written.</summary>
    Task AddAsync(string userId, Consent consent, IdempotencyRecord? idempotency, CancellationToken cancellationToken);
}
