using System.ComponentModel.DataAnnotations;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

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

    /// <summary>Password in the clear, from a secret store or the environment; a changed one replaces the stored hash at the next start.</summary>
    [Required]
    public string Password { get; set; } = string.Empty;
}

/// <summary>Local accounts of staff.</summary>
public sealed class StaffOptions
{
    public const string Section = "Staff";

    /// <summary>Passwords that stand in the sample settings, where the whole world can read them.</summary>
    public static readonly IReadOnlyList<string> SamplePasswords = ["sandbox-reviewer", "sandbox-admin"];

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

/// <summary>Brings the stored members of staff in line with the configuration before the server listens.</summary>
internal sealed class StaffSeeder(IStaffStore store, IOptions<StaffOptions> options, IPasswordHasher<StaffMember> hasher) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var known = (await store.ListAsync(cancellationToken)).ToDictionary(m => m.UserName, StringComparer.Ordinal);
        foreach (var configured in options.Value.Members)
        {
            var name = StaffMember.Canonical(configured.UserName);
            known.Remove(name, out var member);
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

    /// <summary>The member as it should be, or null when it is so already.</summary>
    private StaffMember? Change(StaffMember? member, StaffMemberOptions configured)
    {
        var role = StaffOptions.RoleOf(configured.Role) ?? throw new InvalidOperationException("Refused by StartupGuards.");
        if (member is null)
        {
            member = StaffMember.Create(Guid.CreateVersion7().ToString("N"), configured.UserName, role, string.Empty);
            return member.With(role, hasher.HashPassword(member, configured.Password));
        }

        var samePassword = hasher.VerifyHashedPassword(member, member.PasswordHash, configured.Password) != PasswordVerificationResult.Failed;
        if (samePassword && member.Role == role && member.Active)
        {
            return null;
        }

        return member.With(role, samePassword ? member.PasswordHash : hasher.HashPassword(member, configured.Password));
    }
}

/// <summary>Forgets, once an hour, sessions and failed logins that no longer matter.</summary>
internal sealed class SessionPruner(ISessionStore sessions, IStaffStore staff, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await sessions.PruneAsync(time.GetUtcNow(), stoppingToken);
            await staff.PruneAsync(time.GetUtcNow(), stoppingToken);
        }
    }
}
