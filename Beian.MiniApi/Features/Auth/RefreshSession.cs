using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Auth;

/// <param name="RefreshToken">The one from the last login or refresh.</param>
public sealed record RefreshRequest(string RefreshToken)
{
    /// <summary>Without the token: records end up in logs.</summary>
    public override string ToString() => nameof(RefreshRequest);
}

internal static class RefreshSession
{
    public static async Task<Answer> HandleAsync(Body<RefreshRequest> body, SessionTokens tokens, CancellationToken cancellationToken)
    {
        var refreshed = await tokens.RefreshAsync(body.Value.RefreshToken, cancellationToken);
        return refreshed.TryGet(out var view, out var refusal) ? Answer.Ok(view) : refusal.ToAnswer();
    }
}
