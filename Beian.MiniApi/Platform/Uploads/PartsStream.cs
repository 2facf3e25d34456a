namespace Beian.MiniApi.Platform.Uploads;

/// <summary>Parts of a seekable stream, one behind the other. Leaves that stream open.</summary>
internal sealed class PartsStream(Stream whole, IReadOnlyList<(long From, long To)> parts) : Stream
{
    private int _part;
    private long _at = parts[0].From;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => parts.Sum(p => p.To - p.From);

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var wanted = Next(count);
        var read = wanted == 0 ? 0 : whole.Read(buffer, offset, wanted);
        _at += read;
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = Next(buffer.Length);
        var read = wanted == 0 ? 0 : await whole.ReadAsync(buffer[..wanted], cancellationToken);
        _at += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>How much can be read from here on, 0 at the end.</summary>
    private int Next(int count)
    {
        while (_at == parts[_part].To)
        {
            if (++_part == parts.Count)
            {
                _part--;
                return 0;
            }

            _at = parts[_part].From;
        }

        if (whole.Position != _at)
        {
            whole.Position = _at;
        }

        return (int)Math.Min(count, parts[_part].To - _at);
    }
}
