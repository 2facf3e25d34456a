namespace Beian.MiniApi.Storage;

/// <summary>
/// The answer that was given to a request with an <c>Idempotency-Key</c>. Every store method that serves a POST takes one and writes it together with
/// the change it belongs to: either both are there afterwards or neither.
/// </summary>
/// <param name="Key">Digest of user, method, path and the caller's key; unique.</param>
/// <param name="RequestHash">SHA-256 of what was sent, to tell a repeat from another request under the same key.</param>
/// <param name="Answer">Status, headers and body; the store seals it.</param>
/// <param name="ExpiresAt">Real time after which the key is free again, 24 h after the first request.</param>
public sealed record IdempotencyRecord(string Key, string RequestHash, byte[] Answer, DateTimeOffset ExpiresAt)
{
    /// <summary>The user or member of staff who asked, so that the answer goes when they are erased; null when nobody was logged in.</summary>
    public string? OwnerId { get; init; }
}

/// <summary>Looks up given answers, and keeps those that changed nothing else.</summary>
public interface IIdempotencyStore
{
    /// <summary>The record of that key, or null when there is none or it has expired at <paramref name="now"/>.</summary>
    Task<IdempotencyRecord?> FindAsync(string key, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Keeps an answer that had no effect to be written with, such as a refusal. A key that is there already stays as it is.</summary>
    Task SaveAsync(IdempotencyRecord record, CancellationToken cancellationToken);

    /// <summary>Forgets what has expired; returns how many.</summary>
    Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>Thrown by a store when another write has just used the same idempotency key; nothing was written.</summary>
public sealed class IdempotencyKeyTakenException : Exception
{
    public IdempotencyKeyTakenException()
        : base("Another request with this Idempotency-Key was saved first.")
    {
    }

    public IdempotencyKeyTakenException(string message)
        : base(message)
    {
    }

    public IdempotencyKeyTakenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
