using System.Collections.Frozen;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Platform.Auth;

/// <summary>What a member of staff has to do before anything else.</summary>
public enum StaffDemand
{
    /// <summary>The password has expired.</summary>
    PasswordChange = 1,

    /// <summary>There is no second factor, and one is required.</summary>
    SecondFactorEnrolment = 2,
}

/// <summary>On routes that meet demands: open to those who may use nothing else.</summary>
/// <param name="demands">Any of these opens it.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MeetsAttribute(params StaffDemand[] demands) : Attribute
{
    public IReadOnlyList<StaffDemand> Demands { get; } = demands;
}

/// <summary>Passwords that are tried first, normalised and in lower case; from <c>common-passwords.json</c>.</summary>
public sealed record CommonPasswords(FrozenSet<string> All);

/// <summary>The rules for staff that follow from the settings and the environment.</summary>
public sealed class StaffPolicy
{
    private readonly FrozenSet<string> _common;

    public StaffPolicy(IOptions<StaffOptions> options, IOptions<DjbhOptions> level3, IHostEnvironment environment, CommonPasswords common)
    {
        var (staff, djbh) = (options.Value, level3.Value);
        _common = common.All;
        var isDjbh = staff.PasswordPolicy == StaffOptions.DjbhL3;
        RequiresSecondFactor = staff.SecondFactor is { Length: > 0 } word ? word == StaffOptions.RequiredFactor : isDjbh || !environment.IsDevelopment();
        Passwords = isDjbh ? new PasswordPolicy(djbh.MinLength, djbh.MinClasses, djbh.History, djbh.MaxAge) : PasswordPolicy.Nist(RequiresSecondFactor);
    }

    /// <summary>What a password must be.</summary>
    public PasswordPolicy Passwords { get; }

    /// <summary>Whether everybody with a password here needs a second factor.</summary>
    public bool RequiresSecondFactor { get; }

    /// <summary>What the member must do first; empty for those whom the identity provider vouches for.</summary>
    public IReadOnlyList<StaffDemand> DemandsOn(StaffMember member, DateTimeOffset now)
    {
        if (!member.IsLocal)
        {
            return [];
        }

        var demands = new List<StaffDemand>();
        if (Passwords.IsExpired(member.PasswordSetAt, now))
        {
            demands.Add(StaffDemand.PasswordChange);
        }

        if (RequiresSecondFactor && !member.HasSecondFactor)
        {
            demands.Add(StaffDemand.SecondFactorEnrolment);
        }

        return demands;
    }

    /// <summary>The demands that a password does not meet.</summary>
    public IReadOnlyList<Finding> Judge(string password, string userName, string pointer) => Passwords.Judge(password, userName, _common, pointer);
}
