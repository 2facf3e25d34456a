using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Beian.MiniApi.Platform.Uploads;

/// <summary>The bits of a JPEG scan, without the zeros that are put behind bytes of ones. Stops in front of a marker.</summary>
internal sealed class JpegBits(ByteFeed feed)
{
    /// <summary>The lowest and the highest bit of each byte: with them a byte of zeros, here of inverted ones, is found in eight at once.</summary>
    private const ulong Lowest = 0x0101010101010101;
    private const ulong Highest = 0x8080808080808080;

    private ulong _held;
    private int _count;
    private bool _atMarker;

    /// <summary>The marker that ended the bits; meaningful after <see cref="End"/>.</summary>
    public byte Marker { get; private set; }

    /// <summary>The marker that was read already while looking ahead, which a caller that reads on by itself would miss; null when there is none.</summary>
    public byte? MarkerAhead => _atMarker ? Marker : null;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Symbol(HuffmanTable table)
    {
        if (_count < HuffmanTable.LongestCode)
        {
            Fill();
        }

        // Behind the last bit stand ones, as encoders pad.
        var bits = _count >= HuffmanTable.LongestCode
            ? (int)(_held >> (_count - HuffmanTable.LongestCode)) & 0xFFFF
            : (int)(((_held << (HuffmanTable.LongestCode - _count)) | ((1UL << (HuffmanTable.LongestCode - _count)) - 1)) & 0xFFFF);
        var (symbol, length) = table.Find(bits);
        Drop(length);
        return symbol;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Skip(int bits)
    {
        if (_count < bits)
        {
            Fill();
        }

        Drop(bits);
    }

    public int Read(int bits)
    {
        Skip(bits);
        return (int)(_held >> _count) & ((1 << bits) - 1);
    }

    /// <summary>Reads to the marker behind the bits. A few bytes more than needed are what some encoders leave.</summary>
    public void End()
    {
        const int AtMost = 16;
        var left = _count / 8;
        while (!_atMarker)
        {
            _count = 0;
            Fill();
            left += _count / 8;
            if (left > AtMost)
            {
                throw BrokenMediaException.Unreadable();
            }
        }

        (_held, _count, _atMarker) = (0, 0, false);
    }

    private void Drop(int bits)
    {
        // Bits were needed that are not there: the scan ends too early.
        _count = _count >= bits ? _count - bits : throw BrokenMediaException.Unreadable();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill()
    {
        if (TryFillAtOnce())
        {
            return;
        }

        while (_count <= 56 && !_atMarker)
        {
            var next = feed.ReadByte();
            if (next == 0xFF)
            {
                do
                {
                    Marker = feed.ReadByte();
                }
                while (Marker == 0xFF);
                _atMarker = Marker != 0;
                if (_atMarker)
                {
                    return;
                }
            }

            _held = (_held << 8) | next;
            _count += 8;
        }
    }

    /// <summary>Takes as many bytes as fit in one step where the next eight are there and none of them is all ones; false leaves everything as it was.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryFillAtOnce()
    {
        if (_atMarker || _count > 56 || feed.Ahead is not { Length: >= sizeof(ulong) } ahead)
        {
            return false;
        }

        var next = BinaryPrimitives.ReadUInt64BigEndian(ahead);
        if (((~next - Lowest) & next & Highest) != 0)
        {
            return false;
        }

        var bytes = (64 - _count) / 8;
        _held = bytes == sizeof(ulong) ? next : (_held << (8 * bytes)) | (next >> (64 - (8 * bytes)));
        _count += 8 * bytes;
        feed.Advance(bytes);
        return true;
    }
}
