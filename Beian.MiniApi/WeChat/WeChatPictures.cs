namespace Beian.MiniApi.WeChat;

/// <summary>Tells pictures by their first bytes; what a header says is not believed.</summary>
internal static class WeChatPictures
{
    private static readonly (byte[] Start, string Type)[] Known =
    [
        ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        ([(byte)'B', (byte)'M'], "image/bmp"),
        ([(byte)'G', (byte)'I', (byte)'F', (byte)'8'], "image/gif"),
    ];

    /// <summary>The media type, or null for what is no picture.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> bytes)
    {
        foreach (var (start, type) in Known)
        {
            if (bytes.StartsWith(start))
            {
                return type;
            }
        }

        return null;
    }
}
