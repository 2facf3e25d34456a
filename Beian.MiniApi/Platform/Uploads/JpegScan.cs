using System.Runtime.CompilerServices;

namespace Beian.MiniApi.Platform.Uploads;

/// <summary>One component in a scan, with its codes.</summary>
internal readonly record struct ScanComponent(JpegComponent Component, HuffmanTable? Dc, HuffmanTable? Ac);

/// <summary>
/// Decodes the codes of a JPEG scan down to coefficients and throws them away: what passes is whole, what fails is damaged. Pixels are not made, which is
/// what costs memory. Correction scans of progressive pictures need all coefficients of the scans before; of them only the framing is read.
/// Its loops are compiled in full at once: the first uploads after a start come in numbers too.
/// </summary>
internal sealed class JpegScan(ByteFeed feed, JpegFrame frame, IReadOnlyList<ScanComponent> components, int first, int last, int correction)
{
    /// <summary>Codes that are decoded at most, 512 KiB. Behind them only the framing is read, so that a hundred photographs at once do not take the processor away.</summary>
    public const long DecodedBytes = 512 * 1024;

    private readonly JpegBits _bits = new(feed);
    private int _endOfBand;

    /// <summary>Reads the scan and returns the marker behind it.</summary>
    /// <param name="interval">Groups between restart markers; 0 for none.</param>
    /// <param name="until">Position in the file up to which codes are decoded.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public byte Read(int interval, long until)
    {
        if ((first > 0 && correction > 0) || feed.Position >= until)
        {
            return Walk(interval);
        }

        var single = components.Count == 1;
        var groups = single ? frame.Blocks(components[0].Component) : frame.Groups;
        var restart = 0;
        for (long group = 0; group < groups; group++)
        {
            if (interval > 0 && group > 0 && group % interval == 0)
            {
                Restart(restart++);
            }

            if (feed.Position >= until)
            {
                return Walk(interval);
            }

            foreach (var component in components)
            {
                for (var blocks = single ? 1 : component.Component.Across * component.Component.Down; blocks > 0; blocks--)
                {
                    Block(component);
                }
            }
        }

        _bits.End();
        return _bits.Marker;
    }

    private void Restart(int number)
    {
        _bits.End();
        _endOfBand = 0;
        if (_bits.Marker != 0xD0 + (number & 7))
        {
            throw BrokenMediaException.Unreadable();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Block(in ScanComponent component)
    {
        if (first == 0)
        {
            Dc(component);
        }

        if (last > 0)
        {
            Ac(component.Ac!);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Dc(in ScanComponent component)
    {
        if (correction > 0)
        {
            _bits.Skip(1);
            return;
        }

        var size = _bits.Symbol(component.Dc!);
        _bits.Skip(size <= 15 ? size : throw BrokenMediaException.Unreadable());
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Ac(HuffmanTable codes)
    {
        if (_endOfBand > 0)
        {
            _endOfBand--;
            return;
        }

        for (var k = Math.Max(first, 1); k <= last; k++)
        {
            var symbol = _bits.Symbol(codes);
            var (run, size) = (symbol >> 4, symbol & 15);
            if (size == 0 && run < 15)
            {
                // Without progression there are no runs of empty blocks.
                _endOfBand = run == 0 ? 0 : frame.Progressive ? (1 << run) - 1 + _bits.Read(run) : throw BrokenMediaException.Unreadable();
                return;
            }

            k += run;
            if (k > last)
            {
                throw BrokenMediaException.Unreadable();
            }

            _bits.Skip(size);
        }
    }

    /// <summary>To the next marker that is no restart.</summary>
    private byte Walk(int interval)
    {
        if (_bits.MarkerAhead is { } seen && !(interval > 0 && seen is >= 0xD0 and <= 0xD7))
        {
            return seen;
        }

        while (true)
        {
            var ahead = feed.Ahead;
            if (ahead.IsEmpty)
            {
                throw new EndOfStreamException();
            }

            var at = ahead.IndexOf((byte)0xFF);
            feed.Advance(at < 0 ? ahead.Length : at + 1);
            if (at < 0)
            {
                continue;
            }

            var marker = feed.ReadByte();
            while (marker == 0xFF)
            {
                marker = feed.ReadByte();
            }

            if (marker != 0 && !(interval > 0 && marker is >= 0xD0 and <= 0xD7))
            {
                return marker;
            }
        }
    }
}
