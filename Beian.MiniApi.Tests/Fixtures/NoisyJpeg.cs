namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>Grey baseline JPEGs full of noise: large for their size as photographs of a phone are, and every byte of it a pixel that decoders have to read.</summary>
public static class NoisyJpeg
{
    /// <summary>Codes of the table for DC: sizes 0 to 11 in four bits each.</summary>
    private const int DcSizes = 12;

    /// <summary>Codes of the table for AC: end of block, and sizes 1 to 5 without a run, in three bits each.</summary>
    private const int AcSizes = 5;

    /// <summary>A picture of about one byte for each of its pixels.</summary>
    /// <param name="width">Pixels, as stored.</param>
    /// <param name="height">Pixels, as stored.</param>
    /// <param name="orientation">EXIF orientation; 6 is how a phone held upright stores it. Null for no EXIF.</param>
    /// <param name="seed">Chooses the noise.</param>
    public static byte[] Make(int width, int height, int? orientation = null, int seed = 1)
    {
        using var file = new MemoryStream();
        file.Write([0xFF, 0xD8]);
        if (orientation is { } turned)
        {
            // EXIF with one entry: tag 0x0112, a short.
            byte[] tiff = [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)turned, 0, 0, 0, 0, 0, 0];
            byte[] exif = [.. "Exif\0\0"u8, .. tiff];
            file.Write([0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif]);
        }

        file.Write([0xFF, 0xDB, 0x00, 0x43, 0x00, .. Enumerable.Repeat((byte)8, 64)]);
        file.Write([0xFF, 0xC0, 0x00, 0x0B, 0x08, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 0x01, 0x01, 0x11, 0x00]);
        file.Write([0xFF, 0xC4, 0x00, 19 + DcSizes, 0x00, 0, 0, 0, DcSizes, .. new byte[12], .. Enumerable.Range(0, DcSizes).Select(i => (byte)i)]);
        file.Write([0xFF, 0xC4, 0x00, 19 + AcSizes + 1, 0x10, 0, 0, AcSizes + 1, .. new byte[13], .. Enumerable.Range(0, AcSizes + 1).Select(i => (byte)i)]);
        file.Write([0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3F, 0x00]);
        Scan(file, (long)((width + 7) / 8) * ((height + 7) / 8), seed);
        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }

#pragma warning disable CA5394 // The same noise at every run.
    private static void Scan(MemoryStream file, long blocks, int seed)
    {
        var noise = new Random(seed);
        var bits = new BitWriter(file);
        for (long block = 0; block < blocks; block++)
        {
            // The same brightness for every block: a difference of nothing.
            bits.Write(0, 4);
            for (var coefficient = 1; coefficient < 64; coefficient++)
            {
                var size = noise.Next(3, AcSizes + 1);
                bits.Write(size, 3);
                bits.Write(noise.Next(1 << size), size);
            }
        }

        bits.Flush();
    }
#pragma warning restore CA5394

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
                    Emit();
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

        /// <summary>A byte of ones is followed by a zero, or it would be a marker.</summary>
        private void Emit()
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
