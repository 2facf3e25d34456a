namespace Beian.MiniApi.Platform.Uploads;

/// <summary>One colour plane of a JPEG.</summary>
internal readonly record struct JpegComponent(int Id, int Across, int Down);

/// <summary>What a frame header (ITU-T T.81, B.2.2) says. Only what phones and their programs write is read: eight bits, Huffman codes, no hierarchy.</summary>
internal sealed record JpegFrame(bool Progressive, int Width, int Height, IReadOnlyList<JpegComponent> Components)
{
    private const int MaxSampling = 4;

    private int MaxAcross => Components.Max(c => c.Across);

    private int MaxDown => Components.Max(c => c.Down);

    public static JpegFrame Read(byte marker, ReadOnlySpan<byte> body)
    {
        // Extended frames of twelve bits, lossless and arithmetic ones are read by few programs, and not by those who will have to.
        if (marker is not (0xC0 or 0xC1 or 0xC2) || body.Length < 6 || body[0] != 8)
        {
            throw BrokenMediaException.Unreadable();
        }

        int count = body[5];
        if (count is not (1 or 3 or 4) || body.Length != 6 + (3 * count))
        {
            throw BrokenMediaException.Unreadable();
        }

        var components = new JpegComponent[count];
        for (var i = 0; i < count; i++)
        {
            var at = body[(6 + (3 * i))..];
            components[i] = new JpegComponent(at[0], at[1] >> 4, at[1] & 15);
            if (components[i] is { Across: < 1 or > MaxSampling } or { Down: < 1 or > MaxSampling } || at[2] > 3)
            {
                throw BrokenMediaException.Unreadable();
            }
        }

        return components.DistinctBy(c => c.Id).Count() == count
            ? new JpegFrame(marker == 0xC2, (body[3] << 8) | body[4], (body[1] << 8) | body[2], components)
            : throw BrokenMediaException.Unreadable();
    }

    /// <summary>Groups of blocks in a scan of several components.</summary>
    public long Groups => Over(Width, 8 * MaxAcross) * Over(Height, 8 * MaxDown);

    /// <summary>Blocks in a scan of one component.</summary>
    public long Blocks(JpegComponent component) =>
        Over(Over((long)Width * component.Across, MaxAcross), 8) * Over(Over((long)Height * component.Down, MaxDown), 8);

    private static long Over(long size, long by) => (size + by - 1) / by;
}
