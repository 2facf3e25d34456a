namespace Beian.MiniApi.Storage;

/// <summary>A partner's address that is called when something happens to a filing. Its secrets are not part of it. Never prints: the address may name people.</summary>
/// <param name="Id">Our own id.</param>
/// <param name="Url">Where it is called.</param>
/// <param name="AccountId">Whose filings it hears of; null for those of every account.</param>
/// <param name="Events">What it hears of, such as <c>approve</c>; empty for everything.</param>
/// <param name="Active">Whether it is called; what happens while it is not is not told later.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="OldSecretUntil">Until when the secret before the last rotation signs too; null when there is none.</param>
public sealed record Webhook(
    string Id, Uri Url, string? AccountId, IReadOnlyList<string> Events, bool Active, DateTimeOffset CreatedAt, DateTimeOffset? OldSecretUntil)
{
    public override string ToString() => $"Webhook {Id}";
}

/// <summary>What a call of a webhook needs. Never prints: it holds secrets.</summary>
/// <param name="Id">Our own id.</param>
/// <param name="Url">Where it is called.</param>
/// <param name="Secrets">The secrets that sign at this time, the newest first; two while they are being changed.</param>
/// <param name="Active">Whether it may be called.</param>
public sealed record WebhookTarget(string Id, Uri Url, IReadOnlyList<byte[]> Secrets, bool Active)
{
    public override string ToString() => $"WebhookTarget {Id}";
}

/// <summary>Partners' addresses and the secrets that sign what they are sent, both sealed.</summary>
public interface IWebhookStore
{
    /// <summary>Keeps a new one with its first secret.</summary>
    Task AddAsync(Webhook webhook, byte[] secret, CancellationToken cancellationToken);

    /// <summary>What a call needs, or null when there is no such webhook.</summary>
    Task<WebhookTarget?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>One without its secrets, or null.</summary>
    Task<Webhook?> GetAsync(string id, CancellationToken cancellationToken);

    /// <summary>All of them, oldest first. There are few: each is registered by an operator.</summary>
    Task<IReadOnlyList<Webhook>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The active ones that hear of an event of an account's filing, oldest first.</summary>
    Task<IReadOnlyList<Webhook>> ListForAsync(string accountId, string eventCode, CancellationToken cancellationToken);

    /// <summary>Changes address, events and whether it is active; the rest stays. False when there is no such webhook.</summary>
    Task<bool> ChangeAsync(Webhook webhook, CancellationToken cancellationToken);

    /// <summary>Takes a new secret; the one before it signs too until that time, an older one no longer. False when there is no such webhook.</summary>
    Task<bool> RotateAsync(string id, byte[] secret, DateTimeOffset oldUntil, CancellationToken cancellationToken);

    /// <summary>Forgets it and its secrets; false when there is no such webhook.</summary>
    Task<bool> RemoveAsync(string id, CancellationToken cancellationToken);
}
