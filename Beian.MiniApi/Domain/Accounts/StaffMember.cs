namespace Beian.MiniApi.Domain.Accounts;

/// <summary>Somebody of the provider who reviews filings or runs the service.</summary>
public sealed record StaffMember
{
    private StaffMember(string id, string userName, Role role, string passwordHash, bool active) =>
        (Id, UserName, Role, PasswordHash, Active) = (id, userName, role, passwordHash, active);

    public string Id { get; }

    /// <summary>Login name in its canonical form; unique.</summary>
    public string UserName { get; }

    /// <summary>Reviewer or admin.</summary>
    public Role Role { get; private init; }

    /// <summary>Salted hash; never the password.</summary>
    public string PasswordHash { get; private init; }

    /// <summary>False once the configuration no longer names the member: the login is closed, the id stays in old filings.</summary>
    public bool Active { get; private init; }

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

    public StaffMember With(Role role, string passwordHash) => Create(Id, UserName, role, passwordHash);

    public StaffMember Closed() => this with { Active = false };

    /// <summary>Without the hash: records end up in logs.</summary>
    public override string ToString() => $"StaffMember {Id} {Role}";
}
