using System.Globalization;

namespace Beian.MiniApi.Domain.Verification;

/// <summary>Takes off what is not the host name, noting each thing in words that need no translation. Never keeps a user name, path or query.</summary>
internal sealed class TypedDomain
{
    public TypedDomain(string typed)
    {
        var text = Narrow(Trim(typed));
        text = CutScheme(text);
        text = CutTail(text);
        var at = text.LastIndexOf('@');
        if (at >= 0)
        {
            Note("…@", Severity.Warning);
            text = text[(at + 1)..];
        }

        text = CutPort(text);
        if (text.EndsWith('.'))
        {
            Note(".", Severity.Info);
            text = text[..^1];
        }

        Host = text.ToLowerInvariant();
        if (Host != text)
        {
            Note("A → a", Severity.Info);
        }
    }

    public string Host { get; }

    /// <summary>True when what surrounds the host is no address either.</summary>
    public bool Broken { get; private set; }

    public List<string> Notes { get; } = [];

    /// <summary>The heaviest of the notes.</summary>
    public Severity Severity { get; private set; } = Severity.Info;

    public void Note(string what, Severity severity)
    {
        Notes.Add(what);
        Severity = severity < Severity ? severity : Severity;
    }

    private string Trim(string typed)
    {
        var start = 0;
        var end = typed.Length;
        while (start < end && IsBlank(typed[start]))
        {
            start++;
        }

        while (end > start && IsBlank(typed[end - 1]))
        {
            end--;
        }

        if (end - start < typed.Length)
        {
            Note("␣", Severity.Info);
        }

        return typed[start..end];
    }

    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || c is '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF';

    /// <summary>Full-width forms to ASCII, and the full stops and commas of Chinese keyboards to dots.</summary>
    private string Narrow(string text)
    {
        var narrow = string.Create(text.Length, text, static (to, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                to[i] = from[i] switch
                {
                    '。' or '｡' or '．' or '，' => '.',
                    >= '\uFF01' and <= '\uFF5E' => (char)(from[i] - 0xFEE0),
                    var c => c,
                };
            }
        });
        if (narrow != text)
        {
            Note("Ａ。→ A.", Severity.Info);
        }

        return narrow;
    }

    private string CutScheme(string text)
    {
        var end = text.IndexOf("//", StringComparison.Ordinal);
        if (end < 0 || text.AsSpan(0, end).ContainsAny("/?#\\"))
        {
            return text;
        }

        var scheme = text[..(end + 2)];
        var named = scheme.Length > 3 && scheme[^3] == ':' && char.IsAsciiLetter(scheme[0]) && scheme[..^3].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.') && scheme.Length <= 20;
        if (!named && scheme != "//")
        {
            Broken = true;
            return text;
        }

        Note(scheme, Severity.Warning);
        return text[scheme.Length..];
    }

    private string CutTail(string text)
    {
        var end = text.AsSpan().IndexOfAny("/?#\\");
        if (end < 0)
        {
            return text;
        }

        Note(end == text.Length - 1 ? text[end..] : text[end] + "…", Severity.Warning);
        return text[..end];
    }

    private string CutPort(string text)
    {
        if (text.StartsWith('['))
        {
            var close = text.IndexOf(']', StringComparison.Ordinal);
            return close < 0 ? text : text[1..close];
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || text.IndexOf(':', colon + 1) >= 0)
        {
            return text;
        }

        var port = text.AsSpan(colon + 1);
        if (port.Length > 5 || port.ContainsAnyExceptInRange('0', '9') || (port.Length > 0 && int.Parse(port, CultureInfo.InvariantCulture) > 65535))
        {
            Broken = true;
            return text;
        }

        Note(text[colon..], Severity.Warning);
        return text[..colon];
    }
}
