using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Beian.MiniApi.Domain.Verification;

/// <summary>Looks for a filing number in a stranger's page, in time that grows with its length only.</summary>
public static class FooterReading
{
    /// <summary>A link to the authority's filing system; the engine that never backtracks, since strangers choose the text.</summary>
    private static readonly Regex ToAuthority = new(
        """[\s"']href\s*=\s*["']?\s*(?:https?:)?//beian\.miit\.gov\.cn(?:[/?#:"'\s]|$)""",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>How the page shows the number. Spaces, tags, character references, case and full-width letters make no difference.</summary>
    /// <param name="html">The page, or its beginning.</param>
    /// <param name="number">网站备案号, such as 京ICP备2026000001号-1; another site's -12 is not it.</param>
    public static FooterState Read(string html, string number)
    {
        var wanted = Plain(number);
        var from = 0;
        int close;
        while ((close = html.IndexOf("</a", from, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            var link = html[LastLink(html, from, close)..close];
            var open = link.IndexOf('>', StringComparison.Ordinal);
            if (open >= 0 && ToAuthority.IsMatch(link.AsSpan(0, open)) && Shows(link[(open + 1)..], wanted))
            {
                return FooterState.Linked;
            }

            from = close + 1;
        }

        return Shows(html, wanted) ? FooterState.Unlinked : FooterState.Missing;
    }

    /// <summary>Where the link that ends at <paramref name="close"/> begins; <paramref name="close"/> itself when it does not begin after <paramref name="from"/>.</summary>
    private static int LastLink(string html, int from, int close)
    {
        var at = close;
        while (at > from && (at = html.LastIndexOf("<a", at - 1, at - from, StringComparison.OrdinalIgnoreCase)) >= 0)
        {
            if (char.IsWhiteSpace(html[at + 2]))
            {
                return at;
            }
        }

        return close;
    }

    private static bool Shows(string html, string wanted)
    {
        var text = Plain(html);
        for (var at = text.IndexOf(wanted, StringComparison.Ordinal); at >= 0; at = text.IndexOf(wanted, at + 1, StringComparison.Ordinal))
        {
            var end = at + wanted.Length;
            if (end == text.Length || !char.IsAsciiDigit(text[end]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a reader sees, without spaces.</summary>
    private static string Plain(string html)
    {
        var text = new StringBuilder(html.Length);
        var inTag = false;
        foreach (var c in html)
        {
            inTag = c == '<' || (inTag && c != '>');
            if (!inTag && c != '>')
            {
                text.Append(c);
            }
        }

        var plain = new StringBuilder(text.Length);
        foreach (var c in WebUtility.HtmlDecode(text.ToString()))
        {
            if (!char.IsWhiteSpace(c))
            {
                plain.Append(char.ToUpperInvariant(c is >= '！' and <= '～' ? (char)(c - 0xFEE0) : c));
            }
        }

        return plain.ToString();
    }
}
