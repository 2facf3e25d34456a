namespace Beian.MiniApi.Domain;

/// <summary>In which capacity somebody acts.</summary>
public enum Role
{
    Applicant = 1,
    Reviewer = 2,
    Admin = 3,

    /// <summary>Timers, checks and synchronisation.</summary>
    System = 4,
}

/// <summary>Who did something: a role and the id of the user or member of staff; never a name.</summary>
public sealed record Actor(Role Role, string Id)
{
    /// <summary>The program itself.</summary>
    public static readonly Actor System = new(Role.System, "system");
}
