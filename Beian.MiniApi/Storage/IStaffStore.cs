using Beian.MiniApi.Domain.Accounts;

namespace Beian.MiniApi.Storage;

/// <summary>When a login name is closed for a while.</summary>
/// <param name="MaxFailures">Failures in a row until it closes.</param>
/// <param name="Duration">How long it stays closed, and how long failures are remembered.</param>
public sealed record LockOut(int MaxFailures, TimeSpan Duration);

/// <summary>Keeps the members of staff and the failed logins of any name, known or not. All times are real time.</summary>
public interface IStaffStore
{
    /// <summary>The active member of that canonical name, or null.</summary>
    Task<StaffMember?> FindByNameAsync(string userName, CancellationToken cancellationToken);

    /// <summary>Everybody, closed logins included.</summary>
    Task<IReadOnlyList<StaffMember>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Creates or replaces a member by id, and ends the member's sessions: whoever changed must log in again.</summary>
    Task SaveAsync(StaffMember member, CancellationToken cancellationToken);

    /// <summary>
    /// Counts an attempt before the password is looked at, so that guesses sent at once are counted one by one.
    /// </summary>
    /// <param name="key">Stands for the login name.</param>
    /// <param name="now">Real time.</param>
    /// <param name="lockOut">The rule.</param>
    /// <param name="cancellationToken">Honoured until the write begins.</param>
    /// <returns>Null when the password may be tried, else the end of the lock-out.</returns>
    Task<DateTimeOffset?> BeginAttemptAsync(string key, DateTimeOffset now, LockOut lockOut, CancellationToken cancellationToken);

    /// <summary>Forgets the failures of that name after a successful login.</summary>
    Task ClearAttemptsAsync(string key, CancellationToken cancellationToken);

    /// <summary>Forgets failures that no longer count; returns how many names.</summary>
    Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
