using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.AuthCodes;

/// <summary>An unused code as it shall be.</summary>
public sealed record ChangeAuthCodeRequest
{
    /// <summary>An own resource; absent leaves the present one, for no code is without.</summary>
    public string? ResourceId { get; init; }

    /// <summary>Who may redeem it; absent leaves the present one, for no code is without.</summary>
    public string? TargetAccountId { get; init; }

    /// <summary>At most 100 characters; absent means no note.</summary>
    public string? Note { get; init; }
}

internal static class ChangeAuthCode
{
    public static async Task<Answer> HandleAsync(
        string codeId, Body<ChangeAuthCodeRequest> body, CurrentUser user, IAuthCodeStore codes, IHoldReader holds, AuthCodeTermsReader terms,
        AuthCodeViewer viewer, BusinessClock time, CancellationToken cancellationToken)
    {
        if (await codes.FindAsync(codeId, user.AccountId, cancellationToken) is not { } code)
        {
            return AuthCodeErrors.NotFound().ToAnswer();
        }

        if ((await holds.FindAsync([code.HoldKey], cancellationToken)).Count > 0)
        {
            return AuthCodeErrors.InUse().ToAnswer();
        }

        var asked = body.Value;
        var read = await terms.ReadAsync(
            user.AccountId, asked.ResourceId ?? code.ResourceId, asked.TargetAccountId ?? code.TargetAccountId, asked.Note, [], time.GetUtcNow(), cancellationToken);
        if (!read.TryGet(out var agreed, out var refusal))
        {
            return refusal.ToAnswer();
        }

        var changed = code with { ResourceId = agreed.Resource.Id, TargetAccountId = agreed.TargetAccountId, Note = agreed.Note };
        return await codes.ReplaceAsync(changed, agreed.Profile, cancellationToken) switch
        {
            AuthCodeChange.Done => Answer.Ok((await viewer.ShowAsync([changed], user.AccountId, cancellationToken))[0]),
            AuthCodeChange.InUse => AuthCodeErrors.InUse().ToAnswer(),
            AuthCodeChange.QuotaExceeded => AuthCodeErrors.QuotaExceeded(agreed.Profile.Codes, 0).ToAnswer(),
            _ => AuthCodeErrors.NotFound().ToAnswer(),
        };
    }
}
