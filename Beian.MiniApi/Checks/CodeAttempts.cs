using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Checks;

/// <summary>
/// Keeps codes from being guessed: 5 failures per account and hour, wherever codes are typed, then nothing is looked up any more until the oldest of
/// them is an hour old. Real time, so that moving the business clock is no way around it.
/// </summary>
public sealed class CodeAttempts(IAttemptStore attempts, TimeProvider time)
{
    /// <summary>Failures in <see cref="Window"/> after which an account is refused.</summary>
    public const int Limit = 5;

    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>
    /// An account's guesses go one after another, otherwise fifty at once would all be looked up before the first failure is counted. Accounts share a
    /// gate by hash, which costs a wait of a few milliseconds at worst.
    /// </summary>
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>The code that <paramref name="find"/> finds; <c>authCode.invalid</c>, counted, when it finds none; <c>rate.codeAttempts</c> without asking it when there were too many.</summary>
    public async Task<Result<AuthCode>> TryAsync(string accountId, Func<CancellationToken, Task<AuthCode?>> find, CancellationToken cancellationToken)
    {
        var key = "auth-code:" + accountId;
        var gate = _gates[(uint)key.GetHashCode(StringComparison.Ordinal) % (uint)_gates.Length];
        await gate.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            var failed = await attempts.CountAsync(key, now - Window, cancellationToken);
            if (failed.Count >= Limit)
            {
                return AuthCodeErrors.TooManyAttempts(failed.Oldest!.Value + Window - now);
            }

            if (await find(cancellationToken) is { } code)
            {
                return code;
            }

            // Counted even when the caller hangs up, or hanging up would be the way around.
            await attempts.AddAsync(key, now, CancellationToken.None);
            return AuthCodeErrors.Invalid();
        }
        finally
        {
            gate.Release();
        }
    }
}
