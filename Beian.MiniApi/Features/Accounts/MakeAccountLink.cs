using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform;
using Beian.MiniApi.WeChat;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.Accounts;

/// <summary>A code that lets one user join an account, and the picture to scan.</summary>
/// <param name="Code">Goes into <c>POST /me/account</c>; a secret.</param>
/// <param name="Scene">What the Mini Program's page gets as <c>scene</c> when the picture is scanned: <c>join=</c> and the code.</param>
/// <param name="ExpiresAt">Real time until which the code works.</param>
/// <param name="Picture">The Mini Program code as a data URI; null when WeChat did not draw one in time.</param>
/// <param name="Qr">Then, a QR code of <paramref name="Scene"/> as a data URI, for the Mini Program's own scanner; null with a picture.</param>
public sealed record AccountLinkView(string Code, string Scene, DateTimeOffset ExpiresAt, string? Picture, string? Qr)
{
    /// <summary>Without the code: records end up in logs.</summary>
    public override string ToString() => nameof(AccountLinkView);
}

internal static class MakeAccountLink
{
    public static async Task<Answer> HandleAsync(
        string accountId, AccountLinks links, MiniProgramCodes codes, IOptions<WeChatCodeOptions> options, HttpContext http, CancellationToken cancellationToken)
    {
        if (await links.IssueAsync(accountId, cancellationToken) is not { } link)
        {
            return AccountErrors.NotFound().ToAnswer();
        }

        var scene = AccountLinks.SceneOf(link.Code);
        var picture = await codes.TryDrawAsync(scene, options.Value.JoinPage, cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        return Answer.Created(
            $"/api/v1/admin/accounts/{accountId}", new AccountLinkView(link.Code, scene, link.ExpiresAt, picture, picture is null ? QrPicture.Of(scene) : null));
    }
}
