using System.Globalization;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;

namespace Beian.MiniApi.Platform.Auth;

/// <summary>What the program refuses to start with among the settings of staff.</summary>
internal static class StaffGuards
{
    public static IEnumerable<string> Reasons(IHostEnvironment environment, IConfiguration configuration, StaffOptions staff)
    {
        if (staff.PasswordPolicy == StaffOptions.DjbhL3 && staff.SecondFactor == StaffOptions.OptionalFactor)
        {
            yield return "Staff:SecondFactor must be required with Staff:PasswordPolicy djbh-l3.";
        }

        if (staff.Login == StaffOptions.ProviderLogin)
        {
            yield break;
        }

        var (policy, fault) = PolicyOf(environment, configuration, staff);
        if (fault is not null)
        {
            yield return fault;
        }

        for (var i = 0; i < staff.Members.Count; i++)
        {
            foreach (var reason in Reasons(i, staff.Members[i], environment.IsDevelopment() ? null : policy))
            {
                yield return reason;
            }
        }
    }

    private static (StaffPolicy? Policy, string? Fault) PolicyOf(IHostEnvironment environment, IConfiguration configuration, StaffOptions staff)
    {
        var djbh = new DjbhOptions();
        configuration.GetSection(DjbhOptions.Section).Bind(djbh);
        try
        {
            return (new StaffPolicy(staff, djbh, environment.IsDevelopment(), CommonPasswords.Load(configuration)), null);
        }
        catch (InvalidDataException e)
        {
            return (null, e.Message);
        }
    }

    /// <param name="index">Where the member stands.</param>
    /// <param name="member">As configured.</param>
    /// <param name="policy">What passwords must be, or null where the sample ones may stand.</param>
    private static IEnumerable<string> Reasons(int index, StaffMemberOptions member, StaffPolicy? policy)
    {
        if (string.IsNullOrWhiteSpace(member.UserName) || string.IsNullOrEmpty(member.Password))
        {
            yield return $"Staff:Members:{index} needs a UserName and a Password.";
        }
        else if (StaffMember.Canonical(member.UserName).StartsWith(StaffMember.ProviderPrefix, StringComparison.Ordinal))
        {
            yield return $"Staff:Members:{index}:UserName must not begin with {StaffMember.ProviderPrefix}";
        }
        else if (policy?.Judge(PasswordText.Normalise(member.Password), StaffMember.Canonical(member.UserName), string.Empty) is { Count: > 0 } unmet)
        {
            yield return $"Staff:Members:{index}:Password of {member.UserName.Trim()} must {string.Join(", and must ", unmet.Select(Words))}.";
        }

        if (StaffOptions.RoleOf(member.Role) is null)
        {
            yield return $"Staff:Members:{index}:Role must be reviewer or admin.";
        }
    }

    private static string Words(Finding unmet) => unmet.Code switch
    {
        PasswordErrors.TooShort => string.Create(CultureInfo.InvariantCulture, $"have at least {unmet.Args["min"]} characters"),
        PasswordErrors.TooLong => string.Create(CultureInfo.InvariantCulture, $"have at most {unmet.Args["max"]} characters"),
        PasswordErrors.TooSimple => string.Create(CultureInfo.InvariantCulture, $"have characters of {unmet.Args["classes"]} kinds (lower case, upper case, digits, others)"),
        PasswordErrors.Common => "not be one of those that are tried first",
        PasswordErrors.LikeName => "not be the user name or the service's",
        _ => "have no characters that change from machine to machine",
    };
}
