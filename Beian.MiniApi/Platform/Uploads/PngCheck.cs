using System.Buffers.Binary;
using Beian.MiniApi.Domain.Materials;

namespace Beian.MiniApi.Platform.Uploads;

/// <summary>Reads a PNG (W3C PNG, third edition) from its first byte to its last: every chunk with its check sum, and every row of pixels out of its compression.</summary>
internal sealed class PngCheck
{
    private const int MaxChunks = 100_000;
    private const int PieceBytes = 16 * 1024;

    /// <summary>What is seen again with the next piece, so that nothing hides where two meet.</summary>
    private const int SeenAgainBytes = ForeignContent.MostBytes - 1;

    /// <summary>Longest colour profile or text that is taken out of its compression.</summary>
    private const int MaxPackedBytes = 4 * 1024 * 1024;

    private readonly ByteFeed _feed;
    private readonly byte[] _piece = new byte[SeenAgainBytes + PieceBytes];
    private PngLayout? _layout;
    private int _palette = -1;
    private bool _hasData;

    private PngCheck(ByteFeed feed) => _feed = feed;

    public static MediaFacts Inspect(ByteFeed feed)
    {
        var check = new PngCheck(feed);
        feed.Skip(8);
        check.Header();
        for (var chunks = 0; !check.Chunk(); chunks++)
        {
            if (chunks == MaxChunks)
            {
                throw BrokenMediaException.Unreadable();
            }
        }

        // Zeros fill up a block of a card; anything else is another file behind the picture.
        while (!feed.AtEnd)
        {
            if (feed.Ahead.IndexOfAnyExcept((byte)0) >= 0)
            {
                throw BrokenMediaException.Foreign();
            }

            feed.Advance(feed.Ahead.Length);
        }

        return check._hasData ? check._layout!.Facts : throw BrokenMediaException.Unreadable();
    }

    private void Header()
    {
        Span<byte> bytes = stackalloc byte[25];
        _feed.Read(bytes);
        if (BinaryPrimitives.ReadUInt32BigEndian(bytes) != 13 || !bytes[4..8].SequenceEqual("IHDR"u8) || BinaryPrimitives.ReadUInt32BigEndian(bytes[21..]) != Crc32.Of(bytes[4..21]))
        {
            throw BrokenMediaException.Unreadable();
        }

        _layout = PngLayout.Read(bytes[8..21]);
    }

    /// <summary>Reads one chunk, or all that hold pixels; true behind the last one.</summary>
    private bool Chunk()
    {
        var length = _feed.ReadUInt32();
        Span<byte> name = stackalloc byte[4];
        _feed.Read(name);
        if (length > int.MaxValue || !IsName(name))
        {
            throw BrokenMediaException.Unreadable();
        }

        switch (name)
        {
            case [(byte)'I', (byte)'D', (byte)'A', (byte)'T']:
                Pixels(length);
                return false;
            case [(byte)'I', (byte)'E', (byte)'N', (byte)'D']:
                Body(name, length == 0 ? 0u : throw BrokenMediaException.Unreadable());
                return true;
            case [(byte)'P', (byte)'L', (byte)'T', (byte)'E']:
                _palette = !_hasData && _palette < 0 && length % 3 == 0 && length is > 0 and <= 768 ? (int)length / 3 : throw BrokenMediaException.Unreadable();
                Body(name, length);
                return false;
            case [(byte)'a', (byte)'c', (byte)'T', (byte)'L']:
                throw new BrokenMediaException(MaterialErrors.Animated());
            case [>= (byte)'A' and <= (byte)'Z', ..]:
                // A chunk that readers must understand, and that nobody knows.
                throw BrokenMediaException.Unreadable();
            default:
                Body(name, length);
                return false;
        }
    }

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                return false;
            }
        }

        return true;
    }

    private void Pixels(uint length)
    {
        if (_hasData || !_layout!.Fits(_palette))
        {
            throw BrokenMediaException.Unreadable();
        }

        _hasData = true;
        using var data = new PngDataStream(_feed, length);
        _layout.ReadRows(data);
        data.Finish();
    }

    /// <summary>Reads over a chunk; texts and the colour profile are looked into.</summary>
    private void Body(ReadOnlySpan<byte> name, uint length)
    {
        var sum = Crc32.Add(Crc32.Start, name);
        var (isProfile, isText) = (name.SequenceEqual("iCCP"u8), PngText.MayBe(name));
        if ((isProfile || isText) && length > MaxPackedBytes)
        {
            throw BrokenMediaException.Unreadable();
        }

        using var packed = isProfile || isText ? new MemoryStream((int)length) : null;
        var again = 0;
        for (var left = length; left > 0;)
        {
            var piece = _piece.AsSpan(again, (int)Math.Min(left, PieceBytes));
            _feed.Read(piece);
            var seen = _piece.AsSpan(0, again + piece.Length);
            if (ForeignContent.IsIn(seen))
            {
                throw BrokenMediaException.Foreign();
            }

            sum = Crc32.Add(sum, piece);
            packed?.Write(piece);
            left -= (uint)piece.Length;
            again = Math.Min(seen.Length, SeenAgainBytes);
            seen[^again..].CopyTo(_piece);
        }

        if (_feed.ReadUInt32() != Crc32.End(sum))
        {
            throw BrokenMediaException.Unreadable();
        }

        if (packed is null)
        {
            return;
        }

        var whole = packed.GetBuffer().AsMemory(0, (int)packed.Length);
        if (isProfile)
        {
            PngProfile.Check(whole);
        }
        else
        {
            PngText.Check(name[0] == (byte)'i', whole);
        }
    }
}
