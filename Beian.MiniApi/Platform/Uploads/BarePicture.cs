using System.Buffers.Binary;
using Beian.MiniApi.Domain.Materials;

namespace Beian.MiniApi.Platform.Uploads;

/// <summary>The same picture without camera data, comments and whatever stands behind it; its pixels are the same bytes as before.</summary>
public static class BarePicture
{
    /// <summary>Null when it was not held upright, so that pixels would have to be moved.</summary>
    /// <param name="picture">Seekable, a picture that was taken in; stays open and belongs to the caller.</param>
    /// <param name="media">JPEG or PNG.</param>
    public static Stream? Of(Stream picture, MediaType media)
    {
        using var feed = new ByteFeed(picture);
        try
        {
            return media == MediaType.Png ? new PartsStream(picture, Chunks(feed)) : JpegCheck.Outline(feed) is { Orientation: 1 } outline ? new PartsStream(picture, Kept(outline)) : null;
        }
        catch (Exception e) when (e is BrokenMediaException or EndOfStreamException)
        {
            // Taken in by an older version that looked less closely; nothing is promised of it.
            return null;
        }
    }

    private static List<(long From, long To)> Kept(JpegOutline outline)
    {
        var kept = new List<(long, long)>();
        long at = 0;
        foreach (var (from, to) in outline.Dropped)
        {
            kept.Add((at, from));
            at = to;
        }

        kept.Add((at, outline.End));
        return kept;
    }

    /// <summary>The chunks that make pixels and colours.</summary>
    private static List<(long From, long To)> Chunks(ByteFeed feed)
    {
        var kept = new List<(long, long)> { (0, 8) };
        feed.Skip(8);
        Span<byte> head = stackalloc byte[8];
        do
        {
            var from = feed.Position;
            feed.Read(head);
            feed.Skip(BinaryPrimitives.ReadUInt32BigEndian(head) + 4L);
            if (IsNeeded(head[4..]))
            {
                kept.Add((from, feed.Position));
            }
        }
        while (!head[4..].SequenceEqual("IEND"u8));
        return kept;
    }

    private static bool IsNeeded(ReadOnlySpan<byte> name) =>
        name[0] is >= (byte)'A' and <= (byte)'Z' || name.SequenceEqual("tRNS"u8) || name.SequenceEqual("gAMA"u8) || name.SequenceEqual("cHRM"u8) || name.SequenceEqual("sRGB"u8) || name.SequenceEqual("iCCP"u8);
}
