using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Beian.MiniApi.Platform;

/// <summary>
/// Codes that open one thing once: 128 random bits, of which only the SHA-256 is stored. A plain digest is enough: nobody can try out 2^128 codes.
/// </summary>
public static class OneTimeCode
{
    private const int Bytes = 16;

    /// <summary>16 bytes in base64url.</summary>
    private const int Length = 22;

    /// <summary>A new one, in characters that an address and a Mini Program's <c>scene</c> take as they are.</summary>
    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is stored of a code; null for a text that was never one.</summary>
    public static byte[]? HashOf(string? code) => code?.Length == Length ? SHA256.HashData(Encoding.UTF8.GetBytes(code)) : null;
}
