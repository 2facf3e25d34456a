using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Beian.MiniApi.Platform.Uploads;

/// <summary>Compressed texts of a PNG (<c>zTXt</c>, and <c>iTXt</c> that says so): taken out of their compression and looked through, since others do so too.</summary>
internal static class PngText
{
    private const int MaxBytes = 4 * 1024 * 1024;
    private const int PieceBytes = 8 * 1024;

    /// <summary>True for a kind of chunk whose text may be compressed.</summary>
    public static bool MayBe(ReadOnlySpan<byte> name) => name.SequenceEqual("zTXt"u8) || name.SequenceEqual("iTXt"u8);

    /// <param name="isInternational">True for <c>iTXt</c>.</param>
    /// <param name="chunk">Its whole body.</param>
    public static void Check(bool isInternational, ReadOnlyMemory<byte> chunk)
    {
        var start = isInternational ? International(chunk.Span) : After(chunk.Span, 0) + 1;
        if (start is null)
        {
            return;
        }

        if (start > chunk.Length || !MemoryMarshal.TryGetArray(chunk[start.Value..], out var packed))
        {
            throw BrokenMediaException.Unreadable();
        }

        using var stream = new MemoryStream(packed.Array!, packed.Offset, packed.Count, writable: false);
        using var text = new ZLibStream(stream, CompressionMode.Decompress);
        var piece = new byte[PieceBytes];
        var (size, again, read) = (0L, 0, 0);
        while ((read = text.Read(piece.AsSpan(again))) > 0)
        {
            var seen = piece.AsSpan(0, again + read);
            if ((size += read) > MaxBytes)
            {
                throw BrokenMediaException.Unreadable();
            }

            if (ForeignContent.IsIn(seen))
            {
                throw BrokenMediaException.Foreign();
            }

            // Nothing hides where two pieces meet.
            again = Math.Min(seen.Length, ForeignContent.MostBytes - 1);
            seen[^again..].CopyTo(piece);
        }
    }

    /// <summary>Where the text begins: keyword, flag, method, language, translated keyword. Null when it is not compressed.</summary>
    private static int? International(ReadOnlySpan<byte> chunk)
    {
        var flag = After(chunk, 0);
        if (flag + 2 > chunk.Length)
        {
            throw BrokenMediaException.Unreadable();
        }

        return chunk[flag] == 0 ? null : After(chunk, After(chunk, flag + 2));
    }

    /// <summary>The place behind the next zero.</summary>
    private static int After(ReadOnlySpan<byte> chunk, int from)
    {
        var at = chunk[from..].IndexOf((byte)0);
        return at < 0 ? throw BrokenMediaException.Unreadable() : from + at + 1;
    }
}
