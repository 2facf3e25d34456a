namespace Beian.MiniApi.Tests.Fixtures;

#pragma warning disable CA5394 // The same noise at every run.
/// <summary>An encoder for many kinds of JPEG: grey, colour and four inks, subsampled or not, in one scan or several, progressive, with restarts. The pictures show noise.</summary>
public sealed class JpegMaker
{
    public int Width { get; init; } = 48;

    public int Height { get; init; } = 40;

    /// <summary>Sampling across and down of each component; one entry is grey.</summary>
    public IReadOnlyList<(int Across, int Down)> Sampling { get; init; } = [(2, 2), (1, 1), (1, 1)];

    public bool Progressive { get; init; }

    /// <summary>One scan for each component instead of one for all.</summary>
    public bool Separate { get; init; }

    /// <summary>Groups between restart markers; 0 for none.</summary>
    public int Restart { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>Segments behind the start marker.</summary>
    public IReadOnlyList<byte[]> Before { get; init; } = [];

    public byte FrameMarker { get; init; }

    /// <summary>How many scans correct the coefficients again, progressive pictures only; more than two correct what has no bits left.</summary>
    public int Corrections { get; init; } = 1;

    private int MaxAcross => Sampling.Max(s => s.Across);

    private int MaxDown => Sampling.Max(s => s.Down);

    public static byte[] Segment(byte marker, ReadOnlySpan<byte> body) => [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    public byte[] Make()
    {
        using var file = new MemoryStream();
        file.Write([0xFF, 0xD8]);
        foreach (var segment in Before)
        {
            file.Write(segment);
        }

        file.Write(Segment(0xDB, [0, .. Enumerable.Repeat((byte)8, 64)]));
        file.Write(Segment(FrameMarker != 0 ? FrameMarker : Progressive ? (byte)0xC2 : (byte)0xC0, [8, (byte)(Height >> 8), (byte)Height, (byte)(Width >> 8), (byte)Width, (byte)Sampling.Count, .. Sampling.SelectMany((s, i) => new[] { (byte)(i + 1), (byte)((s.Across << 4) | s.Down), (byte)0 })]));
        if (Restart > 0)
        {
            file.Write(Segment(0xDD, [(byte)(Restart >> 8), (byte)Restart]));
        }

        // Eight sizes of DC in three bits less one code; sixteen codes of AC in five bits, among them runs, a long run and the end of a block.
        file.Write(Segment(0xC4, [0x00, 0, 0, 7, .. new byte[13], 0, 1, 2, 3, 4, 5, 6]));
        file.Write(Segment(0xC4, [0x10, 0, 0, 0, 0, (byte)Codes.Length, .. new byte[11], .. Codes]));
        Scans(file);
        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }

    /// <summary>Run and size; 0x10 is a run of empty blocks in progressive pictures and is not used in others.</summary>
    private static byte[] Codes => [0x00, 0x01, 0x02, 0x03, 0x11, 0x12, 0x21, 0x31, 0x41, 0xF0, 0x10, 0x20];

    private void Scans(MemoryStream file)
    {
        var noise = new Random(Seed);
        int[] all = [.. Enumerable.Range(0, Sampling.Count)];
        if (!Progressive)
        {
            foreach (var scan in Separate ? all.Select(i => new[] { i }) : [all])
            {
                Scan(file, scan, 0, 63, 0, 0, noise);
            }

            return;
        }

        Scan(file, all, 0, 0, 0, 1, noise);
        foreach (var component in all)
        {
            Scan(file, [component], 1, 5, 0, 2, noise);
            Scan(file, [component], 6, 63, 0, 2, noise, empty: true);
        }

        Scan(file, all, 0, 0, 1, 0, noise);
        for (var i = 0; i < Corrections; i++)
        {
            Scan(file, [0], 6, 63, i == 0 ? 2 : 1, i == 0 ? 1 : 0, noise, empty: true);
        }
    }

    private void Scan(MemoryStream file, int[] components, int first, int last, int before, int now, Random noise, bool empty = false)
    {
        file.Write(Segment(0xDA, [(byte)components.Length, .. components.SelectMany(c => new byte[] { (byte)(c + 1), 0 }), (byte)first, (byte)last, (byte)((before << 4) | now)]));
        var bits = new BitWriter(file);
        var groups = components.Length == 1 ? Blocks(components[0]) : Over(Width, 8 * MaxAcross) * Over(Height, 8 * MaxDown);
        for (var group = 0; group < groups; group++)
        {
            if (Restart > 0 && group > 0 && group % Restart == 0)
            {
                bits.Flush();
                file.Write([0xFF, (byte)(0xD0 + (((group / Restart) - 1) & 7))]);
            }

            foreach (var component in components)
            {
                for (var block = components.Length == 1 ? 1 : Sampling[component].Across * Sampling[component].Down; block > 0; block--)
                {
                    Block(bits, first, last, before, noise, empty);
                }
            }
        }

        bits.Flush();
    }

    /// <param name="empty">Nothing but ends of blocks: there is then nothing that a later scan could correct, which takes no bits.</param>
    private static void Block(BitWriter bits, int first, int last, int before, Random noise, bool empty)
    {
        if (before > 0 || empty)
        {
            bits.Write(first == 0 ? noise.Next(2) : 0, first == 0 ? 1 : 5);
            return;
        }

        if (first == 0)
        {
            var size = noise.Next(3);
            bits.Write(size, 3);
            bits.Write(noise.Next(1 << size), size);
        }

        for (var k = Math.Max(first, 1); k <= last; k++)
        {
            var code = noise.Next(10);
            var (run, size) = (Codes[code] >> 4, Codes[code] & 15);
            if (code == 0 || k + run > last)
            {
                bits.Write(0, 5);
                return;
            }

            bits.Write(code, 5);
            bits.Write(noise.Next(1 << size), size);
            k += run;
        }
    }

    private int Blocks(int component) =>
        Over(Over(Width * Sampling[component].Across, MaxAcross), 8) * Over(Over(Height * Sampling[component].Down, MaxDown), 8);

    private static int Over(int size, int by) => (size + by - 1) / by;

    private sealed class BitWriter(MemoryStream file)
    {
        private int _held;
        private int _count;

        public void Write(int value, int bits)
        {
            for (var bit = bits - 1; bit >= 0; bit--)
            {
                _held = (_held << 1) | ((value >> bit) & 1);
                if (++_count == 8)
                {
                    file.WriteByte((byte)_held);
                    if (_held == 0xFF)
                    {
                        file.WriteByte(0);
                    }

                    (_held, _count) = (0, 0);
                }
            }
        }

        public void Flush()
        {
            while (_count != 0)
            {
                Write(1, 1);
            }
        }
    }
}
