using Beian.MiniApi.Domain.Resources;

namespace Beian.MiniApi.Storage;

/// <summary>A resource in the order of a list.</summary>
/// <param name="Sequence">Grows with every resource that becomes known; the list's sort key.</param>
/// <param name="Resource">The resource.</param>
public sealed record ResourceRow(long Sequence, CloudResource Resource);

/// <summary>Filings that are to hear of what was stored of a resource.</summary>
/// <param name="Sequence">Names this change: a later one of the same resource has another.</param>
/// <param name="ResourceId">The resource.</param>
/// <param name="FilingIds">Filings that are not approved and hold a slot or a code of it.</param>
public sealed record ResourceChange(long Sequence, string ResourceId, IReadOnlyList<string> FilingIds);

/// <summary>The provider's inventory, as far as it was fed to us.</summary>
public interface IResourceStore
{
    /// <summary>The resource whoever owns it, or null.</summary>
    Task<CloudResource?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Those of the ids that exist, by id.</summary>
    Task<IReadOnlyDictionary<string, CloudResource>> FindAllAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>The account's resources, last known first.</summary>
    /// <param name="accountId">The owner.</param>
    /// <param name="before">Only rows with a lower sequence; null from the start.</param>
    /// <param name="take">Most rows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<ResourceRow>> FindByOwnerAsync(string accountId, long? before, int take, CancellationToken cancellationToken);

    /// <summary>Everybody's resources, last known first.</summary>
    /// <param name="before">Only rows with a lower sequence; null from the start.</param>
    /// <param name="take">Most rows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<ResourceRow>> PageAsync(long? before, int take, CancellationToken cancellationToken);

    /// <summary>
    /// Adds the resources or replaces what is known of them. They are valid rows, independent of each other, and writing one twice changes nothing: an
    /// engine without transactions over several documents writes them one by one and the record last, so that a repeat after a failure does the rest.
    /// SQLite writes all in one transaction.
    /// </summary>
    Task SaveAsync(IReadOnlyList<CloudResource> resources, IdempotencyRecord? idempotency, CancellationToken cancellationToken);

    /// <summary>Changes of resources that open filings have not been told of, oldest first; each was noted in the same step as the change itself.</summary>
    /// <param name="take">Most rows.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<ResourceChange>> ChangedAsync(int take, CancellationToken cancellationToken);

    /// <summary>The filings know; a change that came meanwhile stays.</summary>
    Task ToldAsync(long sequence, CancellationToken cancellationToken);

    /// <summary>Adds those that are not there yet and leaves the others as they are; returns how many were added.</summary>
    Task<int> AddMissingAsync(IReadOnlyList<CloudResource> resources, CancellationToken cancellationToken);
}
