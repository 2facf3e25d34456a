namespace Beian.MiniApi.Domain.Accounts;

/// <summary>One login of a user or of a member of staff, from its first token to logout or expiry.</summary>
public sealed record Session
{
    private Session(string id, string ownerId, Role role, DateTimeOffset startedAt, TimeSpan lifetime) =>
        (Id, OwnerId, Role, StartedAt, Lifetime) = (id, ownerId, role, startedAt, lifetime);

    public string Id { get; }

    /// <summary>Id of the user or the member of staff.</summary>
    public string OwnerId { get; }

    public Role Role { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>How long it lives without a refresh; every refresh starts this anew, unless an identity provider vouched for its owner.</summary>
    public TimeSpan Lifetime { get; }

    /// <summary>What it was opened with, as <see cref="DeviceFamily"/> names it; null when that was not told.</summary>
    public string? Device { get; private init; }

    public DateTimeOffset ExpiresAt => StartedAt + Lifetime;

    /// <exception cref="ArgumentException">An empty id, a role that cannot log in, or no lifetime.</exception>
    public static Session Start(string id, string ownerId, Role role, DateTimeOffset now, TimeSpan lifetime, string? device = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentException.ThrowIfNullOrEmpty(ownerId);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        return role is Role.Applicant or Role.Reviewer or Role.Admin
            ? new Session(id, ownerId, role, now, lifetime) { Device = device }
            : throw new ArgumentOutOfRangeException(nameof(role), role, "Cannot log in.");
    }
}
