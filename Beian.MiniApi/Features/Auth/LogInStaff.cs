using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.Auth;

/// <param name="UserName">Case does not matter.</param>
/// <param name="Password">As typed.</param>
public sealed record StaffLoginRequest(string UserName, string Password)
{
    /// <summary>Without the password: records end up in logs.</summary>
    public override string ToString() => nameof(StaffLoginRequest);
}

/// <summary>The member of staff who logged in.</summary>
public sealed record StaffView(string Id, Role Role);

/// <summary>The answer to a login of staff.</summary>
/// <param name="AccessToken">JWT for the <c>Authorization: Bearer</c> header.</param>
/// <param name="ExpiresIn">Seconds the access token lives.</param>
/// <param name="RefreshToken">Good for one refresh at <c>/auth/refresh</c>.</param>
/// <param name="Staff">Who logged in.</param>
public sealed record StaffLoginView(string AccessToken, int ExpiresIn, string RefreshToken, StaffView Staff);

internal static class LogInStaff
{
    /// <summary>Longest name and password looked at, in characters; hashing a megabyte would be a gift to an attacker.</summary>
    private const int MaxLength = 200;

    public static async Task<Answer> HandleAsync(Body<StaffLoginRequest> body, StaffLogins logins, SessionTokens tokens, CancellationToken cancellationToken)
    {
        if (body.Value.UserName.Length > MaxLength || body.Value.Password.Length > MaxLength)
        {
            return AuthErrors.BadCredentials().ToAnswer();
        }

        var checkedLogin = await logins.CheckAsync(body.Value.UserName, body.Value.Password, cancellationToken);
        if (!checkedLogin.TryGet(out var member, out var refusal))
        {
            return refusal.ToAnswer();
        }

        var opened = await tokens.OpenAsync(member.Id, member.Role, cancellationToken);
        return Answer.Ok(new StaffLoginView(opened.AccessToken, opened.ExpiresIn, opened.RefreshToken, new StaffView(member.Id, member.Role)));
    }
}

/// <summary>
/// Judges names and passwords. An unknown name takes as long as a wrong password, is refused in the same words, and is locked out like a known one, so
/// that nobody learns which names exist.
/// </summary>
public sealed class StaffLogins(IStaffStore store, IPasswordHasher<StaffMember> hasher, BlindIndex index, IOptions<StaffOptions> options, TimeProvider time)
{
    private readonly Lazy<StaffMember> _nobody = new(() =>
    {
        var nobody = StaffMember.Create("nobody", "nobody", Role.Reviewer, string.Empty);
        return nobody.With(Role.Reviewer, hasher.HashPassword(nobody, Guid.NewGuid().ToString("N")));
    });

    public async Task<Result<StaffMember>> CheckAsync(string userName, string password, CancellationToken cancellationToken)
    {
        var name = StaffMember.Canonical(userName);
        var key = index.Of("staff.attempt", name);
        var now = time.GetUtcNow();
        var lockedUntil = await store.BeginAttemptAsync(key, now, new LockOut(options.Value.MaxFailures, options.Value.LockOutDuration), cancellationToken);
        if (lockedUntil is { } until)
        {
            return AuthErrors.LockedOut(until - now);
        }

        var nobody = _nobody.Value;
        var member = await store.FindByNameAsync(name, cancellationToken);
        var verified = hasher.VerifyHashedPassword(member ?? nobody, (member ?? nobody).PasswordHash, password);
        if (member is null || verified == PasswordVerificationResult.Failed)
        {
            return AuthErrors.BadCredentials();
        }

        await store.ClearAttemptsAsync(key, cancellationToken);
        return member;
    }
}
