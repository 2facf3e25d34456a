using System.Text;

namespace Beian.MiniApi.Domain.Verification;

/// <summary>Comparison of names that several offices have typed.</summary>
public static class HolderNames
{
    /// <summary>The name without blanks, with half-width letters and brackets and in lower case; for comparison only.</summary>
    public static string Comparable(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (!char.IsWhiteSpace(c))
            {
                text.Append(char.ToLowerInvariant(c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c));
            }
        }

        return text.ToString();
    }

    /// <summary>Whether two names mean the same holder.</summary>
    public static bool Same(string a, string b) => string.Equals(Comparable(a), Comparable(b), StringComparison.Ordinal);
}
