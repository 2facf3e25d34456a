using System.Buffers.Binary;
using System.IO.Compression;

namespace Beian.MiniApi.Tests.Fixtures;

#pragma warning disable CA5394 // The same noise at every run.
/// <summary>An encoder for every kind of PNG there is: colour types, depths, interlace, filters, chunk sizes. The pictures show noise.</summary>
public sealed class PngMaker
{
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>Colour types with the depths each may have (W3C PNG, table 11.1).</summary>
    public static readonly (int Colour, int Depth)[] Kinds =
        [(0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16), (3, 1), (3, 2), (3, 4), (3, 8), (4, 8), (4, 16), (6, 8), (6, 16)];

    public int Width { get; init; } = 40;

    public int Height { get; init; } = 30;

    public int Colour { get; init; } = 2;

    public int Depth { get; init; } = 8;

    public bool Interlaced { get; init; }

    /// <summary>0 to 4; -1 for another one in every row.</summary>
    public int Filter { get; init; } = -1;

    public int ChunkBytes { get; init; } = int.MaxValue;

    public int Seed { get; init; } = 1;

    /// <summary>Chunks in front of the pixels.</summary>
    public IReadOnlyList<byte[]> Before { get; init; } = [];

    /// <summary>Changes the unpacked rows before they are compressed.</summary>
    public Func<byte[], byte[]> Rows { get; init; } = rows => rows;

    /// <summary>Changes the compressed rows before they are cut into chunks.</summary>
    public Func<byte[], byte[]> Packed { get; init; } = packed => packed;

    public static byte[] Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private int BitsPerPixel => Depth * Colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    public byte[] Header()
    {
        var body = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(body, Width);
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(4), Height);
        (body[8], body[9], body[12]) = ((byte)Depth, (byte)Colour, Interlaced ? (byte)1 : (byte)0);
        return Samples.Chunk("IHDR"u8, body);
    }

    public byte[] Make()
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        file.Write(Header());
        foreach (var chunk in Before)
        {
            file.Write(chunk);
        }

        if (Colour == 3)
        {
            file.Write(Samples.Chunk("PLTE"u8, [.. Enumerable.Range(0, 3 << Depth).Select(i => (byte)(i * 7))]));
        }

        var packed = Packed(Pack(Rows(Unpacked())));
        for (var at = 0; at == 0 || at < packed.Length; at += ChunkBytes)
        {
            file.Write(Samples.Chunk("IDAT"u8, packed.AsSpan(at, Math.Min(ChunkBytes, packed.Length - at))));
            if (ChunkBytes == int.MaxValue)
            {
                break;
            }
        }

        file.Write(Samples.Chunk("IEND"u8, []));
        return file.ToArray();
    }

    public static byte[] Pack(byte[] rows)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        return packed.ToArray();
    }

    private byte[] Unpacked()
    {
        using var rows = new MemoryStream();
        var noise = new Random(Seed);
        foreach (var (x, y, stepX, stepY) in Interlaced ? Passes : [(0, 0, 1, 1)])
        {
            var (width, height) = ((Width - x + stepX - 1) / stepX, (Height - y + stepY - 1) / stepY);
            var row = new byte[((width * BitsPerPixel) + 7) / 8];
            for (var i = 0; width > 0 && i < height; i++)
            {
                noise.NextBytes(row);
                rows.WriteByte((byte)(Filter < 0 ? i % 5 : Filter));
                rows.Write(row);
            }
        }

        return rows.ToArray();
    }
}
