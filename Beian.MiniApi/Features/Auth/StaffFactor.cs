using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.Storage;
using OtpNet;

namespace Beian.MiniApi.Features.Auth;

/// <summary>A second factor that waits for its confirmation. Shown once.</summary>
/// <param name="Secret">The shared secret in base32, to type into an authenticator app.</param>
/// <param name="Uri">The same as <c>otpauth://</c> address.</param>
/// <param name="QrCode">That address as a picture to scan: a <c>data:</c> address of a PNG.</param>
public sealed record SecondFactorView(string Secret, string Uri, string QrCode)
{
    /// <summary>Without the secret: records end up in logs.</summary>
    public override string ToString() => nameof(SecondFactorView);
}

/// <param name="Code">Six digits that the app shows.</param>
public sealed record FactorConfirmationRequest(string Code)
{
    /// <summary>Without the code: records end up in logs.</summary>
    public override string ToString() => nameof(FactorConfirmationRequest);
}

/// <summary>Codes for the day the device is lost. Shown once; each works once in place of the six digits.</summary>
public sealed record RecoveryCodesView(IReadOnlyList<string> RecoveryCodes)
{
    /// <summary>Without the codes: records end up in logs.</summary>
    public override string ToString() => nameof(RecoveryCodesView);
}

/// <param name="Password">The present one.</param>
/// <param name="Code">Six digits, or a recovery code.</param>
public sealed record FactorRemovalRequest(string Password, string Code)
{
    /// <summary>Without either: records end up in logs.</summary>
    public override string ToString() => nameof(FactorRemovalRequest);
}

internal static class EnrolSecondFactor
{
    private const string Issuer = "beian-miniapi";

    public static async Task<Answer> HandleAsync(CurrentUser user, IStaffStore staff, SecondFactors factors, CancellationToken cancellationToken)
    {
        var begun = await BeginAsync(user, staff, factors, cancellationToken);
        return begun.TryGet(out var view, out var refusal) ? Answer.Ok(view) : refusal.ToAnswer();
    }

    /// <summary>Makes a secret that waits for its confirmation, in place of one that waited before.</summary>
    internal static async Task<Result<SecondFactorView>> BeginAsync(CurrentUser user, IStaffStore staff, SecondFactors factors, CancellationToken cancellationToken)
    {
        if (await staff.FindAsync(user.UserId, cancellationToken) is not { IsLocal: true } member)
        {
            return AuthErrors.LoginIsOidc();
        }

        if (await factors.BeginAsync(member.Id, cancellationToken) is not { } secret)
        {
            return AuthErrors.SecondFactorActive();
        }

        var uri = new OtpUri(OtpType.Totp, secret, member.UserName, Issuer).ToString();
        return new SecondFactorView(Base32Encoding.ToString(secret).TrimEnd('='), uri, QrPicture.Of(uri));
    }
}

internal static class ConfirmSecondFactor
{
    public static async Task<Answer> HandleAsync(Body<FactorConfirmationRequest> body, CurrentUser user, SecondFactors factors, CancellationToken cancellationToken)
    {
        var confirmed = await factors.ConfirmAsync(user, body.Value.Code.Trim(), cancellationToken);
        return confirmed switch
        {
            { RecoveryCodes: { } codes } => Answer.Ok(new RecoveryCodesView(codes)),
            { CodeWrong: true } => AuthErrors.CodeWrong().ToAnswer(),
            _ => AuthErrors.SecondFactorAbsent().ToAnswer(),
        };
    }
}

internal static class RemoveSecondFactor
{
    public static async Task<Answer> HandleAsync(
        Body<FactorRemovalRequest> body, CurrentUser user, IStaffStore staff, StaffAttempts attempts, StaffHashes hashes, SecondFactors factors, CancellationToken cancellationToken)
    {
        var refused = await RemoveAsync(body.Value, user, staff, attempts, hashes, factors, cancellationToken);
        return refused is { } refusal ? refusal.ToAnswer() : Answer.NoContent();
    }

    /// <returns>Null when it is gone.</returns>
    internal static async Task<DomainError?> RemoveAsync(
        FactorRemovalRequest request, CurrentUser user, IStaffStore staff, StaffAttempts attempts, StaffHashes hashes, SecondFactors factors, CancellationToken cancellationToken)
    {
        var member = await staff.FindAsync(user.UserId, cancellationToken);
        if (member is not { HasSecondFactor: true })
        {
            return AuthErrors.SecondFactorAbsent();
        }

        var judged = await attempts.TryAsync<StaffMember>(
            member.UserName,
            async () =>
            {
                if (request.Password.Length > PasswordPolicy.MaxLength || !hashes.Matches(member, request.Password))
                {
                    return PasswordErrors.WrongAt("/password");
                }

                return await factors.TryUseAsync(member.Id, request.Code, cancellationToken) ? member : AuthErrors.CodeWrong();
            },
            cancellationToken);
        if (judged.Error is { } refusal)
        {
            return refusal;
        }

        await factors.RemoveAsync(member.Id, user.SessionId, cancellationToken);
        return null;
    }
}

internal static partial class ResetSecondFactor
{
    /// <summary>For somebody who lost device and codes: they log in with the password and, where one is required, set up another.</summary>
    public static async Task<Answer> HandleAsync(
        string staffId, CurrentUser user, IStaffStore staff, SecondFactors factors, ILogger<SecondFactors> log, CancellationToken cancellationToken)
    {
        if (await staff.FindAsync(staffId, cancellationToken) is not { } member)
        {
            return AuthErrors.StaffNotFound().ToAnswer();
        }

        if (await factors.RemoveAsync(member.Id, null, cancellationToken))
        {
            LogReset(log, member.Id, user.UserId);
        }

        return Answer.NoContent();
    }

    [LoggerMessage(LogLevel.Warning, "The second factor of staff {StaffId} was removed by {AdminId}.")]
    private static partial void LogReset(ILogger log, string staffId, string adminId);
}
