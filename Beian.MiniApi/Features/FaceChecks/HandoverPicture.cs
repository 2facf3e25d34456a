using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.WeChat;
using Beian.MiniApi.WeChat.Models;
using Microsoft.Extensions.Options;
using QRCoder;

namespace Beian.MiniApi.Features.FaceChecks;

/// <summary>Draws what the other person scans.</summary>
public sealed class HandoverPicture(IWeChatClient wechat, IOptions<FaceCheckOptions> options)
{
    private const int PixelsPerModule = 8;

    /// <summary>The Mini Program code, as a data URI; null when WeChat does not draw it.</summary>
    /// <param name="scene">What the Mini Program's page gets.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<string?> MiniProgramCodeAsync(string scene, CancellationToken cancellationToken)
    {
        // Not checked against the released edition: a page that is not there yet would leave nothing to scan.
        var request = new WeChatCodeRequest(scene, options.Value.HandoverPage) { CheckPath = false };
        return (await wechat.GetUnlimitedCodeAsync(request, cancellationToken)).TryGet(out var image, out _)
            ? $"data:{image.ContentType};base64,{Convert.ToBase64String(image.Bytes)}"
            : null;
    }

    /// <summary>A plain QR code of the scene, as a data URI, for the Mini Program's own scanner.</summary>
    public static string Qr(string scene)
    {
        using var data = QRCodeGenerator.GenerateQrCode(scene, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(data);
        return "data:image/png;base64," + Convert.ToBase64String(png.GetGraphic(PixelsPerModule));
    }
}
