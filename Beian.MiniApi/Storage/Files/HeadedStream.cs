namespace Beian.MiniApi.Storage.Files;

/// <summary>A file whose first bytes are others.</summary>
/// <param name="head">Instead of as many bytes of the file.</param>
/// <param name="file">The file; disposed with this.</param>
internal sealed class HeadedStream(byte[] head, FileStream file) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        if (Position < head.Length)
        {
            return FromHead(buffer);
        }

        file.Position = Position;
        var read = file.Read(buffer);
        Position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position < head.Length)
        {
            return FromHead(buffer.Span);
        }

        file.Position = Position;
        var read = await file.ReadAsync(buffer, cancellationToken);
        Position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private int FromHead(Span<byte> buffer)
    {
        var part = head.AsSpan((int)Position, (int)Math.Min(buffer.Length, head.Length - Position));
        part.CopyTo(buffer);
        Position += part.Length;
        return part.Length;
    }
}
