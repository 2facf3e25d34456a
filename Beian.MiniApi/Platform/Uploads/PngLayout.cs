using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Beian.MiniApi.Domain.Materials;

namespace Beian.MiniApi.Platform.Uploads;

/// <summary>How the pixels of a PNG lie in its rows.</summary>
internal sealed class PngLayout
{
    private const int HighestFilter = 4;

    /// <summary>First column and row of each pass of an interlaced picture, and the steps between them (W3C PNG, 8.1).</summary>
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private readonly int _bitsPerPixel;
    private readonly int _colours;
    private readonly bool _interlaced;

    private PngLayout(MediaFacts facts, int bits, int colours, bool interlaced) => (Facts, _bitsPerPixel, _colours, _interlaced) = (facts, bits, colours, interlaced);

    public MediaFacts Facts { get; }

    /// <param name="body">The thirteen bytes of the header.</param>
    public static PngLayout Read(ReadOnlySpan<byte> body)
    {
        int depth = body[8], colour = body[9];
        var samples = (colour, depth) switch
        {
            (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) => 1,
            (2, 8 or 16) => 3,
            (4, 8 or 16) => 2,
            (6, 8 or 16) => 4,
            _ => throw BrokenMediaException.Unreadable(),
        };
        if (body[10] != 0 || body[11] != 0 || body[12] > 1)
        {
            throw BrokenMediaException.Unreadable();
        }

        var facts = MediaFacts.Picture(MediaType.Png, BinaryPrimitives.ReadUInt32BigEndian(body), BinaryPrimitives.ReadUInt32BigEndian(body[4..]));
        return facts.TryGet(out var good, out var refusal)
            ? new PngLayout(good, samples * depth, colour == 3 ? 1 << depth : 0, body[12] == 1)
            : throw new BrokenMediaException(refusal);
    }

    /// <summary>Whether a palette of that many colours is what such a picture needs; -1 for none.</summary>
    public bool Fits(int palette) => _colours == 0 || (palette > 0 && palette <= _colours);

    /// <summary>Unpacks every row and looks at its filter; there must be exactly as many bytes as the sides say.</summary>
    public void ReadRows(Stream data)
    {
        using var rows = new ZLibStream(data, CompressionMode.Decompress, leaveOpen: true);
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
        try
        {
            if (!_interlaced)
            {
                Rows(rows, buffer, Facts.Width!.Value, Facts.Height!.Value);
            }

            foreach (var (x, y, stepX, stepY) in _interlaced ? Passes : [])
            {
                Rows(rows, buffer, (Facts.Width!.Value - x + stepX - 1) / stepX, (Facts.Height!.Value - y + stepY - 1) / stepY);
            }

            if (rows.Read(buffer, 0, 1) != 0)
            {
                throw BrokenMediaException.Unreadable();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private void Rows(ZLibStream rows, byte[] buffer, int width, int height)
    {
        if (width == 0)
        {
            return;
        }

        var rowBytes = 1 + (((long)width * _bitsPerPixel) + 7) / 8;
        var left = rowBytes * height;
        long toRow = 0;
        while (left > 0)
        {
            var read = rows.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (read == 0)
            {
                throw BrokenMediaException.Unreadable();
            }

            for (; toRow < read; toRow += rowBytes)
            {
                if (buffer[toRow] > HighestFilter)
                {
                    throw BrokenMediaException.Unreadable();
                }
            }

            toRow -= read;
            left -= read;
        }
    }
}
