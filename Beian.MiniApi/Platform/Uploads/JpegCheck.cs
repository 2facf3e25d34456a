using System.Buffers.Binary;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Materials;

namespace Beian.MiniApi.Platform.Uploads;

/// <summary>Which bytes of a JPEG may go.</summary>
/// <param name="Orientation">How it was held, 1 to 8.</param>
/// <param name="Dropped">From and to, in order: camera data and comments.</param>
/// <param name="End">Behind its end marker; what follows is no part of it.</param>
internal sealed record JpegOutline(int Orientation, IReadOnlyList<(long From, long To)> Dropped, long End);

/// <summary>Reads a JPEG (ITU-T T.81) from its first byte to its last: every segment, every table, and the codes of every scan.</summary>
internal sealed class JpegCheck
{
    /// <summary>Camera data in front of a picture can be long; past this it is no photograph.</summary>
    private const long MaxMetadataBytes = 2 * 1024 * 1024;

    /// <summary>Progressive pictures have about ten; a hundred is what libjpeg's own tools stop at.</summary>
    private const int MaxScans = 100;

    private const byte EndOfImage = 0xD9;

    private readonly ByteFeed _feed;
    private readonly JpegMetadata _metadata = new();
    private readonly HuffmanTable?[] _dc = new HuffmanTable?[4];
    private readonly HuffmanTable?[] _ac = new HuffmanTable?[4];
    private readonly byte[] _segment = new byte[ushort.MaxValue];
    private readonly List<(long From, long To)> _dropped = [];
    private JpegFrame? _frame;
    private long _metadataBytes;
    private long _decodeUntil = -1;
    private int _interval;
    private int _scans;

    private JpegCheck(ByteFeed feed) => _feed = feed;

    public static MediaFacts Inspect(ByteFeed feed)
    {
        var check = new JpegCheck(feed);
        check.Image();
        JpegTrailer.Check(feed, check._metadata.HasMore);
        return Judged(MediaFacts.Picture(MediaType.Jpeg, check._frame!.Width, check._frame.Height));
    }

    /// <summary>What of a whole JPEG is pixels: the rest can be left out without touching them.</summary>
    public static JpegOutline Outline(ByteFeed feed)
    {
        var check = new JpegCheck(feed);
        check.Image();
        return new JpegOutline(check._metadata.Orientation, check._dropped, feed.Position);
    }

    /// <summary>A picture inside the file behind the first one; the feed stands behind its end marker afterwards.</summary>
    public static void Another(ByteFeed feed) => new JpegCheck(feed).Image();

    private static MediaFacts Judged(Result<MediaFacts> facts) => facts.TryGet(out var good, out var refusal) ? good : throw new BrokenMediaException(refusal);

    private void Image()
    {
        if (_feed.ReadUInt16() != 0xFFD8)
        {
            throw BrokenMediaException.Unreadable();
        }

        var marker = Marker();
        while (marker != EndOfImage)
        {
            marker = Segment(marker);
        }

        if (_scans == 0)
        {
            throw BrokenMediaException.Unreadable();
        }
    }

    private byte Marker()
    {
        if (_feed.ReadByte() != 0xFF)
        {
            throw BrokenMediaException.Unreadable();
        }

        byte marker;
        do
        {
            marker = _feed.ReadByte();
        }
        while (marker == 0xFF);
        return marker;
    }

    /// <summary>Reads one segment and returns the marker behind it.</summary>
    private byte Segment(byte marker)
    {
        if (marker is < 0xC0 or 0xD8 or (>= 0xD0 and <= 0xD7) or (>= 0xF0 and not 0xFE))
        {
            throw BrokenMediaException.Unreadable();
        }

        var length = _feed.ReadUInt16() - 2;
        if (length < 0)
        {
            throw BrokenMediaException.Unreadable();
        }

        var body = _segment.AsSpan(0, length);
        _feed.Read(body);
        if (marker == 0xDA)
        {
            return Scan(body);
        }

        switch (marker)
        {
            case 0xC4:
                HuffmanTables(body);
                break;
            case 0xDB:
                Quantisation(body);
                break;
            case 0xDD:
                _interval = length == 2 ? BinaryPrimitives.ReadUInt16BigEndian(body) : throw BrokenMediaException.Unreadable();
                break;
            case >= 0xE0 and <= 0xEF or 0xFE:
                Metadata(marker, body);
                break;
            default:
                Frame(marker, body);
                break;
        }

        return Marker();
    }

