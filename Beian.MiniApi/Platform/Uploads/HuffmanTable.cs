namespace Beian.MiniApi.Platform.Uploads;

/// <summary>The codes of one table (ITU-T T.81, annex C), with a look-up for short ones.</summary>
internal sealed class HuffmanTable
{
    public const int QuickBits = 9;
    public const int LongestCode = 16;

    /// <summary>By the next nine bits: length of the code in the high byte and its symbol in the low one; 0 where the code is longer.</summary>
    private readonly ushort[] _quick = new ushort[1 << QuickBits];
    private readonly int[] _end = new int[LongestCode + 1];
    private readonly int[] _offset = new int[LongestCode + 1];
    private readonly byte[] _symbols;

    private HuffmanTable(byte[] symbols) => _symbols = symbols;

    /// <summary>The table in front of those bytes, and how many of them it takes.</summary>
    public static (HuffmanTable Table, int Bytes) Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < LongestCode)
        {
            throw BrokenMediaException.Unreadable();
        }

        var count = 0;
        foreach (var ofLength in bytes[..LongestCode])
        {
            count += ofLength;
        }

        if (count is 0 or > 256 || bytes.Length < LongestCode + count)
        {
            throw BrokenMediaException.Unreadable();
        }

        var table = new HuffmanTable(bytes.Slice(LongestCode, count).ToArray());
        table.Number(bytes[..LongestCode]);
        return (table, LongestCode + count);
    }

    /// <summary>The symbol of the code that the bits begin with, and its length.</summary>
    /// <param name="bits">The next sixteen bits.</param>
    public (int Symbol, int Length) Find(int bits)
    {
        var quick = _quick[bits >> (LongestCode - QuickBits)];
        if (quick != 0)
        {
            return (quick & 0xFF, quick >> 8);
        }

        for (var length = QuickBits + 1; length <= LongestCode; length++)
        {
            var code = bits >> (LongestCode - length);
            if (code < _end[length])
            {
                return (_symbols[code - _offset[length]], length);
            }
        }

        throw BrokenMediaException.Unreadable();
    }

    private void Number(ReadOnlySpan<byte> counts)
    {
        int code = 0, symbol = 0;
        for (var length = 1; length <= LongestCode; length++)
        {
            _offset[length] = code - symbol;
            for (var i = 0; i < counts[length - 1]; i++, code++, symbol++)
            {
                if (length <= QuickBits)
                {
                    var first = code << (QuickBits - length);
                    if (first + (1 << (QuickBits - length)) > _quick.Length)
                    {
                        throw BrokenMediaException.Unreadable();
                    }

                    _quick.AsSpan(first, 1 << (QuickBits - length)).Fill((ushort)((length << 8) | _symbols[symbol]));
                }
            }

            if (code > 1 << length)
            {
                throw BrokenMediaException.Unreadable();
            }

            // Codes of a length are numbered on; the bits of one that is no code of that length compare as larger.
            _end[length] = counts[length - 1] == 0 ? 0 : code;
            code <<= 1;
        }
    }
}
