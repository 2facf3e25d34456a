using System.Buffers;
using System.Security.Cryptography;

namespace Beian.MiniApi.Vault;

/// <summary>Seals content while it streams by, chunk by chunk; holds two chunks in memory. The last chunk is told from the others, so it is written by <see cref="CompleteAsync"/>.</summary>
/// <param name="write">Takes what is sealed, in order. The bytes are used again afterwards.</param>
/// <param name="key">The content's own.</param>
public sealed class ContentSealer(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> write, byte[] key) : IDisposable
{
    private readonly byte[] _plain = ArrayPool<byte>.Shared.Rent(SealedContent.ChunkBytes);
    private readonly byte[] _sealed = ArrayPool<byte>.Shared.Rent(SealedContent.SealedChunkBytes);
    private readonly AesGcm _gcm = new(key, Gcm.TagBytes);
    private int _filled;
    private long _chunk;

    /// <summary>Seals some more.</summary>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            // Only now it is known that a full chunk is not the last.
            if (_filled == SealedContent.ChunkBytes)
            {
                await WriteChunkAsync(isLast: false, cancellationToken);
            }

            var part = bytes[..Math.Min(bytes.Length, SealedContent.ChunkBytes - _filled)];
            part.CopyTo(_plain.AsMemory(_filled));
            _filled += part.Length;
            bytes = bytes[part.Length..];
        }
    }

    /// <summary>Writes the last chunk; nothing may follow.</summary>
    public ValueTask CompleteAsync(CancellationToken cancellationToken) => WriteChunkAsync(isLast: true, cancellationToken);

    public void Dispose()
    {
        _gcm.Dispose();
        ArrayPool<byte>.Shared.Return(_plain, clearArray: true);
        ArrayPool<byte>.Shared.Return(_sealed);
    }

    private async ValueTask WriteChunkAsync(bool isLast, CancellationToken cancellationToken)
    {
        Seal(isLast);
        await write(_sealed.AsMemory(0, _filled + Gcm.TagBytes), cancellationToken);
        _filled = 0;
        _chunk++;
    }

    private void Seal(bool isLast)
    {
        Span<byte> nonce = stackalloc byte[Gcm.NonceBytes];
        SealedContent.NonceOf(_chunk, isLast, nonce);
        _gcm.Encrypt(nonce, _plain.AsSpan(0, _filled), _sealed.AsSpan(0, _filled), _sealed.AsSpan(_filled, Gcm.TagBytes));
    }
}
