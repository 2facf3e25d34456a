using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.AuthCodes;

/// <summary>A code to look at.</summary>
public sealed record CheckAuthCodeRequest
{
    /// <summary>As typed, any case, with or without blanks and hyphens.</summary>
    public string? Code { get; init; }
}

/// <summary>What a code that can be redeemed stands for.</summary>
/// <param name="Valid">Always true: a code that cannot be redeemed is answered with a problem.</param>
/// <param name="ResourceType">Type of the resource behind it.</param>
/// <param name="Region">Region of the resource.</param>
/// <param name="PublicIps">The addresses a filing with it names.</param>
/// <param name="ExpiresAt">When the resource, and the code with it, runs out.</param>
public sealed record AuthCodeVerdictView(bool Valid, string ResourceType, string Region, IReadOnlyList<string> PublicIps, DateTimeOffset? ExpiresAt);

internal static class CheckAuthCode
{
    public static async Task<Answer> HandleAsync(
        Body<CheckAuthCodeRequest> body, CurrentUser user, ResourceChecks checks, BusinessClock time, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(body.Value.Code))
        {
            return AuthCodeErrors.BadFields([AuthCodeErrors.Required("/code")]).ToAnswer();
        }

        var choice = new ResourceChoice { Kind = ResourceChoice.AuthCodeKind, AuthCode = body.Value.Code };
        var verdict = await checks.JudgeAsync(choice, user.AccountId, filingId: null, time.GetUtcNow(), cancellationToken);
        return verdict.Refusal is { } refusal
            ? refusal.ToAnswer()
            : Answer.Ok(new AuthCodeVerdictView(true, verdict.ResourceType!, verdict.Region!, verdict.PublicIps, verdict.ExpiresAt));
    }
}
