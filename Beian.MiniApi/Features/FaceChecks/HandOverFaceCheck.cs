using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.WeChat;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.FaceChecks;

/// <summary>A face check to be done on another person's phone.</summary>
/// <param name="Code">To be typed or scanned there, once; a secret.</param>
/// <param name="ExpiresAt">Business time until which it can be redeemed.</param>
/// <param name="Scene">What a scanned picture hands to the Mini Program's page: <c>f=</c> and the code.</param>
/// <param name="Picture">Mini Program code as a data URI; null when WeChat did not draw it in time.</param>
/// <param name="Qr">Then a plain QR code of the scene as a data URI, for the Mini Program's own scanner; null otherwise.</param>
public sealed record FaceHandoverView(string Code, DateTimeOffset ExpiresAt, string Scene, string? Picture, string? Qr)
{
    public override string ToString() => nameof(FaceHandoverView);
}

internal static class HandOverFaceCheck
{
    public static async Task<Answer> HandleAsync(
        string filingId, string siteId, CurrentUser user, FilingDesk desk, FaceCheckStarts starts, Handovers handovers, MiniProgramCodes codes, IOptions<FaceCheckOptions> options, HttpContext http,
        CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is not { } seen)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        // A code that could start nothing is refused now, where somebody can still do something about it.
        if (starts.Refuse(seen, siteId) is { } refusal)
        {
            return refusal.ToAnswer();
        }

        var (code, expiresAt) = await handovers.MakeAsync(seen, seen.Filing.FindSite(siteId)!, cancellationToken);
        var scene = "f=" + code;
        var picture = await codes.TryDrawAsync(scene, options.Value.HandoverPage, cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        return Answer.Created(
            $"/api/v1/filings/{filingId}/sites/{siteId}/face-check",
            new FaceHandoverView(code, expiresAt, scene, picture, picture is null ? QrPicture.Of(scene) : null));
    }
}
