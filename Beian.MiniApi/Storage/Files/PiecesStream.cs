using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Storage.Files;

/// <summary>Reads what has arrived in pieces, in the clear.</summary>
internal sealed class PiecesStream(FileStream file, byte[] key) : Stream
{
    private readonly PieceCipher _cipher = new(key);

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => Math.Max(0, file.Length - SealedContent.HeaderBytes);

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        file.Position = SealedContent.HeaderBytes + Position;
        return Opened(buffer[..file.Read(buffer)]);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        file.Position = SealedContent.HeaderBytes + Position;
        var read = await file.ReadAsync(buffer, cancellationToken);
        return Opened(buffer.Span[..read]);
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
            _cipher.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Opened(Span<byte> bytes)
    {
        _cipher.Apply(Position, bytes);
        Position += bytes.Length;
        return bytes.Length;
    }
}
