using System.Text;
using System.Text.RegularExpressions;

namespace Beian.MiniApi.Probe;

/// <summary>Reads bytes as text in the character set that the answer or the page names; older pages are often in GBK.</summary>
internal static partial class PageText
{
    /// <summary>Where a page must name its character set (HTML standard).</summary>
    private const int Sniffed = 1024;

    public static string Of(ReadOnlySpan<byte> bytes, string? declared)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, Sniffed)]);
        var name = declared ?? (Charset().Match(head) is { Success: true } named ? named.Groups[1].Value : null);
        return Find(name?.Trim('"', ' ')).GetString(bytes);
    }

    private static Encoding Find(string? name)
    {
        try
        {
            return name is null ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return Encoding.UTF8;
        }
    }

    [GeneratedRegex("""charset=["']?([A-Za-z0-9_-]{1,40})""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Charset();
}
