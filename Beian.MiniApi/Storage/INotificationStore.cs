namespace Beian.MiniApi.Storage;

/// <summary>One message in the inbox (站内消息).</summary>
/// <param name="Id">Sortable; made from filing and history entry, so that telling twice is telling once.</param>
/// <param name="AccountId">Whose inbox.</param>
/// <param name="FilingId">What it is about.</param>
/// <param name="Code">Which message, with texts in the reference data.</param>
/// <param name="At">Business time of the event.</param>
/// <param name="ReadAt">When it was read, or null.</param>
public sealed record Notification(string Id, string AccountId, string FilingId, string Code, DateTimeOffset At, DateTimeOffset? ReadAt)
{
    public string? Number { get; init; }

    public string? State { get; init; }
}

/// <summary>The inboxes.</summary>
public interface INotificationStore
{
    /// <summary>Adds it; one with that id already there stays as it is, and an account whose last user was erased gets none.</summary>
    Task AddAsync(Notification notification, CancellationToken cancellationToken);

    /// <param name="before">Id after which the page begins, or null for the newest.</param>
    Task<IReadOnlyList<Notification>> ListAsync(string accountId, string? before, int limit, CancellationToken cancellationToken);

    /// <returns>The message as read, or null when the account has no such message.</returns>
    Task<Notification?> MarkReadAsync(string id, string accountId, DateTimeOffset at, IdempotencyRecord? record, CancellationToken cancellationToken);

    /// <summary>Deletes messages about what happened before that business time, read or not.</summary>
    /// <returns>How many.</returns>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
