using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Auth;

/// <param name="Current">The present password.</param>
/// <param name="Next">The one to come.</param>
public sealed record PasswordChangeRequest(string Current, string Next)
{
    /// <summary>Without the passwords: records end up in logs.</summary>
    public override string ToString() => nameof(PasswordChangeRequest);
}

internal static class ChangePassword
{
    public static async Task<Answer> HandleAsync(Body<PasswordChangeRequest> body, CurrentUser user, StaffPasswords passwords, CancellationToken cancellationToken)
    {
        var changed = await passwords.ChangeAsync(user, body.Value, cancellationToken);
        return changed is { } refusal ? refusal.ToAnswer() : Answer.NoContent();
    }
}

/// <summary>Changes passwords of staff. The present one is guessed at as often as at a login, and no oftener.</summary>
public sealed class StaffPasswords(IStaffStore store, StaffAttempts attempts, StaffHashes hashes, StaffPolicy policy, TimeProvider time)
{
    /// <returns>Null when it was changed.</returns>
    public async Task<DomainError?> ChangeAsync(CurrentUser user, PasswordChangeRequest request, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(user.UserId, cancellationToken) is not { IsLocal: true } member)
        {
            return AuthErrors.LoginIsOidc();
        }

        var verified = await attempts.TryAsync<StaffMember>(
            member.UserName,
            () => Task.FromResult<Result<StaffMember>>(
                request.Current.Length <= PasswordPolicy.MaxLength && hashes.Matches(member, request.Current) ? member : PasswordErrors.WrongAt("/current")),
            cancellationToken);
        if (verified.Error is { } wrong)
        {
            return wrong;
        }

        var unmet = await JudgeAsync(member, request.Next, cancellationToken);
        if (unmet.Count > 0)
        {
            return PasswordErrors.Refused(unmet);
        }

        var change = new PasswordChange(member.Id, member.PasswordHash, hashes.Of(member, request.Next), user.SessionId, time.GetUtcNow());
        return await store.TryChangePasswordAsync(change, cancellationToken) ? null : PasswordErrors.ChangedMeanwhile();
    }

    private async Task<IReadOnlyList<Finding>> JudgeAsync(StaffMember member, string next, CancellationToken cancellationToken)
    {
        const string Pointer = "/next";
        var unmet = policy.Judge(PasswordText.Normalise(next), member.UserName, Pointer);
        if (next.Length > PasswordPolicy.MaxLength)
        {
            return unmet;
        }

        // The present one is always among those that may not come back, or nothing would have changed.
        var history = policy.Passwords.History;
        var earlier = history > 0 ? await store.EarlierPasswordsAsync(member.Id, history - 1, cancellationToken) : [];
        var isReused = earlier.Prepend(member.PasswordHash).Any(h => hashes.Matches(member, h, next));
        return isReused ? [.. unmet, PasswordErrors.Reused(Pointer, history)] : unmet;
    }
}
