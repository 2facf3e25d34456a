using QRCoder;

namespace Beian.MiniApi.Platform;

/// <summary>QR codes of our own, for where WeChat draws none.</summary>
public static class QrPicture
{
    /// <summary>Pixels of one module.</summary>
    private const int Module = 8;

    /// <summary>A QR code of that text as <c>data:image/png;base64,…</c>, readable with a seventh of it hidden (level M).</summary>
    /// <param name="text">What a scanner reads: an address or a short text, at most some 2,300 bytes.</param>
    public static string Of(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: false);
        using var png = new PngByteQRCode(data);
        return "data:image/png;base64," + Convert.ToBase64String(png.GetGraphic(Module));
    }
}
