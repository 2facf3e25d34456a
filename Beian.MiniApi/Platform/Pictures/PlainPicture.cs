using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Beian.MiniApi.Platform.Uploads;

namespace Beian.MiniApi.Platform.Pictures;

/// <summary>Pixels: three bytes for each, rows from the top.</summary>
internal sealed record PlainPicture(int Width, int Height, byte[] Rgb)
{
    private const int MaxSide = 8192;

    /// <summary>Reads what libvips writes as PPM (P6); null for anything else.</summary>
    public static PlainPicture? OfPpm(byte[] file)
    {
        Span<int> numbers = stackalloc int[3];
        if (!file.AsSpan().StartsWith("P6"u8))
        {
            return null;
        }

        var at = 2;
        for (var i = 0; i < numbers.Length; i++)
        {
            while (at < file.Length && (char.IsAsciiLetter((char)file[at]) || file[at] is (byte)'#' or (byte)' ' or (byte)'\n'))
            {
                at = file[at] == (byte)'#' ? Math.Max(at, Array.IndexOf(file, (byte)'\n', at)) + 1 : at + 1;
            }

            var digits = 0;
            for (; at < file.Length && file[at] is >= (byte)'0' and <= (byte)'9' && digits < 6; digits++, at++)
            {
                numbers[i] = (numbers[i] * 10) + file[at] - '0';
            }
        }

        var (width, height) = (numbers[0], numbers[1]);
        at++;
        return width is > 0 and <= MaxSide && height is > 0 and <= MaxSide && numbers[2] == 255 && file.Length - at == width * height * 3
            ? new PlainPicture(width, height, file[at..])
            : null;
    }

    /// <summary>A PNG of the pixels, as little compressed as it goes: it lives in a pipe.</summary>
    public byte[] ToPng()
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], Height);
        (header[8], header[9]) = (8, 2);
        Chunk(file, "IHDR", header);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            for (var row = 0; row < Height; row++)
            {
                zlib.WriteByte(0);
                zlib.Write(Rgb.AsSpan(row * Width * 3, Width * 3));
            }
        }

        Chunk(file, "IDAT", packed.GetBuffer().AsSpan(0, (int)packed.Length));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>A version with no side longer than that, each pixel the mean of as many as it stands for.</summary>
    public PlainPicture Shrunk(int side)
    {
        var by = (Math.Max(Width, Height) + side - 1) / side;
        if (by <= 1 || Width < by || Height < by)
        {
            return this;
        }

        var small = new PlainPicture(Width / by, Height / by, new byte[Width / by * (Height / by) * 3]);
        for (var at = 0; at < small.Rgb.Length; at++)
        {
            var (x, y, band) = (at / 3 % small.Width * by, at / 3 / small.Width * by, at % 3);
            var sum = 0;
            for (var i = 0; i < by * by; i++)
            {
                sum += Rgb[((((y + (i / by)) * Width) + x + (i % by)) * 3) + band];
            }

            small.Rgb[at] = (byte)(sum / (by * by));
        }

        return small;
    }

    /// <summary>Brightness of a pixel, 0 to 255 (Rec. 601).</summary>
    public int Luma(int x, int y)
    {
        var pixel = Rgb.AsSpan(((y * Width) + x) * 3, 3);
        return ((pixel[0] * 299) + (pixel[1] * 587) + (pixel[2] * 114)) / 1000;
    }

    private static void Chunk(MemoryStream file, string name, ReadOnlySpan<byte> body)
    {
        Span<byte> number = stackalloc byte[4];
        Span<byte> type = stackalloc byte[4];
        Encoding.ASCII.GetBytes(name, type);
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        file.Write(number);
        file.Write(type);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.End(Crc32.Add(Crc32.Add(Crc32.Start, type), body)));
        file.Write(number);
    }
}
