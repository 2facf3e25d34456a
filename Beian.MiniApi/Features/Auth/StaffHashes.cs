using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Beian.MiniApi.Features.Auth;

/// <summary>Hashes passwords of staff and compares them, always in their normalised form.</summary>
public sealed class StaffHashes(IPasswordHasher<StaffMember> hasher)
{
    private readonly Lazy<StaffMember> _nobody = new(() =>
    {
        var nobody = StaffMember.Create("nobody", "nobody", Role.Reviewer, string.Empty);
        return nobody.Configured(hasher.HashPassword(nobody, Guid.NewGuid().ToString("N")), default);
    });

    /// <summary>Whether it is the member's password; false for null, after as long.</summary>
    public bool Matches(StaffMember? member, string password) => Matches(member ?? _nobody.Value, (member ?? _nobody.Value).PasswordHash, password) && member is not null;

    /// <summary>Whether a hash, such as an earlier one, is of that password.</summary>
    public bool Matches(StaffMember member, string hash, string password) =>
        hasher.VerifyHashedPassword(member, hash, PasswordText.Normalise(password)) != PasswordVerificationResult.Failed;

    public string Of(StaffMember member, string password) => hasher.HashPassword(member, PasswordText.Normalise(password));
}
