using System.Buffers.Binary;

namespace Beian.MiniApi.Domain.Materials;

/// <summary>The types of file that are taken.</summary>
public enum MediaType
{
    Jpeg = 1,
    Png = 2,
    Mp4 = 3,
}

/// <summary>Tells the type of a file by its first bytes. Only a file that begins exactly as its type demands is taken, so nothing can hide in front.</summary>
public static class MediaTypes
{
    /// <summary>How many first bytes are enough to tell.</summary>
    public const int EnoughBytes = 64;

    private static ReadOnlySpan<byte> PngStart => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static string ContentTypeOf(MediaType media) => media switch
    {
        MediaType.Jpeg => "image/jpeg",
        MediaType.Png => "image/png",
        MediaType.Mp4 => "video/mp4",
        _ => throw new ArgumentOutOfRangeException(nameof(media), media, "Not a type that is taken."),
    };

    /// <summary>Null for everything that is not taken.</summary>
    public static MediaType? Of(ReadOnlySpan<byte> head)
    {
        if (head.Length >= 4 && head[0] == 0xFF && head[1] == 0xD8 && head[2] == 0xFF && head[3] is >= 0xC0 and not 0xFF)
        {
            return MediaType.Jpeg;
        }

        if (head.StartsWith(PngStart))
        {
            return MediaType.Png;
        }

        return IsMp4(head) ? MediaType.Mp4 : null;
    }

    /// <summary>An ftyp box with a brand of the MP4 family. HEIC pictures, AVIF, QuickTime and pure audio share the box but not the brands.</summary>
    private static bool IsMp4(ReadOnlySpan<byte> head)
    {
        if (head.Length < 16 || !head[4..8].SequenceEqual("ftyp"u8))
        {
            return false;
        }

        var size = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (size is < 16 or > 4096 || IsOther(head[8..12]))
        {
            return false;
        }

        var brands = head[..(int)Math.Min(size, (uint)head.Length)];
        if (IsVideoBrand(brands[8..12]))
        {
            return true;
        }

        for (var at = 16; at + 4 <= brands.Length; at += 4)
        {
            if (IsVideoBrand(brands[at..(at + 4)]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsVideoBrand(ReadOnlySpan<byte> brand) =>
        brand.StartsWith("iso"u8) || brand.StartsWith("mp4"u8) || brand.SequenceEqual("avc1"u8) || brand.SequenceEqual("M4V "u8);

    private static bool IsOther(ReadOnlySpan<byte> brand) =>
        brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.StartsWith("mif"u8) || brand.StartsWith("msf"u8) || brand.StartsWith("avi"u8)
        || brand.StartsWith("qt"u8) || brand.StartsWith("M4A"u8) || brand.StartsWith("M4B"u8) || brand.StartsWith("jp"u8);
}
