using System.Security.Cryptography;
using System.Text;

namespace Beian.MiniApi.WeChat.Push;

/// <summary>How WeChat signs a push: SHA-1 over the sorted parts, one of which is the Token.</summary>
internal static class PushSignature
{
    /// <summary>Lower-case hex. The parts are sorted by their characters' numbers, never by a language's rules.</summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        var sorted = parts.ToArray();
        Array.Sort(sorted, StringComparer.Ordinal);
#pragma warning disable CA5350 // WeChat's choice; the secret among the parts is what protects, and a collision would need to know it.
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(sorted))));
#pragma warning restore CA5350
    }

    /// <summary>Whether one of the tokens signs the parts with what was sent. Every token is tried and compared in fixed time.</summary>
    /// <param name="sent">As it came; null or of any length.</param>
    /// <param name="tokens">The present and the former one.</param>
    /// <param name="parts">What is signed besides the token.</param>
    public static bool Matches(string? sent, IReadOnlyList<string> tokens, params ReadOnlySpan<string> parts)
    {
        var given = Encoding.UTF8.GetBytes(sent ?? string.Empty);
        var matches = false;
        foreach (var token in tokens)
        {
            matches |= CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(Of([token, .. parts])));
        }

        return matches;
    }
}
