using System.Globalization;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;

namespace Beian.MiniApi.Platform.Auth;

/// <summary>What the program refuses to start with among the settings of staff.</summary>
internal static class StaffGuards
{
    public static IEnumerable<string> Reasons(StaffOptions staff)
    {
        if (staff.PasswordPolicy == StaffOptions.DjbhL3 && staff.SecondFactor == StaffOptions.OptionalFactor)
        {
            yield return "Staff:SecondFactor must be required with Staff:PasswordPolicy djbh-l3.";
        }

        if (staff.Login == StaffOptions.ProviderLogin)
        {
            yield break;
        }

        for (var i = 0; i < staff.Members.Count; i++)
        {
            foreach (var reason in Reasons(i, staff.Members[i]))
            {
                yield return reason;
            }
        }
    }

    /// <summary>What the configured passwords do not meet. For where the sample ones must not stand: elsewhere any will do.</summary>
    public static IEnumerable<string> Unmet(StaffOptions staff, StaffPolicy policy) =>
        from member in staff.Members.Select((m, index) => (Index: index, Name: m.UserName, m.Password))
        let unmet = policy.Judge(PasswordText.Normalise(member.Password), StaffMember.Canonical(member.Name), string.Empty)
        where unmet.Count > 0
        select $"Staff:Members:{member.Index}:Password of {member.Name.Trim()} must {string.Join(", and must ", unmet.Select(Words))}.";

    private static IEnumerable<string> Reasons(int index, StaffMemberOptions member)
    {
        if (string.IsNullOrWhiteSpace(member.UserName) || string.IsNullOrEmpty(member.Password))
        {
            yield return $"Staff:Members:{index} needs a UserName and a Password.";
        }
        else if (StaffMember.Canonical(member.UserName).StartsWith(StaffMember.ProviderPrefix, StringComparison.Ordinal))
        {
            yield return $"Staff:Members:{index}:UserName must not begin with {StaffMember.ProviderPrefix}";
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
