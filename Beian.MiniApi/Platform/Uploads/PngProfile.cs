using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Beian.MiniApi.Platform.Uploads;

/// <summary>The colour profile of a PNG: a name, and a profile that is compressed and may claim to be anything when it is not.</summary>
internal static class PngProfile
{
    private const int MaxNameBytes = 79;
    private const int MaxBytes = 4 * 1024 * 1024;
    private const int HeadBytes = 128;

    public static void Check(ReadOnlyMemory<byte> chunk)
    {
        var name = chunk.Span.IndexOf((byte)0);
        if (name is < 1 or > MaxNameBytes || chunk.Length < name + 2 || chunk.Span[name + 1] != 0 || !MemoryMarshal.TryGetArray(chunk[(name + 2)..], out var packed))
        {
            throw BrokenMediaException.Unreadable();
        }

        using var stream = new MemoryStream(packed.Array!, packed.Offset, packed.Count, writable: false);
        using var profile = new ZLibStream(stream, CompressionMode.Decompress);
        var piece = new byte[8192];
        var head = profile.ReadAtLeast(piece, HeadBytes, throwOnEndOfStream: false);
        JpegMetadata.ProfileHead(piece.AsSpan(0, head), onlyPart: false);
        int read;
        for (long size = head; (read = profile.Read(piece)) > 0;)
        {
            size += read;
            if (size > MaxBytes)
            {
                throw BrokenMediaException.Unreadable();
            }
        }
    }
}
