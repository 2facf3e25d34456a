using System.Security.Cryptography;
using System.Text;

namespace Beian.MiniApi.Domain.AuthCodes;

/// <summary>
/// The text of a code: 20 characters of a 32-letter alphabet, 100 bit, shown in groups of four. The alphabet leaves out I, O, 0 and 1, which people
/// mistake for one another on paper and on the telephone.
/// </summary>
public static class AuthCodeText
{
    public const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public const int Length = 20;

    /// <summary>Longest input worth reading: a code with a separator between all characters.</summary>
    private const int MaxInput = 64;

    /// <summary>The 20 characters of what somebody typed, or null when it cannot be a code. Case, blanks, hyphens and full-width letters do not matter.</summary>
    public static string? Normalise(string? typed)
    {
        if (typed is null || typed.Length > MaxInput)
        {
            return null;
        }

        var kept = new StringBuilder(Length);
        foreach (var c in typed)
        {
            if (char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.DashPunctuation or System.Globalization.UnicodeCategory.Format)
            {
                continue;
            }

            var plain = char.ToUpperInvariant(c is >= '\uff01' and <= '\uff5e' ? (char)(c - 0xfee0) : c);
            if (plain == '-')
            {
                continue;
            }

            if (!Alphabet.Contains(plain, StringComparison.Ordinal))
            {
                return null;
            }

            kept.Append(plain);
        }

        return kept.Length == Length ? kept.ToString() : null;
    }

    /// <summary>The normalised text in groups of four: <c>ABCD-EFGH-…</c>.</summary>
    public static string Grouped(string normalised) => string.Join('-', normalised.Chunk(4).Select(group => new string(group)));

    /// <summary>SHA-256 of the normalised text, hex. With 100 random bits there is nothing to guess, so it needs neither salt nor key.</summary>
    public static string HashOf(string normalised) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(normalised)));
}