    private void Metadata(byte marker, ReadOnlySpan<byte> body)
    {
        _metadataBytes += body.Length;
        if (_metadataBytes > MaxMetadataBytes)
        {
            throw BrokenMediaException.Unreadable();
        }

        _metadata.Add(marker, body);
        if (!JpegMetadata.IsNeeded(marker, body))
        {
            _dropped.Add((_feed.Position - body.Length - 4, _feed.Position));
        }
    }

    private void Frame(byte marker, ReadOnlySpan<byte> body)
    {
        if (_frame is not null)
        {
            throw BrokenMediaException.Unreadable();
        }

        var frame = JpegFrame.Read(marker, body);
        Judged(MediaFacts.Picture(MediaType.Jpeg, frame.Width, frame.Height));
        _frame = frame;
    }

    private void HuffmanTables(ReadOnlySpan<byte> body)
    {
        while (!body.IsEmpty)
        {
            var (kind, slot) = (body[0] >> 4, body[0] & 15);
            if (kind > 1 || slot > 3)
            {
                throw BrokenMediaException.Unreadable();
            }

            var (table, bytes) = HuffmanTable.Read(body[1..]);
            (kind == 0 ? _dc : _ac)[slot] = table;
            body = body[(1 + bytes)..];
        }
    }

    private static void Quantisation(ReadOnlySpan<byte> body)
    {
        while (!body.IsEmpty)
        {
            var bytes = 1 + (64 << (body[0] >> 4));
            if (body[0] >> 4 > 1 || (body[0] & 15) > 3 || body.Length < bytes)
            {
                throw BrokenMediaException.Unreadable();
            }

            body = body[bytes..];
        }
    }

    private byte Scan(ReadOnlySpan<byte> body)
    {
        if (_frame is null || ++_scans > MaxScans || body.Length < 4 || body[0] is < 1 or > 4 || body.Length != 4 + (2 * body[0]))
        {
            throw BrokenMediaException.Unreadable();
        }

        int first = body[^3], last = body[^2], before = body[^1] >> 4, now = body[^1] & 15;
        var progression = _frame.Progressive
            ? first <= last && last < 64 && (first == 0 ? last == 0 : body[0] == 1) && now <= 13 && (before == 0 || before == now + 1)
            : first == 0 && last == 63 && before == 0 && now == 0;
        if (!progression)
        {
            throw BrokenMediaException.Unreadable();
        }

        var components = new ScanComponent[body[0]];
        for (var i = 0; i < components.Length; i++)
        {
            components[i] = Component(body[1 + (2 * i)], body[2 + (2 * i)], needsDc: first == 0 && before == 0, needsAc: last > 0);
        }

        _decodeUntil = _decodeUntil < 0 ? _feed.Position + JpegScan.DecodedBytes : _decodeUntil;
        return new JpegScan(_feed, _frame, components, first, last, before).Read(_interval, _decodeUntil);
    }

    private ScanComponent Component(byte id, byte tables, bool needsDc, bool needsAc)
    {
        if (!_frame!.Components.Any(c => c.Id == id) || tables >> 4 > 3 || (tables & 15) > 3)
        {
            throw BrokenMediaException.Unreadable();
        }

        var component = new ScanComponent(_frame.Components.First(c => c.Id == id), _dc[tables >> 4], _ac[tables & 15]);
        return (needsDc && component.Dc is null) || (needsAc && component.Ac is null) ? throw BrokenMediaException.Unreadable() : component;
    }
}
