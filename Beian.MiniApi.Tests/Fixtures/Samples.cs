using System.Buffers.Binary;
using System.IO.Compression;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>Valid pictures and films, built byte by byte: small, made up, and showing nothing.</summary>
public static class Samples
{
    /// <summary>First pixel and steps of the passes of an interlaced PNG.</summary>
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>A grey baseline JPEG that decoders open.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="sizeBytes">Exact size to fill up to with comments; 0 for as small as it gets.</param>
    public static byte[] TinyJpeg(int width = 16, int height = 16, int sizeBytes = 0)
    {
        var blocks = (long)((width + 7) / 8) * ((height + 7) / 8);
        using var tail = new MemoryStream();
        tail.Write([0xFF, 0xDB, 0x00, 0x43, 0x00, .. Enumerable.Repeat((byte)1, 64)]);
        tail.Write([0xFF, 0xC0, 0x00, 0x0B, 0x08, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 0x01, 0x01, 0x11, 0x00]);
        tail.Write([0xFF, 0xC4, 0x00, 0x14, 0x00, 1, .. new byte[15], 0x00]);
        tail.Write([0xFF, 0xC4, 0x00, 0x14, 0x10, 1, .. new byte[15], 0x00]);
        tail.Write([0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3F, 0x00]);
        var bits = blocks * 2;
        var scan = new byte[(bits + 7) / 8];
        if (bits % 8 != 0)
        {
            scan[^1] = (byte)(0xFF >> (int)(bits % 8));
        }

        tail.Write(scan);
        tail.Write([0xFF, 0xD9]);
        byte[] front = [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0];
        return [.. front, .. Comments(sizeBytes - front.Length - (int)tail.Length), .. tail.ToArray()];
    }

    /// <summary>A white one-bit PNG that decoders open.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="sizeBytes">Exact size to fill up to with a text chunk; 0 for as small as it gets.</param>
    /// <param name="interlaced">Whether its lines come in seven passes, which a decoder has to put together in memory.</param>
    public static byte[] TinyPng(int width = 16, int height = 16, int sizeBytes = 0, bool interlaced = false)
    {
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var (x, y, stepX, stepY) in interlaced ? Adam7 : [(0, 0, 1, 1)])
            {
                var row = new byte[1 + (((width - x + stepX - 1) / stepX + 7) / 8)];
                row.AsSpan(1).Fill(0xFF);
                for (var line = y; line < height; line += stepY)
                {
                    zlib.Write(row);
                }
            }
        }

        var size = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(size, width);
        BinaryPrimitives.WriteInt32BigEndian(size.AsSpan(4), height);
        size[8] = 1;
        size[12] = interlaced ? (byte)1 : (byte)0;
        byte[] start = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR"u8, size)];
        byte[] end = [.. Chunk("IDAT"u8, pixels.ToArray()), .. Chunk("IEND"u8, [])];
        var missing = sizeBytes - start.Length - end.Length;
        return missing < 12 + 3 ? [.. start, .. end] : [.. start, .. Chunk("tEXt"u8, [(byte)'a', 0, .. Enumerable.Repeat((byte)'x', missing - 12 - 2)]), .. end];
    }

    /// <summary>An MP4 with one video track that states a length; it holds no frames.</summary>
    /// <param name="seconds">Stated length.</param>
    /// <param name="sizeBytes">Exact size to fill up to with media data; 0 for as small as it gets.</param>
    /// <param name="movieLast">Whether the movie box comes after the data, as phones write it.</param>
    /// <param name="handler">The track's handler: <c>vide</c>, <c>soun</c>.</param>
    /// <param name="brand">Major brand, four characters.</param>
    public static byte[] TinyMp4(double seconds = 5, int sizeBytes = 0, bool movieLast = true, string handler = "vide", string brand = "isom")
    {
        byte[] type = Box("ftyp", [.. Ascii(brand), 0, 0, 2, 0, .. Ascii(brand)]);
        byte[] media = Box("mdia", [.. Box("mdhd", Duration(seconds)), .. Box("hdlr", [.. new byte[8], .. Ascii(handler), .. new byte[13]])]);
        byte[] movie = Box("moov", [.. Box("mvhd", [.. Duration(seconds), .. new byte[76]]), .. Box("trak", media)]);
        var data = Box("mdat", new byte[Math.Max(16, sizeBytes - type.Length - movie.Length - 8)]);
        return movieLast ? [.. type, .. data, .. movie] : [.. type, .. movie, .. data];
    }

    /// <summary>An MP4 box.</summary>
    public static byte[] Box(string type, byte[] body)
    {
        byte[] box = [0, 0, 0, 0, .. Ascii(type), .. body];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        return box;
    }

    /// <summary>A PNG chunk with its check sum.</summary>
    public static byte[] Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> body)
    {
        byte[] chunk = [0, 0, 0, 0, .. type, .. body, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(chunk.AsSpan(4, chunk.Length - 8)));
        return chunk;
    }

    private static byte[] Duration(double seconds)
    {
        var bytes = new byte[24];
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(12), 1000);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(16), (uint)(seconds * 1000));
        return bytes;
    }

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);

    private static byte[] Comments(int bytes)
    {
        using var comments = new MemoryStream();
        while (bytes >= 4)
        {
            var body = Math.Min(bytes - 4, 65_533);
            body -= bytes - 4 - body is > 0 and < 4 ? 4 : 0;
            comments.Write([0xFF, 0xFE, (byte)((body + 2) >> 8), (byte)(body + 2), .. new byte[body]]);
            bytes -= body + 4;
        }

        return comments.ToArray();
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
            }
        }

        return crc ^ 0xFFFFFFFFu;
    }
}
