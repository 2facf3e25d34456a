namespace Beian.MiniApi.Platform.Uploads;

/// <summary>
/// What may stand behind a JPEG's end: padding, the further pictures that phones append (a depth map, a gain map, a preview), a short film of the moment, or
/// the block of notes that Samsung's phones leave. Everything else is another file in disguise.
/// </summary>
internal static class JpegTrailer
{
    private const int MaxPictures = 8;

    public static void Check(ByteFeed feed, bool hasMore)
    {
        for (var pictures = 0; ; pictures++)
        {
            SkipPadding(feed);
            if (feed.AtEnd)
            {
                return;
            }

            if (feed.Ahead is not [0xFF, 0xD8, ..] || !hasMore || pictures == MaxPictures)
            {
                Film(feed);
                return;
            }

            JpegCheck.Another(feed);
        }
    }

    private static void SkipPadding(ByteFeed feed)
    {
        while (!feed.AtEnd)
        {
            var at = feed.Ahead.IndexOfAnyExcept((byte)0);
            if (at == 0)
            {
                return;
            }

            feed.Advance(at < 0 ? feed.Ahead.Length : at);
        }
    }

    /// <summary>A film by its boxes, or Samsung's notes by their last four bytes.</summary>
    private static void Film(ByteFeed feed)
    {
        // The size of the first box begins with zeros, which went for padding; three of its four bytes did.
        Span<byte> head = stackalloc byte[5];
        if (feed.TryPeek(head) && head[1..].SequenceEqual("ftyp"u8))
        {
            feed.Skip(head[0] >= 8 ? head[0] - 3 : throw BrokenMediaException.Foreign());
            Boxes(feed);
            return;
        }

        Span<byte> tail = stackalloc byte[4];
        while (!feed.AtEnd)
        {
            var ahead = feed.Ahead;
            if (ForeignContent.IsIn(ahead))
            {
                throw BrokenMediaException.Foreign();
            }

            foreach (var last in ahead[^Math.Min(4, ahead.Length)..])
            {
                tail[1..].CopyTo(tail);
                tail[3] = last;
            }

            feed.Advance(ahead.Length);
        }

        if (!tail.SequenceEqual("SEFT"u8))
        {
            throw BrokenMediaException.Foreign();
        }
    }

    /// <summary>Every box inside the file, the last one at its end; a film of a moment has a handful.</summary>
    private static void Boxes(ByteFeed feed)
    {
        for (var boxes = 0; !feed.AtEnd; boxes++)
        {
            long size = feed.ReadUInt32();
            var type = feed.ReadUInt32();
            var left = size == 1 ? (long)(((ulong)feed.ReadUInt32() << 32) | feed.ReadUInt32()) - 16 : size - 8;
            if (boxes > 1000 || left < 0 || !IsName(type))
            {
                throw BrokenMediaException.Foreign();
            }

            feed.Skip(left);
        }
    }

    private static bool IsName(uint type) => ((ReadOnlySpan<byte>)[(byte)(type >> 24), (byte)(type >> 16), (byte)(type >> 8), (byte)type]).IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0;
}
