using System.Globalization;
using System.Security.Cryptography;
using Beian.MiniApi.Domain.Accounts;
using Microsoft.AspNetCore.DataProtection;

namespace Beian.MiniApi.ReviewConsole.SignIn;

/// <summary>
/// Stands between the two steps of a login: whose name and password were right, sealed, for five minutes, in a field of the form. Without a code that is good it opens
/// nothing, and with one it is no more than a password typed again.
/// </summary>
/// <param name="StaffId">The member.</param>
/// <param name="PasswordSetAt">When the password that was right was set.</param>
internal sealed record LoginTicket(string StaffId, DateTimeOffset PasswordSetAt)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public static string Of(StaffMember member, IDataProtectionProvider protection) =>
        Sealer(protection).Protect($"{member.PasswordSetAt.UtcTicks.ToString(CultureInfo.InvariantCulture)} {member.Id}", Lifetime);

    /// <returns>Null for one that is none of ours or is too old.</returns>
    public static LoginTicket? Open(string sealedText, IDataProtectionProvider protection)
    {
        try
        {
            var parts = Sealer(protection).Unprotect(sealedText).Split(' ', 2);
            return new LoginTicket(parts[1], new DateTimeOffset(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero));
        }
        catch (CryptographicException)
        {
            // Not ours, or too old: the login begins again.
            return null;
        }
    }

    private static ITimeLimitedDataProtector Sealer(IDataProtectionProvider protection) => protection.CreateProtector("console", "login").ToTimeLimitedDataProtector();
}
