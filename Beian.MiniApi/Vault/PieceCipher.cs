using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Beian.MiniApi.Vault;

/// <summary>
/// AES-256 in counter mode (NIST SP 800-38A, section 6.5), for bytes that arrive in pieces of any size: they take the same room, and each can be read from its position.
/// Nothing is authenticated; what has arrived whole is sealed anew when it is taken in. One key for one upload.
/// </summary>
/// <param name="key">32 bytes.</param>
public sealed class PieceCipher(byte[] key) : IDisposable
{
    private const int BlockBytes = 16;
    private const int BlocksAtOnce = 256;

    private readonly Aes _aes = Of(key);

    /// <summary>Encrypts or decrypts in place.</summary>
    /// <param name="position">Where in the whole the first byte stands.</param>
    /// <param name="bytes">Any length.</param>
    public void Apply(long position, Span<byte> bytes)
    {
        Span<byte> counters = stackalloc byte[BlockBytes * BlocksAtOnce];
        Span<byte> stream = stackalloc byte[BlockBytes * BlocksAtOnce];
        counters.Clear();
        while (bytes.Length > 0)
        {
            var skip = (int)(position % BlockBytes);
            for (var i = 0; i < BlocksAtOnce; i++)
            {
                BinaryPrimitives.WriteInt64BigEndian(counters[((i * BlockBytes) + 8)..], (position / BlockBytes) + i);
            }

            _aes.EncryptEcb(counters, stream, PaddingMode.None);
            var part = bytes[..Math.Min(bytes.Length, stream.Length - skip)];
            for (var i = 0; i < part.Length; i++)
            {
                part[i] ^= stream[skip + i];
            }

            position += part.Length;
            bytes = bytes[part.Length..];
        }
    }

    public void Dispose() => _aes.Dispose();

    private static Aes Of(byte[] key)
    {
        var aes = Aes.Create();
        aes.Key = key;
        return aes;
    }
}
