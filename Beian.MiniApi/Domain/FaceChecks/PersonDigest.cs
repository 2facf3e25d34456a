using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Beian.MiniApi.Domain.FaceChecks;

/// <summary>
/// Stands for a person in comparisons without holding the person: SHA-256 over name, certificate type and number. It tells equal from different;
/// it is no protection of the number by itself, since numbers can be guessed, so it is kept where the number is kept and never logged.
/// </summary>
public static class PersonDigest
{
    /// <summary>Lower-case hex. Surrounding blanks do not count, nor does the case of the number (its last character may be x).</summary>
    public static string Of(string name, int certificateType, string number)
    {
        // Lengths go first, so that no two different triples join into the same text.
        var (n, c) = (name.Trim(), number.Trim().ToUpperInvariant());
        var text = string.Create(CultureInfo.InvariantCulture, $"{n.Length}:{n}|{certificateType}|{c.Length}:{c}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
