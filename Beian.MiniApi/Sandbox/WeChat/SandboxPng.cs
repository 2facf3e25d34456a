using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>Draws a picture that looks like a code and is none: only WeChat can read its own. The same text gives the same picture.</summary>
internal static class SandboxPng
{
    private const int Cells = 25;

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Draw(string text, int width)
    {
        using var png = new MemoryStream();
        png.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), width);

        // Eight bits of grey; the rest of the header is zero: the only compression, filter and order there are.
        header[8] = 8;
        Chunk(png, "IHDR", header);
        Chunk(png, "IDAT", Pixels(text, width));
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static byte[] Pixels(string text, int width)
    {
        var cells = Pattern(text);
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            // One more for the filter byte that begins each row.
            var row = new byte[width + 1];
            for (var y = 0; y < width; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    row[x + 1] = cells[(y * Cells / width * Cells) + (x * Cells / width)] ? (byte)0 : (byte)255;
                }

                zip.Write(row);
            }
        }

        return packed.ToArray();
    }

    private static bool[] Pattern(string text)
    {
        var bits = new byte[((Cells * Cells) / 8) + 1];
        for (var i = 0; i < bits.Length; i += SHA256.HashSizeInBytes)
        {
            var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{i} {text}"));
            digest.AsSpan(0, Math.Min(digest.Length, bits.Length - i)).CopyTo(bits.AsSpan(i));
        }

        return [.. Enumerable.Range(0, Cells * Cells).Select(n => (bits[n / 8] & (1 << (n % 8))) != 0)];
    }

    private static void Chunk(MemoryStream png, string type, byte[] data)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(typed);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(typed));
        png.Write(number);
    }

    /// <summary>CRC-32 of ISO 3309, as PNG wants it.</summary>
    private static uint Crc(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
