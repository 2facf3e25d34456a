using System.Buffers;
using System.Security.Cryptography;

namespace Beian.MiniApi.Vault;

/// <summary>
/// Reads sealed content, from any place of it; holds one chunk in memory. The last chunk is opened first, so that content which was cut off is refused before any of it
/// is given away.
/// </summary>
public sealed class ContentStream : Stream
{
    private readonly Stream _content;
    private readonly AesGcm _gcm;
    private readonly long _chunks;
    private readonly byte[] _plain = ArrayPool<byte>.Shared.Rent(SealedContent.ChunkBytes);
    private readonly byte[] _sealed = ArrayPool<byte>.Shared.Rent(SealedContent.SealedChunkBytes);
    private long _chunk = -1;
    private int _filled;
    private long _position;
    private bool _disposed;

    private ContentStream(Stream content, byte[] key)
    {
        (_content, _gcm) = (content, new AesGcm(key, Gcm.TagBytes));
        var body = content.Length - SealedContent.HeaderBytes;
        _chunks = (body + SealedContent.SealedChunkBytes - 1) / SealedContent.SealedChunkBytes;
        Length = body - (_chunks * Gcm.TagBytes);
    }

    /// <param name="content">Header and chunks, seekable; disposed with this, also when this fails.</param>
    /// <param name="key">The content's own.</param>
    /// <exception cref="CryptographicException">It was altered at its end, or cut off.</exception>
    public static ContentStream Open(Stream content, byte[] key)
    {
        var opened = new ContentStream(content, key);
        try
        {
            var last = opened.BeginLast();
            opened.Opened(last, content.ReadAtLeast(opened.Place(last).Span, opened.SealedLengthOf(last), throwOnEndOfStream: false));
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>As <see cref="Open"/>, for content that is far away.</summary>
    public static async Task<ContentStream> OpenAsync(Stream content, byte[] key, CancellationToken cancellationToken)
    {
        var opened = new ContentStream(content, key);
        try
        {
            var last = opened.BeginLast();
            opened.Opened(last, await content.ReadAtLeastAsync(opened.Place(last), opened.SealedLengthOf(last), throwOnEndOfStream: false, cancellationToken));
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public override bool CanRead => !_disposed;

    public override bool CanSeek => !_disposed;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (buffer.Length == 0 || _position >= Length)
        {
            return 0;
        }

        var chunk = _position / SealedContent.ChunkBytes;
        if (chunk != _chunk)
        {
            Begin(chunk);
            Opened(chunk, _content.ReadAtLeast(Place(chunk).Span, SealedLengthOf(chunk), throwOnEndOfStream: false));
        }

        return Give(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (buffer.Length == 0 || _position >= Length)
        {
            return 0;
        }

        var chunk = _position / SealedContent.ChunkBytes;
        if (chunk != _chunk)
        {
            Begin(chunk);
            Opened(chunk, await _content.ReadAtLeastAsync(Place(chunk), SealedLengthOf(chunk), throwOnEndOfStream: false, cancellationToken));
        }

        return Give(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _gcm.Dispose();
            _content.Dispose();
            ArrayPool<byte>.Shared.Return(_plain, clearArray: true);
            ArrayPool<byte>.Shared.Return(_sealed);
        }

        base.Dispose(disposing);
    }

    private long BeginLast()
    {
        if (_chunks < 1 || LengthOf(_chunks - 1) < 0)
        {
            throw new CryptographicException("Sealed content was cut off.");
        }

        Begin(_chunks - 1);
        return _chunks - 1;
    }

    /// <summary>Bytes of a chunk in the clear.</summary>
    private int LengthOf(long chunk) => (int)Math.Min(SealedContent.ChunkBytes, Length - (chunk * SealedContent.ChunkBytes));

    private int SealedLengthOf(long chunk) => LengthOf(chunk) + Gcm.TagBytes;

    private Memory<byte> Place(long chunk) => _sealed.AsMemory(0, SealedLengthOf(chunk));

    /// <summary>Until the chunk is open there is none: a failure must not leave another one's bytes under its number.</summary>
    private void Begin(long chunk)
    {
        _chunk = -1;
        _content.Position = SealedContent.HeaderBytes + (chunk * SealedContent.SealedChunkBytes);
    }

    private void Opened(long chunk, int read)
    {
        var length = LengthOf(chunk);
        if (read != length + Gcm.TagBytes)
        {
            throw new CryptographicException("Sealed content was cut off.");
        }

        Span<byte> nonce = stackalloc byte[Gcm.NonceBytes];
        SealedContent.NonceOf(chunk, chunk == _chunks - 1, nonce);
        _gcm.Decrypt(nonce, _sealed.AsSpan(0, length), _sealed.AsSpan(length, Gcm.TagBytes), _plain.AsSpan(0, length));
        (_chunk, _filled) = (chunk, length);
    }

    private int Give(Span<byte> buffer)
    {
        var from = (int)(_position % SealedContent.ChunkBytes);
        var count = Math.Min(buffer.Length, _filled - from);
        _plain.AsSpan(from, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
