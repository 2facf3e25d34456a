using System.Buffers.Binary;

namespace Beian.MiniApi.Vault;

/// <summary>
/// How bytes are sealed that arrive in pieces: <c>length, 4 bytes | nonce, 12 bytes | AES-256-GCM | tag, 16 bytes</c>, one behind the other. Where in the whole a piece
/// begins is authenticated with it, so that one that was altered, moved, left out or told a wrong length does not open. One key for one upload.
/// </summary>
public static class SealedPiece
{
    /// <summary>Most bytes of a piece in the clear.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>Bytes before the nonce: the length of the piece in the clear.</summary>
    public const int LengthBytes = sizeof(int);

    /// <summary>Bytes that sealing adds.</summary>
    public const int Overhead = LengthBytes + Gcm.NonceBytes + Gcm.TagBytes;

    /// <summary>The length a piece begins with; 0 for what is none.</summary>
    public static int LengthOf(ReadOnlySpan<byte> beginning) =>
        BinaryPrimitives.ReadInt32BigEndian(beginning) is > 0 and <= MaxBytes and var length ? length : 0;

    /// <param name="key">The upload's own.</param>
    /// <param name="position">Where in the whole it begins.</param>
    /// <param name="plain">1 to <see cref="MaxBytes"/>.</param>
    /// <param name="target">So long and <see cref="Overhead"/> longer.</param>
    public static void Seal(byte[] key, long position, ReadOnlySpan<byte> plain, Span<byte> target)
    {
        BinaryPrimitives.WriteInt32BigEndian(target, plain.Length);
        Gcm.Encrypt(key, plain, target[LengthBytes..], Place(position));
    }

    /// <summary>The piece in the clear.</summary>
    /// <param name="key">The upload's own.</param>
    /// <param name="position">Where in the whole it begins.</param>
    /// <param name="piece">What <see cref="Seal"/> wrote.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It was altered, or begins elsewhere.</exception>
    public static byte[] Open(byte[] key, long position, ReadOnlySpan<byte> piece) => Gcm.Decrypt(key, piece[LengthBytes..], Place(position));

    private static byte[] Place(long position)
    {
        var place = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(place, position);
        return place;
    }
}
