using System.Buffers.Binary;

namespace Beian.MiniApi.Platform.Uploads;

/// <summary>The check sum of PNG chunks (W3C PNG, annex D), eight bytes at a time. No package of the registry brings it.</summary>
internal static class Crc32
{
    public const uint Start = uint.MaxValue;

    private const int Slices = 8;

    private static readonly uint[][] Tables = Make();

    public static uint Of(ReadOnlySpan<byte> bytes) => End(Add(Start, bytes));

    public static uint End(uint sum) => ~sum;

    public static uint Add(uint sum, ReadOnlySpan<byte> bytes)
    {
        var t = Tables;
        while (bytes.Length >= Slices)
        {
            var low = sum ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            sum = t[7][low & 0xFF] ^ t[6][(low >> 8) & 0xFF] ^ t[5][(low >> 16) & 0xFF] ^ t[4][low >> 24]
                ^ t[3][high & 0xFF] ^ t[2][(high >> 8) & 0xFF] ^ t[1][(high >> 16) & 0xFF] ^ t[0][high >> 24];
            bytes = bytes[Slices..];
        }

        foreach (var b in bytes)
        {
            sum = (sum >> 8) ^ t[0][(sum ^ b) & 0xFF];
        }

        return sum;
    }

    private static uint[][] Make()
    {
        var tables = new uint[Slices][];
        for (var slice = 0; slice < Slices; slice++)
        {
            tables[slice] = new uint[256];
            for (var value = 0u; value < 256; value++)
            {
                var sum = slice == 0 ? value : tables[slice - 1][value];
                for (var bit = 0; bit < 8; bit++)
                {
                    sum = (sum & 1) == 1 ? (sum >> 1) ^ 0xEDB88320u : sum >> 1;
                }

                tables[slice][value] = sum;
            }
        }

        return tables;
    }
}
