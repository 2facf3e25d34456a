using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>How WeChat signs and encrypts what it pushes; written apart from the code that checks it, so that one mistake is not made on both sides.</summary>
internal static class SandboxPushCrypto
{
    private const int PaddingBlock = 32;

    public static string Sign(params string[] parts)
    {
#pragma warning disable CA5350 // As WeChat does.
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(parts.Order(StringComparer.Ordinal)))));
#pragma warning restore CA5350
    }

    /// <summary>Base64 of 16 random bytes, the length, the message and the appid, padded to a multiple of 32 and encrypted.</summary>
    /// <param name="encodingAesKey">43 characters.</param>
    /// <param name="appId">Whom it is for.</param>
    /// <param name="message">The event.</param>
    /// <param name="random">16 bytes; null for new ones.</param>
    public static string Encrypt(string encodingAesKey, string appId, string message, byte[]? random = null)
    {
        var text = Encoding.UTF8.GetBytes(message);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
        byte[] content = [.. random ?? RandomNumberGenerator.GetBytes(16), .. length, .. text, .. Encoding.UTF8.GetBytes(appId)];
        var padding = PaddingBlock - (content.Length % PaddingBlock);
        byte[] padded = [.. content, .. Enumerable.Repeat((byte)padding, padding)];
        using var aes = Aes.Create();
        aes.Key = Convert.FromBase64String(encodingAesKey + "=");
#pragma warning disable CA5401 // WeChat's vector is the key's first half.
        return Convert.ToBase64String(aes.EncryptCbc(padded, aes.Key.AsSpan(0, 16), PaddingMode.None));
#pragma warning restore CA5401
    }
}
