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

/// <summary>A session as its owner sees it in a list.</summary>
/// <param name="Id">Sorts by time.</param>
/// <param name="StartedAt">The login.</param>
/// <param name="LastUsedAt">The last refresh, or the login: requests write nothing, so it is as coarse as an access token lives long.</param>
/// <param name="Device">What it was opened with, or null.</param>
public sealed record SessionRow(string Id, DateTimeOffset StartedAt, DateTimeOffset LastUsedAt, string? Device);

/// <summary>Keeps sessions and the hashes of their refresh tokens. All times are real time.</summary>
public interface ISessionStore
{
    /// <summary>Opens a session. One of a user who is gone, erased between login and this write, is not kept: its tokens open nothing.</summary>
    Task StartAsync(Session session, byte[] refreshHash, CancellationToken cancellationToken);

    /// <summary>The owner's sessions that are neither ended nor expired, newest first.</summary>
    /// <param name="ownerId">The user or member of staff.</param>
    /// <param name="before">Id after which the page begins, or null for the newest.</param>
    /// <param name="take">Most rows.</param>
    /// <param name="now">Real time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<SessionRow>> ListAsync(string ownerId, string? before, int take, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>One point read: the session when it is neither ended nor expired and its user still exists, else null.</summary>
    Task<LiveSession?> FindLiveAsync(string sessionId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Uses up one refresh token and stores its successor, in one write: of two callers with the same token one is told <see cref="Rotation.Reused"/>. The session's
    /// lifetime starts anew, but for a member of staff whom an identity provider vouches for: only another login there can tell whether it still does.
    /// </summary>
    Task<RotationOutcome> RotateAsync(byte[] usedHash, byte[] nextHash, DateTimeOffset now, CancellationToken cancellationToken);

    Task EndAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>Ends one session of that owner.</summary>
    /// <returns>False when the owner has no such live session, also when it is somebody else's.</returns>
    Task<bool> EndAsync(string sessionId, string ownerId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Ends every session of that user or member of staff.</summary>
    Task EndAllAsync(string ownerId, CancellationToken cancellationToken);

    /// <summary>Forgets sessions past their expiry, with their tokens; returns how many.</summary>
    Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
