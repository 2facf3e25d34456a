using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;

namespace Beian.MiniApi.Storage;

/// <summary>What a request learns from its session.</summary>
/// <param name="OwnerId">The user or member of staff.</param>
/// <param name="Role">The role the session was opened for.</param>
/// <param name="AccountId">The user's account at this moment; empty for staff.</param>
public sealed record LiveSession(string OwnerId, Role Role, string AccountId);

/// <summary>How a refresh ended.</summary>
public enum Rotation
{
    Rotated = 1,

    /// <summary>Nobody was ever given this token, or it was forgotten long after its session ended.</summary>
    Unknown = 2,

    /// <summary>It was used before; its session is ended now.</summary>
    Reused = 3,

    /// <summary>Its session is logged out or expired.</summary>
    Ended = 4,
}

/// <summary>The outcome of a refresh, with the session when it was rotated.</summary>
public sealed record RotationOutcome(Rotation Rotation, string SessionId, LiveSession? Session);

/// <summary>Keeps sessions and the hashes of their refresh tokens. All times are real time.</summary>
public interface ISessionStore
{
    Task StartAsync(Session session, byte[] refreshHash, CancellationToken cancellationToken);

    /// <summary>One point read: the session when it is neither ended nor expired and its user still exists, else null.</summary>
    Task<LiveSession?> FindLiveAsync(string sessionId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Uses up one refresh token and stores its successor, in one write: of two callers with the same token one is told <see cref="Rotation.Reused"/>.</summary>
    Task<RotationOutcome> RotateAsync(byte[] usedHash, byte[] nextHash, DateTimeOffset now, CancellationToken cancellationToken);

    Task EndAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>Ends every session of that user or member of staff.</summary>
    Task EndAllAsync(string ownerId, CancellationToken cancellationToken);

    /// <summary>Forgets sessions past their expiry, with their tokens; returns how many.</summary>
    Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
