namespace Beian.MiniApi.Domain.Accounts;

/// <summary>Somebody of the provider who reviews filings or runs the service.</summary>
public sealed record StaffMember
{
    /// <summary>Begins the login name of those who log in at the identity provider; nobody can be configured under such a name.</summary>
    public const string ProviderPrefix = "oidc:";

    private StaffMember(string id, string userName, Role role, string passwordHash, bool active) =>
        (Id, UserName, Role, PasswordHash, Active) = (id, userName, role, passwordHash, active);

    public string Id { get; }

    /// <summary>Login name in its canonical form; unique.</summary>
    public string UserName { get; }

    /// <summary>Reviewer or admin.</summary>
    public Role Role { get; private init; }

    /// <summary>Salted hash; never the password.</summary>
    public string PasswordHash { get; private init; }

    /// <summary>Salted hash of the password that stands in the configuration; another one there replaces <see cref="PasswordHash"/>. Null where none was noted.</summary>
    public string? ConfiguredHash { get; init; }

    /// <summary>When the password was set, in real time.</summary>
    public DateTimeOffset PasswordSetAt { get; init; }

    /// <summary>Last complete login, or null.</summary>
    public DateTimeOffset? LastLoginAt { get; init; }

    /// <summary>The name that the identity provider gave, or null.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Whether a second factor is confirmed.</summary>
    public bool HasSecondFactor { get; init; }

    /// <summary>False once the configuration no longer names the member: the login is closed, the id stays in old filings.</summary>
    public bool Active { get; private init; }

    /// <summary>Whether the member has a password here; else the identity provider vouches for them.</summary>
    public bool IsLocal => !UserName.StartsWith(ProviderPrefix, StringComparison.Ordinal);

    /// <exception cref="ArgumentException">An empty name or a role that is not staff's.</exception>
    public static StaffMember Create(string id, string userName, Role role, string passwordHash, bool active = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentException.ThrowIfNullOrWhiteSpace(userName);
        return role is Role.Reviewer or Role.Admin
            ? new StaffMember(id, Canonical(userName), role, passwordHash, active)
            : throw new ArgumentOutOfRangeException(nameof(role), role, "Not a role of staff.");
    }

    /// <summary>The form in which login names are compared: trimmed, lower case.</summary>
    public static string Canonical(string userName) => userName.Trim().ToLowerInvariant();

    /// <summary>Open, with that role and everything else as it was.</summary>
    public StaffMember Opened(Role role) => this with { Role = role, Active = true };

    /// <summary>With a password of the configuration.</summary>
    public StaffMember Configured(string passwordHash, DateTimeOffset now) => this with { PasswordHash = passwordHash, ConfiguredHash = passwordHash, PasswordSetAt = now };

    public StaffMember Closed() => this with { Active = false };

    /// <summary>Without the hash: records end up in logs.</summary>
    public override string ToString() => $"StaffMember {Id} {Role}";
}
