using System.Buffers.Binary;

namespace Beian.MiniApi.Domain.Materials;

/// <summary>What the front of a picture tells.</summary>
/// <param name="Width">Pixels, as stated; not yet judged.</param>
/// <param name="Height">Pixels, as stated; not yet judged.</param>
/// <param name="DataAt">Offset of what follows the headers: the first scan of a JPEG, the second chunk of a PNG.</param>
public sealed record PictureHeader(long Width, long Height, int DataAt);

/// <summary>Whether a header could be read.</summary>
public enum HeaderRead
{
    Found = 1,

    /// <summary>The bytes end before the header does.</summary>
    NeedsMore = 2,

    /// <summary>No such header can follow.</summary>
    Broken = 3,
}

/// <summary>Reads the headers of JPEG (ITU-T T.81, annex B) and PNG (W3C PNG, 11.2.2) files without decoding a pixel.</summary>
public static class PictureHeaders
{
    private const byte StartOfScan = 0xDA;

    /// <summary>Frame size and first scan of a JPEG that begins with its start marker.</summary>
    public static HeaderRead ReadJpeg(ReadOnlySpan<byte> bytes, out PictureHeader? header)
    {
        header = null;
        long width = -1, height = -1;
        var at = 2;
        while (at + 4 <= bytes.Length)
        {
            if (bytes[at] != 0xFF)
            {
                return HeaderRead.Broken;
            }

            var marker = bytes[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (marker is < 0xC0 or 0xD8 or 0xD9 or (>= 0xD0 and <= 0xD7) || length < 2)
            {
                return HeaderRead.Broken;
            }

            if (marker == StartOfScan)
            {
                header = new PictureHeader(width, height, at + 2 + length);
                return width < 0 ? HeaderRead.Broken : HeaderRead.Found;
            }

            if (IsFrame(marker))
            {
                if (at + 9 > bytes.Length)
                {
                    return HeaderRead.NeedsMore;
                }

                (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]));
            }

            at += 2 + length;
        }

        return HeaderRead.NeedsMore;
    }

    /// <summary>Size of a PNG that begins with its signature.</summary>
    public static HeaderRead ReadPng(ReadOnlySpan<byte> bytes, out PictureHeader? header)
    {
        header = null;
        if (bytes.Length < 33)
        {
            return HeaderRead.NeedsMore;
        }

        if (BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]) != 13 || !bytes[12..16].SequenceEqual("IHDR"u8))
        {
            return HeaderRead.Broken;
        }

        header = new PictureHeader(BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]), 33);
        return bytes[24] is 1 or 2 or 4 or 8 or 16 && bytes[25] is 0 or 2 or 3 or 4 or 6 ? HeaderRead.Found : HeaderRead.Broken;
    }

    /// <summary>SOF0 to SOF15 without DHT, JPG and DAC, which share the range.</summary>
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
