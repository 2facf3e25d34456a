using System.Buffers.Binary;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Materials;

namespace Beian.MiniApi.Platform.Uploads;

/// <summary>
/// Finds the length of an MP4 file (ISO/IEC 14496-12) wherever its <c>moov</c> box is, by walking box headers. The longest length that the movie or a track
/// states counts, so that a short one in front does not hide a long film.
/// </summary>
internal sealed class Mp4Probe
{
    private const int MaxBoxes = 20_000;
    private const int MaxTimes = 200_000;
    private const int LookedAtBytes = 4096;

    private readonly Stream _file;
    private int _boxes;
    private double _seconds;
    private uint _scale;
    private bool _hasMovie;
    private bool _hasPicture;
    private bool _hasData;

    private Mp4Probe(Stream file) => _file = file;

    private enum Walk
    {
        Whole = 1,
        CutOff = 2,
        Broken = 3,
        Foreign = 4,
    }

    public static Result<MediaFacts> Inspect(Stream file)
    {
        var probe = new Mp4Probe(file);
        return probe.Boxes(0, file.Length, depth: 0) switch
        {
            Walk.Foreign => MaterialErrors.ForeignContent(),
            Walk.Broken => MaterialErrors.Unreadable(),
            Walk.CutOff => MaterialErrors.CutOff(),
            _ when !probe._hasMovie || !probe._hasData => MaterialErrors.CutOff(),
            _ when !probe._hasPicture => MaterialErrors.TypeNotAllowed(video: true),
            _ => MediaFacts.Video(probe._seconds),
        };
    }

    private Walk Boxes(long at, long end, int depth)
    {
        Span<byte> head = stackalloc byte[16];
        while (at < end)
        {
            if (++_boxes > MaxBoxes)
            {
                return Walk.Broken;
            }

            _file.Position = at;
            var got = _file.ReadAtLeast(head, 16, throwOnEndOfStream: false);
            if (end - at < 8 || got < 8)
            {
                return depth == 0 ? Walk.CutOff : Walk.Broken;
            }

            long size = BinaryPrimitives.ReadUInt32BigEndian(head);
            var body = at + 8;
            if (size == 1 && got == 16)
            {
                (size, body) = (BinaryPrimitives.ReadInt64BigEndian(head[8..]), at + 16);
            }
            else if (size == 0)
            {
                size = end - at;
            }

            if (size < body - at)
            {
                return Walk.Broken;
            }

            if (size > end - at)
            {
                return depth == 0 ? Walk.CutOff : Walk.Broken;
            }

            if (Box(BinaryPrimitives.ReadUInt32BigEndian(head[4..]), body, at + size, depth) is var walk and not Walk.Whole)
            {
                return walk;
            }

            at += size;
        }

        return Walk.Whole;
    }

    private Walk Box(uint type, long body, long end, int depth)
    {
        switch (type, depth)
        {
            case (0x6D6F6F76, 0): // moov
                if (_hasMovie)
                {
                    return Walk.Broken;
                }

                _hasMovie = true;
                return Boxes(body, end, 1);
            case (0x7472616B, 1): // trak
                _scale = 0;
                return Boxes(body, end, 2);
            case (0x6D646961, 2): // mdia
            case (0x6D696E66, 3): // minf
            case (0x7374626C, 4): // stbl
                return Boxes(body, end, depth + 1);
            case (0x73747473, 5): // stts
                return Times(body, end);
            case (0x6D766864, 1): // mvhd
            case (0x6D646864, 3): // mdhd
                return Duration(body, end);
            case (0x68646C72, 3): // hdlr
                return Handler(body, end);
            case (0x6D646174, 0): // mdat
                _hasData |= end > body;
                return Walk.Whole;
            default:
                return depth == 0 ? Other(type, body, end) : Walk.Whole;
        }
    }

    /// <summary>A box beside the film. Its name is text, and it is no place to hide a page or an archive.</summary>
    private Walk Other(uint type, long body, long end)
    {
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            if ((byte)(type >> shift) is not ((>= 0x20 and <= 0x7E) or 0xA9))
            {
                return Walk.Broken;
            }
        }

        var bytes = new byte[Math.Min(end - body, LookedAtBytes)];
        _file.Position = body;
        _file.ReadExactly(bytes);
        return ForeignContent.IsIn(bytes) ? Walk.Foreign : Walk.Whole;
    }

    /// <summary>How long the pictures of a track are shown, one after the other: a header may say less.</summary>
    private Walk Times(long body, long end)
    {
        Span<byte> pair = stackalloc byte[8];
        _file.Position = body;
        if (end - body < 8 || _file.ReadAtLeast(pair, 8, throwOnEndOfStream: false) < 8)
        {
            return Walk.Broken;
        }

        long count = BinaryPrimitives.ReadUInt32BigEndian(pair[4..]);
        if (count > MaxTimes || count * 8 > end - body - 8)
        {
            return Walk.Broken;
        }

        double units = 0;
        for (var i = 0; i < count; i++)
        {
            _file.ReadExactly(pair);
            units += (double)BinaryPrimitives.ReadUInt32BigEndian(pair) * BinaryPrimitives.ReadUInt32BigEndian(pair[4..]);
        }

        _seconds = _scale == 0 ? _seconds : Math.Max(_seconds, units / _scale);
        return Walk.Whole;
    }

    /// <summary>Movie and media headers begin alike: version, flags, two times, time scale, duration; times and duration are wider in version 1.</summary>
    private Walk Duration(long body, long end)
    {
        Span<byte> bytes = stackalloc byte[32];
        _file.Position = body;
        var got = Math.Min(_file.ReadAtLeast(bytes, 32, throwOnEndOfStream: false), end - body);
        var wide = got > 0 && bytes[0] == 1;
        if (got < (wide ? 32 : 20))
        {
            return Walk.Broken;
        }

        var scale = BinaryPrimitives.ReadUInt32BigEndian(bytes[(wide ? 20 : 12)..]);
        var duration = wide ? BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]) : BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
        if (scale == 0)
        {
            return Walk.Broken;
        }

        _scale = scale;
        var unknown = wide ? duration == ulong.MaxValue : duration == uint.MaxValue;
        _seconds = Math.Max(_seconds, unknown ? 0 : duration / (double)scale);
        return Walk.Whole;
    }

    private Walk Handler(long body, long end)
    {
        Span<byte> bytes = stackalloc byte[12];
        _file.Position = body;
        if (end - body < 12 || _file.ReadAtLeast(bytes, 12, throwOnEndOfStream: false) < 12)
        {
            return Walk.Broken;
        }

        _hasPicture |= bytes[8..].SequenceEqual("vide"u8);
        return Walk.Whole;
    }
}
