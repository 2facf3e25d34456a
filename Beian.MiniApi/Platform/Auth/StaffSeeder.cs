using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Platform.Auth;

/// <summary>
/// Brings the stored members of staff in line with the configuration before the server listens. Where the identity provider vouches for staff, every local
/// login is closed; where it does not, every one of the provider is.
/// </summary>
internal sealed class StaffSeeder(IStaffStore store, IOptions<StaffOptions> options, IPasswordHasher<StaffMember> hasher, TimeProvider time) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var isLocal = options.Value.Login == StaffOptions.LocalLogin;
        var known = (await store.ListAsync(cancellationToken)).Where(m => m.IsLocal || isLocal).ToDictionary(m => m.UserName, StringComparer.Ordinal);
        foreach (var configured in isLocal ? options.Value.Members : [])
        {
            known.Remove(StaffMember.Canonical(configured.UserName), out var member);
            if (Change(member, configured) is { } changed)
            {
                await store.SaveAsync(changed, cancellationToken);
            }
        }

        foreach (var gone in known.Values.Where(m => m.Active))
        {
            await store.SaveAsync(gone.Closed(), cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// The member as it should be, or null when it is so already. A password that the member changed stays until the configured one is another than it was.
    /// </summary>
    private StaffMember? Change(StaffMember? member, StaffMemberOptions configured)
    {
        var role = StaffOptions.RoleOf(configured.Role) ?? throw new InvalidOperationException("Refused by StartupGuards.");
        var password = PasswordText.Normalise(configured.Password);
        if (member is null)
        {
            member = StaffMember.Create(Guid.CreateVersion7().ToString("N"), configured.UserName, role, string.Empty);
            return member.Configured(hasher.HashPassword(member, password), time.GetUtcNow());
        }

        var noted = member.ConfiguredHash ?? member.PasswordHash;
        if (hasher.VerifyHashedPassword(member, noted, password) == PasswordVerificationResult.Failed)
        {
            return member.Opened(role).Configured(hasher.HashPassword(member, password), time.GetUtcNow());
        }

        return member.Role == role && member.Active && member.ConfiguredHash is not null ? null : member.Opened(role) with { ConfiguredHash = noted };
    }
}
