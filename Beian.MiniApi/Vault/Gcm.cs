using System.Security.Cryptography;

namespace Beian.MiniApi.Vault;

/// <summary>AES-256-GCM with random nonces of 96 bits and tags of 128 bits, as NIST SP 800-38D recommends.</summary>
internal static class Gcm
{
    public const int NonceBytes = 12;

    public const int TagBytes = 16;

    /// <summary>Writes nonce, ciphertext and tag.</summary>
    public static void Encrypt(byte[] key, ReadOnlySpan<byte> plain, Span<byte> target, ReadOnlySpan<byte> authenticated)
    {
        var nonce = target[..NonceBytes];
        RandomNumberGenerator.Fill(nonce);

        // One for each call: an instance may not be used by two threads at once.
        using var gcm = new AesGcm(key, TagBytes);
        gcm.Encrypt(nonce, plain, target.Slice(NonceBytes, plain.Length), target.Slice(NonceBytes + plain.Length, TagBytes), authenticated);
    }

    /// <param name="key">32 bytes.</param>
    /// <param name="sealedBytes">Nonce, ciphertext and tag.</param>
    /// <param name="authenticated">As given when it was encrypted.</param>
    /// <exception cref="CryptographicException">Too short, or anything differs from what was encrypted.</exception>
    public static byte[] Decrypt(byte[] key, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> authenticated)
    {
        var length = sealedBytes.Length - NonceBytes - TagBytes;
        if (length < 0)
        {
            throw new CryptographicException("Too short to be sealed.");
        }

        var plain = new byte[length];
        using var gcm = new AesGcm(key, TagBytes);
        gcm.Decrypt(sealedBytes[..NonceBytes], sealedBytes.Slice(NonceBytes, length), sealedBytes[^TagBytes..], plain, authenticated);
        return plain;
    }
}
