using System.Text.Json.Serialization;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.Auth;

/// <param name="UserName">Case does not matter.</param>
/// <param name="Password">As typed.</param>
/// <param name="Code">Six digits of the second factor, or a recovery code; needed by those who have one.</param>
public sealed record StaffLoginRequest(string UserName, string Password, string? Code = null)
{
    /// <summary>Without the password: records end up in logs.</summary>
    public override string ToString() => nameof(StaffLoginRequest);
}

/// <summary>The member of staff who logged in.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Role">Reviewer or admin.</param>
/// <param name="Demands">What must be done before anything else: every other route answers 403 until then. Left out when there is nothing.</param>
public sealed record StaffView(string Id, Role Role, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<StaffDemand>? Demands = null);

/// <summary>The answer to a login of staff.</summary>
/// <param name="AccessToken">JWT for the <c>Authorization: Bearer</c> header.</param>
/// <param name="ExpiresIn">Seconds the access token lives.</param>
/// <param name="RefreshToken">Good for one refresh at <c>/auth/refresh</c>.</param>
/// <param name="Staff">Who logged in.</param>
public sealed record StaffLoginView(string AccessToken, int ExpiresIn, string RefreshToken, StaffView Staff);

internal static class LogInStaff
{
    /// <summary>Longest name looked at, in characters.</summary>
    private const int MaxName = 200;

    public static async Task<Answer> HandleAsync(
        Body<StaffLoginRequest> body, StaffLogins logins, StaffSessions sessions, IOptions<StaffOptions> options, CancellationToken cancellationToken)
    {
        if (options.Value.Login != StaffOptions.LocalLogin)
        {
            return AuthErrors.LoginIsOidc().ToAnswer();
        }

        if (body.Value.UserName.Length > MaxName || body.Value.Password.Length > PasswordPolicy.MaxLength)
        {
            return AuthErrors.BadCredentials().ToAnswer();
        }

        var checkedLogin = await logins.CheckAsync(body.Value.UserName, body.Value.Password, body.Value.Code, cancellationToken);
        return checkedLogin.TryGet(out var member, out var refusal) ? Answer.Ok(await sessions.OpenAsync(member, cancellationToken)) : refusal.ToAnswer();
    }
}

/// <summary>Opens sessions of staff, however they logged in.</summary>
public sealed class StaffSessions(SessionTokens tokens, StaffPolicy policy, TimeProvider time)
{
    public async Task<StaffLoginView> OpenAsync(StaffMember member, CancellationToken cancellationToken)
    {
        var opened = await tokens.OpenAsync(member.Id, member.Role, cancellationToken);
        var demands = policy.DemandsOn(member, time.GetUtcNow());
        return new StaffLoginView(opened.AccessToken, opened.ExpiresIn, opened.RefreshToken, new StaffView(member.Id, member.Role, demands.Count == 0 ? null : demands));
    }

    /// <summary>A session for a browser, which is known by a cookie and holds no token; ended like every other.</summary>
    /// <returns>The session's id.</returns>
    public Task<string> OpenForBrowserAsync(StaffMember member, CancellationToken cancellationToken) => tokens.OpenWithoutTokensAsync(member.Id, member.Role, cancellationToken);
}

/// <summary>
/// Judges names, passwords and codes. An unknown name takes as long as a wrong password, is refused in the same words, and is locked out like a known one, so
/// that nobody learns which names exist. A wrong code counts like a wrong password.
/// </summary>
public sealed class StaffLogins(IStaffStore store, StaffAttempts attempts, StaffHashes hashes, SecondFactors factors, TimeProvider time)
{
    public Task<Result<StaffMember>> CheckAsync(string userName, string password, string? code, CancellationToken cancellationToken)
    {
        var name = StaffMember.Canonical(userName);
        return attempts.TryAsync(name, () => JudgeAsync(name, password, code, cancellationToken), cancellationToken);
    }

    /// <summary>The second half of a login in two steps: the code of a member whose name and password were right a moment ago.</summary>
    /// <param name="staffId">The member.</param>
    /// <param name="passwordSetAt">When the password that was right was set; another one since is a refusal.</param>
    /// <param name="code">Six digits, or a recovery code.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    public async Task<Result<StaffMember>> CheckCodeAsync(string staffId, DateTimeOffset passwordSetAt, string code, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(staffId, cancellationToken) is not { Active: true, HasSecondFactor: true } member || member.PasswordSetAt != passwordSetAt)
        {
            return AuthErrors.BadCredentials();
        }

        return await attempts.TryAsync<StaffMember>(
            member.UserName,
            async () =>
            {
                if (!await factors.TryUseAsync(member.Id, code, cancellationToken))
                {
                    return AuthErrors.SecondFactorInvalid();
                }

                await store.NoteLoginAsync(member.Id, time.GetUtcNow(), cancellationToken);
                return member;
            },
            cancellationToken);
    }

    private async Task<Result<StaffMember>> JudgeAsync(string name, string password, string? code, CancellationToken cancellationToken)
    {
        var member = await store.FindByNameAsync(name, cancellationToken);
        if (!hashes.Matches(member, password) || member is null)
        {
            return AuthErrors.BadCredentials();
        }

        if (member.HasSecondFactor)
        {
            if (string.IsNullOrEmpty(code))
            {
                return AuthErrors.SecondFactorRequired();
            }

            if (!await factors.TryUseAsync(member.Id, code, cancellationToken))
            {
                return AuthErrors.SecondFactorInvalid();
            }
        }

        await store.NoteLoginAsync(member.Id, time.GetUtcNow(), cancellationToken);
        return member;
    }
}

/// <summary>Counts guesses at names, known or not. Each is counted before it is looked at, so that guesses sent at once are counted one by one.</summary>
public sealed class StaffAttempts(IStaffStore store, BlindIndex index, IOptions<StaffOptions> options, TimeProvider time)
{
    /// <param name="name">Canonical login name.</param>
    /// <param name="judge">Looks at the guess; success forgets the failures. A missing code is neither.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    public async Task<Result<T>> TryAsync<T>(string name, Func<Task<Result<T>>> judge, CancellationToken cancellationToken)
        where T : class
    {
        var key = index.Of("staff.attempt", name);
        var now = time.GetUtcNow();
        var lockOut = new LockOut(options.Value.MaxFailures, options.Value.LockOutDuration);
        if (await store.BeginAttemptAsync(key, now, lockOut, cancellationToken) is { } until)
        {
            return AuthErrors.LockedOut(until - now);
        }

        var judged = await judge();
        if (judged.Error is null)
        {
            await store.ClearAttemptsAsync(key, cancellationToken);
        }
        else if (judged.Error.Code == AuthErrors.SecondFactorRequired().Code)
        {
            await store.TakeBackAttemptAsync(key, lockOut, cancellationToken);
        }

        return judged;
    }
}
