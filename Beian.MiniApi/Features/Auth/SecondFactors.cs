using System.Security.Cryptography;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using OtpNet;

namespace Beian.MiniApi.Features.Auth;

/// <summary>
/// One-time codes by time (TOTP, RFC 6238) and the recovery codes beside them. Codes have six digits of SHA-1 over steps of 30 s, the one form that every
/// authenticator app reads; a code of the step before or after is taken, for clocks differ. Each works once.
/// </summary>
public sealed class SecondFactors(ISecondFactorStore store, BlindIndex index, TimeProvider time)
{
    /// <summary>How many recovery codes are handed out.</summary>
    public const int RecoveryCodes = 10;

    /// <summary>Bytes of a secret: as many as the hash has (RFC 4226, section 4).</summary>
    private const int SecretBytes = 20;

    private const int Digits = 6;

    /// <summary>No letter or digit that looks like another.</summary>
    private const string RecoveryAlphabet = "23456789abcdefghjkmnpqrstuvwxyz";

    private const int RecoveryLength = 12;

    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>Makes a secret that waits for its confirmation; null when one is confirmed already.</summary>
    public async Task<byte[]?> BeginAsync(string staffId, CancellationToken cancellationToken)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        return await store.TryBeginAsync(staffId, secret, cancellationToken) ? secret : null;
    }

    /// <summary>Takes a code of the waiting secret and makes it count.</summary>
    /// <returns>The recovery codes, which are not kept; or whether it was the code that was wrong.</returns>
    public async Task<(IReadOnlyList<string>? RecoveryCodes, bool CodeWrong)> ConfirmAsync(CurrentUser user, string code, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(user.UserId, cancellationToken) is not { Confirmed: false } waiting)
        {
            return (null, false);
        }

        if (StepOf(waiting, code) is not { } step)
        {
            return (null, true);
        }

        string[] codes = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => RandomNumberGenerator.GetString(RecoveryAlphabet, RecoveryLength))];
        var digests = codes.Select(c => DigestOf(user.UserId, c)).ToArray();
        var confirmation = new FactorConfirmation(user.UserId, waiting.Secret, step, digests, user.SessionId, time.GetUtcNow());
        return await store.TryConfirmAsync(confirmation, cancellationToken) ? ([.. codes.Select(Grouped)], false) : (null, false);
    }

    /// <summary>Uses a code up, of either sort; false when it is none, or was used.</summary>
    public async Task<bool> TryUseAsync(string staffId, string code, CancellationToken cancellationToken)
    {
        var typed = code.Replace(" ", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal);
        if (typed.Length == RecoveryLength)
        {
            return await store.TryUseRecoveryCodeAsync(staffId, DigestOf(staffId, typed.ToLowerInvariant()), time.GetUtcNow(), cancellationToken);
        }

        return await store.FindAsync(staffId, cancellationToken) is { Confirmed: true } factor
            && StepOf(factor, typed) is { } step
            && await store.TryUseStepAsync(staffId, step, cancellationToken);
    }

    public Task<bool> RemoveAsync(string staffId, string? keepSessionId, CancellationToken cancellationToken) => store.RemoveAsync(staffId, keepSessionId, cancellationToken);

    /// <summary>The time step whose code it is, or null.</summary>
    private long? StepOf(SecondFactor factor, string code)
    {
        // Without its secret, as the store gives one whose keys are lost, no code can be right, and an admin removes the factor.
        if (code.Length != Digits || !code.All(char.IsAsciiDigit) || factor.Secret.Length == 0)
        {
            return null;
        }

        return new Totp(factor.Secret, totpSize: Digits).VerifyTotp(time.GetUtcNow().UtcDateTime, code, out var step, Window) ? step : null;
    }

    private string DigestOf(string staffId, string code) => index.Of("staff.recoveryCode", $"{staffId}\n{code}");

    private static string Grouped(string code) => $"{code[..4]}-{code[4..8]}-{code[8..]}";
}
