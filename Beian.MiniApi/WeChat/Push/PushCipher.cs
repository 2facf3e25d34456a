using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Beian.MiniApi.WeChat.Push;

/// <summary>What an encrypted push holds.</summary>
/// <param name="Message">The event as JSON or XML.</param>
/// <param name="AppId">Whom it was encrypted for, as bytes.</param>
internal sealed record PushContent(byte[] Message, byte[] AppId);

/// <summary>
/// Opens what WeChat encrypted: AES-256-CBC, the key's first half as its initial vector, over 16 random bytes, the message's length in four, the message
/// and the appid.
/// </summary>
internal static class PushCipher
{
    private const int AesBlock = 16;
    private const int RandomBytes = 16;
    private const int HeadBytes = RandomBytes + sizeof(uint);

    /// <summary>Padding fills blocks of 32 bytes, although those of AES have 16: what a library calls PKCS#7 refuses more than 16.</summary>
    private const int PaddingBlock = 32;

    /// <summary>Null when it was not encrypted with this key, or is damaged.</summary>
    public static PushContent? Open(byte[] key, string encrypted)
    {
        var sealedBytes = new byte[encrypted.Length];
        if (!Convert.TryFromBase64String(encrypted, sealedBytes, out var length) || length == 0 || length % AesBlock != 0)
        {
            return null;
        }

        using var aes = Aes.Create();
        aes.Key = key;
        var buffer = aes.DecryptCbc(sealedBytes.AsSpan(0, length), key.AsSpan(0, AesBlock), PaddingMode.None);
        return Unpad(buffer) is { Length: >= HeadBytes } content ? Split(content) : null;
    }

    private static ReadOnlySpan<byte> Unpad(ReadOnlySpan<byte> buffer)
    {
        var padding = buffer[^1];
        return padding is >= 1 and <= PaddingBlock && padding <= buffer.Length && !buffer[^padding..].ContainsAnyExcept(padding) ? buffer[..^padding] : default;
    }

    private static PushContent? Split(ReadOnlySpan<byte> content)
    {
        var length = BinaryPrimitives.ReadUInt32BigEndian(content[RandomBytes..]);
        var rest = content[HeadBytes..];
        return length <= (uint)rest.Length ? new PushContent(rest[..(int)length].ToArray(), rest[(int)length..].ToArray()) : null;
    }
}
