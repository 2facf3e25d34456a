using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Checks;

/// <summary>
/// Facts about other customers: told so many times a day, then for the reviewer alone, so that nobody can try domains or certificates out. Real time.
/// </summary>
public sealed class InUseAnswers(IAttemptStore attempts, IOptions<PolicyOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(1);

    /// <summary>The conflict as a failure, or as something unknown when the account was told too often.</summary>
    public Task<CheckResult> TellAsync(string accountId, string check, string code, DateTimeOffset now, CancellationToken cancellationToken) =>
        TellAsync(accountId, CheckResult.Failed(check, code, null, now), cancellationToken);

    /// <summary>What was found, or something unknown when the account was told too often.</summary>
    /// <param name="accountId">Who is told.</param>
    /// <param name="found">A failure or a warning, with its code.</param>
    public async Task<CheckResult> TellAsync(string accountId, CheckResult found, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        var told = await attempts.TryAddAsync("in-use:" + accountId, options.Value.InUseAnswersPerDay, at - Window, at, cancellationToken);
        return told
            ? found
            : new CheckResult(found.Check, CheckOutcome.Unknown, CheckNames.ForReviewer, UnknownReason.NotDisclosed, found.Code, found.CheckedAt);
    }
}
