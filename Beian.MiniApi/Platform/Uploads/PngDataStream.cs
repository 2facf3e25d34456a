namespace Beian.MiniApi.Platform.Uploads;

/// <summary>The bodies of consecutive data chunks of a PNG as one stream; each one's check sum is verified where it ends.</summary>
internal sealed class PngDataStream(ByteFeed feed, uint firstLength) : Stream
{
    /// <summary>What may stand between the end of the compressed pixels and the end of their chunks.</summary>
    private const int MaxLeft = 64;

    private uint _left = firstLength;
    private uint _sum = Crc32.Add(Crc32.Start, "IDAT"u8);
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (_left == 0 && !_ended)
        {
            Next();
        }

        var ahead = feed.Ahead;
        var taken = _ended ? 0 : (int)Math.Min(Math.Min((uint)buffer.Length, _left), (uint)ahead.Length);
        if (taken == 0)
        {
            return _ended || buffer.IsEmpty ? 0 : throw new EndOfStreamException();
        }

        ahead[..taken].CopyTo(buffer);
        _sum = Crc32.Add(_sum, ahead[..taken]);
        feed.Advance(taken);
        _left -= (uint)taken;
        return taken;
    }

    /// <summary>Reads to the end of the last data chunk; the feed stands in front of the next chunk afterwards.</summary>
    public void Finish()
    {
        Span<byte> rest = stackalloc byte[MaxLeft];
        if (this.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false) == rest.Length)
        {
            throw BrokenMediaException.Unreadable();
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Next()
    {
        if (feed.ReadUInt32() != Crc32.End(_sum))
        {
            throw BrokenMediaException.Unreadable();
        }

        Span<byte> head = stackalloc byte[8];
        if (!feed.TryPeek(head))
        {
            throw new EndOfStreamException();
        }

        _ended = !head[4..].SequenceEqual("IDAT"u8);
        if (!_ended)
        {
            feed.Advance(8);
            _left = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(head);
            _sum = Crc32.Add(Crc32.Start, "IDAT"u8);
        }
    }
}
