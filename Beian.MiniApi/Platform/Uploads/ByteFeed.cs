using System.Buffers;
using System.Buffers.Binary;

namespace Beian.MiniApi.Platform.Uploads;

/// <summary>A file read once from front to back through 64 KiB of memory. Reading past its end throws <see cref="EndOfStreamException"/>.</summary>
internal sealed class ByteFeed(Stream file) : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int _at;
    private int _end;

    /// <summary>How many bytes have been read.</summary>
    public long Position { get; private set; }

    /// <summary>What lies in memory and was not read yet; empty at the end of the file only.</summary>
    public ReadOnlySpan<byte> Ahead
    {
        get
        {
            if (_at == _end)
            {
                (_at, _end) = (0, file.Read(_buffer, 0, BufferBytes));
            }

            return _buffer.AsSpan(_at, _end - _at);
        }
    }

    public bool AtEnd => Ahead.IsEmpty;

    public void Advance(int bytes)
    {
        _at += bytes;
        Position += bytes;
    }

    public byte ReadByte()
    {
        if (_at == _end && AtEnd)
        {
            throw new EndOfStreamException();
        }

        Position++;
        return _buffer[_at++];
    }

    public int ReadUInt16()
    {
        var high = ReadByte();
        return (high << 8) | ReadByte();
    }

    public uint ReadUInt32()
    {
        Span<byte> bytes = stackalloc byte[4];
        Read(bytes);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    public void Read(Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            var ahead = Ahead;
            if (ahead.IsEmpty)
            {
                throw new EndOfStreamException();
            }

            var taken = Math.Min(ahead.Length, target.Length);
            ahead[..taken].CopyTo(target);
            target = target[taken..];
            Advance(taken);
        }
    }

    /// <summary>The next bytes without reading them; false where the file ends before.</summary>
    public bool TryPeek(Span<byte> target)
    {
        if (_end - _at < target.Length)
        {
            _buffer.AsSpan(_at, _end - _at).CopyTo(_buffer);
            (_at, _end) = (0, _end - _at);
            _end += file.ReadAtLeast(_buffer.AsSpan(_end, BufferBytes - _end), target.Length - _end, throwOnEndOfStream: false);
        }

        var there = _end - _at >= target.Length;
        if (there)
        {
            _buffer.AsSpan(_at, target.Length).CopyTo(target);
        }

        return there;
    }

    public void Skip(long bytes)
    {
        while (bytes > 0)
        {
            var taken = (int)Math.Min(Ahead.Length, bytes);
            Advance(taken > 0 ? taken : throw new EndOfStreamException());
            bytes -= taken;
        }
    }

    /// <summary>Pictures show people: nothing of them stays in memory that others rent.</summary>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
}
