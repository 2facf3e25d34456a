using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;

namespace Beian.MiniApi.Storage;

/// <summary>When a login name is closed for a while.</summary>
/// <param name="MaxFailures">Failures in a row until it closes.</param>
/// <param name="Duration">How long it stays closed, and how long failures are remembered.</param>
public sealed record LockOut(int MaxFailures, TimeSpan Duration);

/// <summary>Another password for a member of staff.</summary>
/// <param name="StaffId">Whose.</param>
/// <param name="ExpectedHash">The hash that was verified.</param>
/// <param name="NextHash">The new one.</param>
/// <param name="KeepSessionId">The session that goes on.</param>
/// <param name="Now">Real time.</param>
public sealed record PasswordChange(string StaffId, string ExpectedHash, string NextHash, string KeepSessionId, DateTimeOffset Now)
{
    /// <summary>Without the hashes: records end up in logs.</summary>
    public override string ToString() => $"PasswordChange {StaffId}";
}

/// <summary>A login that the identity provider vouches for.</summary>
/// <param name="Issuer">Who vouches.</param>
/// <param name="Subject">The provider's stable id of the person.</param>
/// <param name="NewId">Id for a member who was not known.</param>
/// <param name="DisplayName">What the provider calls them, or null.</param>
/// <param name="Role">The role mapped from the provider's claim, or null.</param>
/// <param name="Now">Real time.</param>
public sealed record ProviderLogin(string Issuer, string Subject, string NewId, string? DisplayName, Role? Role, DateTimeOffset Now)
{
    /// <summary>Without the name: records end up in logs.</summary>
    public override string ToString() => $"ProviderLogin {Role}";
}

/// <summary>Keeps the members of staff and the failed logins of any name, known or not. All times are real time.</summary>
public interface IStaffStore
{
    /// <summary>Most earlier passwords that are remembered of one member.</summary>
    static readonly int MaxHistory = 24;

    /// <summary>The active member of that canonical name, or null.</summary>
    Task<StaffMember?> FindByNameAsync(string userName, CancellationToken cancellationToken);

    /// <summary>The member of that id, closed ones included, or null.</summary>
    Task<StaffMember?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Everybody, closed logins included.</summary>
    Task<IReadOnlyList<StaffMember>> ListAsync(CancellationToken cancellationToken);

    /// <summary>A page of everybody, newest id first.</summary>
    /// <param name="before">Id of the last one seen, or null for the first page.</param>
    /// <param name="take">Most rows.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<StaffMember>> PageAsync(string? before, int take, CancellationToken cancellationToken);

    /// <summary>
    /// Creates or replaces a member by id, and ends the member's sessions: whoever changed must log in again. A password hash that is replaced goes into the
    /// history. The second factor is not written here.
    /// </summary>
    Task SaveAsync(StaffMember member, CancellationToken cancellationToken);

    /// <summary>Sets another password, keeps the old one in the history and ends the member's other sessions, in one write.</summary>
    /// <param name="change">From which hash to which.</param>
    /// <param name="cancellationToken">Honoured until the write begins.</param>
    /// <returns>False, with nothing written, when the stored hash is not the expected one any more.</returns>
    Task<bool> TryChangePasswordAsync(PasswordChange change, CancellationToken cancellationToken);

    /// <summary>Hashes of earlier passwords, the latest first; without the present one.</summary>
    Task<IReadOnlyList<string>> EarlierPasswordsAsync(string id, int take, CancellationToken cancellationToken);

    /// <summary>
    /// The member whom the identity provider vouches for: created at the first time, then brought up to date. A changed role ends their sessions. Without a role
    /// nobody is created, a known one is closed, and the answer is null.
    /// </summary>
    Task<StaffMember?> SignInAsync(ProviderLogin login, CancellationToken cancellationToken);

    /// <summary>Notes a complete login.</summary>
    Task NoteLoginAsync(string id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Counts an attempt before the password is looked at, so that guesses sent at once are counted one by one.
    /// </summary>
    /// <param name="key">Stands for the login name.</param>
    /// <param name="now">Real time.</param>
    /// <param name="lockOut">The rule.</param>
    /// <param name="cancellationToken">Honoured until the write begins.</param>
    /// <returns>Null when the password may be tried, else the end of the lock-out.</returns>
    Task<DateTimeOffset?> BeginAttemptAsync(string key, DateTimeOffset now, LockOut lockOut, CancellationToken cancellationToken);

    /// <summary>Takes one counted attempt back that was no failure and no success yet.</summary>
    Task TakeBackAttemptAsync(string key, LockOut lockOut, CancellationToken cancellationToken);

    /// <summary>Forgets the failures of that name after a successful login.</summary>
    Task ClearAttemptsAsync(string key, CancellationToken cancellationToken);

    /// <summary>Forgets failures that no longer count; returns how many names.</summary>
    Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
