using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Beian.MiniApi.Sandbox.Mail;

/// <summary>A mail taken apart.</summary>
internal sealed record ReadMail(IReadOnlyList<string> Headers, string Text)
{
    /// <summary>The value of a header, or null; null too when it stands twice, which no sender of ours writes.</summary>
    public string? Header(string name)
    {
        var found = Headers.Where(h => h.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).ToArray();
        return found.Length == 1 ? found[0][(name.Length + 1)..].Trim() : null;
    }
}

/// <summary>Reads as much of a mail as a mail program would show of ours: headers, encoded words, one text in base64 or as it is, alone or in a multipart.</summary>
internal static partial class SandboxMailReader
{
    public static ReadMail Read(byte[] data)
    {
        var (headers, body) = Split(Encoding.UTF8.GetString(data));
        var mail = new ReadMail(headers, string.Empty);
        var boundary = Boundary().Match(mail.Header("Content-Type") ?? string.Empty);
        if (boundary.Success)
        {
            var parts = body.Split("--" + boundary.Groups["b"].Value);
            (headers, body) = parts.Length > 1 ? Split(parts[1].TrimStart('\r', '\n')) : ([], string.Empty);
        }

        return mail with { Text = Decode(new ReadMail(headers, body)) };
    }

    /// <summary>Encoded words (RFC 2047) as text.</summary>
    public static string Words(string header) => Word().Replace(Gap().Replace(header, "$1$2"), m => m.Groups["kind"].Value is "B" or "b"
        ? Encoding.UTF8.GetString(Convert.FromBase64String(m.Groups["text"].Value))
        : Encoding.UTF8.GetString(Quoted(m.Groups["text"].Value)));

    private static (IReadOnlyList<string> Headers, string Body) Split(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = end < 0 ? text : text[..end];
        return (head.Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal).Split("\r\n"), end < 0 ? string.Empty : text[(end + 4)..]);
    }

    private static string Decode(ReadMail part)
    {
        if (!"base64".Equals(part.Header("Content-Transfer-Encoding"), StringComparison.OrdinalIgnoreCase))
        {
            return part.Text;
        }

        var bytes = new byte[part.Text.Length];
        return Convert.TryFromBase64String(part.Text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : part.Text;
    }

    private static byte[] Quoted(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.Add(text[i] == '_' ? (byte)' ' : (byte)text[i]);
            }
        }

        return [.. bytes];
    }

    [GeneratedRegex("boundary=\"?(?<b>[^\";]+)\"?")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"=\?utf-8\?(?<kind>[BbQq])\?(?<text>[^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex Word();

    /// <summary>White space between two encoded words is none of the text.</summary>
    [GeneratedRegex(@"(\?=)\s+(=\?)")]
    private static partial Regex Gap();
}
