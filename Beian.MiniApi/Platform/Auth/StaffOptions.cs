using System.ComponentModel.DataAnnotations;
using Beian.MiniApi.Domain;

namespace Beian.MiniApi.Platform.Auth;

/// <summary>One member of staff as configured.</summary>
public sealed class StaffMemberOptions
{
    /// <summary>Login name; case does not matter.</summary>
    [Required]
    public string UserName { get; set; } = string.Empty;

    /// <summary><c>reviewer</c> or <c>admin</c>.</summary>
    [Required]
    public string Role { get; set; } = string.Empty;

    /// <summary>Password in the clear, from a secret store or the environment; must meet <c>Staff:PasswordPolicy</c>. One that is changed here replaces the stored one at the next start, otherwise a password the member chose stays.</summary>
    [Required]
    public string Password { get; set; } = string.Empty;
}

/// <summary>Local accounts of staff.</summary>
public sealed class StaffOptions
{
    public const string Section = "Staff";

    /// <summary>Passwords that stand in the sample settings, where the whole world can read them.</summary>
    public static readonly IReadOnlyList<string> SamplePasswords = ["sandbox-reviewer", "sandbox-admin"];

    /// <summary>The word for logins with a name and a password that are kept here.</summary>
    public const string LocalLogin = "local";

    /// <summary>The word for logins at an identity provider.</summary>
    public const string ProviderLogin = "oidc";

    /// <summary>The profile after NIST SP 800-63B-4.</summary>
    public const string Nist = "nist";

    /// <summary>The profile after 网络安全等级保护, level 3.</summary>
    public const string DjbhL3 = "djbh-l3";

    /// <summary>The word for a second factor that everybody has to have.</summary>
    public const string RequiredFactor = "required";

    /// <summary>The word for a second factor that is asked of those who have one.</summary>
    public const string OptionalFactor = "optional";

    /// <summary><c>local</c>: names and passwords of <c>Staff:Members</c>; <c>oidc</c>: the identity provider of <c>Staff:Oidc</c>, and local logins are closed. Default <c>local</c>.</summary>
    [RegularExpression("local|oidc", ErrorMessage = "Staff:Login must be local or oidc.")]
    public string Login { get; set; } = LocalLogin;

    /// <summary>What passwords must be: <c>nist</c> (SP 800-63B-4) or <c>djbh-l3</c> (GB/T 22239-2019, level 3; its numbers are <c>Staff:DjbhL3</c>). Default <c>nist</c>.</summary>
    [RegularExpression("nist|djbh-l3", ErrorMessage = "Staff:PasswordPolicy must be nist or djbh-l3.")]
    public string PasswordPolicy { get; set; } = Nist;

    /// <summary>
    /// <c>required</c>: who has no second factor may only set one up; <c>optional</c>: it is asked of those who have one. Default <c>required</c>, but <c>optional</c> in Development
    /// unless the profile is <c>djbh-l3</c>, which allows <c>required</c> alone.
    /// </summary>
    [RegularExpression("required|optional", ErrorMessage = "Staff:SecondFactor must be required or optional.")]
    public string? SecondFactor { get; set; }

    /// <summary>Everybody who may log in; who is no longer listed at a start can no longer log in. Default nobody.</summary>
    public IList<StaffMemberOptions> Members { get; } = [];

    /// <summary>Failures in a row that close a login name; default 5.</summary>
    [Range(1, 100)]
    public int MaxFailures { get; set; } = 5;

    /// <summary>How long it stays closed; default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LockOutDuration { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The role, or null when the word is none of staff's.</summary>
    public static Role? RoleOf(string word) => word switch
    {
        "reviewer" => Domain.Role.Reviewer,
        "admin" => Domain.Role.Admin,
        _ => null,
    };
}

/// <summary>
/// The numbers of the profile <c>djbh-l3</c>. GB/T 22239-2019, 8.1.4.1 asks for complexity, regular change, limits on failed logins and two factors, and names no
/// numbers; these are what assessors usually ask, for an operator to change.
/// </summary>
public sealed class DjbhOptions
{
    public const string Section = "Staff:DjbhL3";

    /// <summary>Fewest characters; default 8. Not in the standard.</summary>
    [Range(8, 64)]
    public int MinLength { get; set; } = 8;

    /// <summary>Of lower case, upper case, digits and other characters, how many must occur; default 3. Not in the standard.</summary>
    [Range(1, 4)]
    public int MinClasses { get; set; } = 3;

    /// <summary>How long a password may be used; default 90 days. Not in the standard.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "366.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How many earlier passwords may not come back; default 5. Not in the standard.</summary>
    [Range(0, 24)]
    public int History { get; set; } = 5;
}
