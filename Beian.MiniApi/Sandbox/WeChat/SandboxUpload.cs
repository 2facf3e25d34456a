using System.Text;
using System.Text.RegularExpressions;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>A file as it came in a form.</summary>
/// <param name="FileName">As sent.</param>
/// <param name="Bytes">The file.</param>
internal sealed partial record SandboxUpload(string FileName, ReadOnlyMemory<byte> Bytes)
{
    private const string FormType = "multipart/form-data; boundary=";

    /// <summary>
    /// Reads the form as strictly as WeChat is said to do: a boundary without quotes, one part of the wanted name in quotes, with a file name in quotes and
    /// a type. Null for anything else.
    /// </summary>
    /// <param name="contentType">Header of the request.</param>
    /// <param name="body">The form.</param>
    /// <param name="part">The wanted name.</param>
    /// <param name="quotedBoundary">Whether quotes around the boundary are understood.</param>
    public static SandboxUpload? Read(string? contentType, ReadOnlyMemory<byte> body, string part, bool quotedBoundary)
    {
        if (contentType is null || !contentType.StartsWith(FormType, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var boundary = contentType[FormType.Length..];
        boundary = quotedBoundary ? boundary.Trim('"') : boundary;
        var span = body.Span;
        var start = Encoding.ASCII.GetBytes("--" + boundary + "\r\n");
        var end = Encoding.ASCII.GetBytes("\r\n--" + boundary + "--");
        var headEnd = span.IndexOf("\r\n\r\n"u8);
        var fileEnd = span.LastIndexOf(end);
        if (boundary.Length == 0 || boundary.Contains('"', StringComparison.Ordinal) || !span.StartsWith(start) || headEnd < 0 || fileEnd < headEnd + 4)
        {
            return null;
        }

        var head = Encoding.UTF8.GetString(span[start.Length..headEnd]);
        var disposition = Disposition().Match(head);
        return disposition.Success && disposition.Groups[1].Value == part && PartType().IsMatch(head)
            ? new SandboxUpload(disposition.Groups[2].Value, body[(headEnd + 4)..fileEnd])
            : null;
    }

    [GeneratedRegex("^Content-Disposition: *form-data; *name=\"([^\"]+)\"; *filename=\"([\\x20-\\x7e-[\"]]+)\"\r?$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Disposition();

    [GeneratedRegex("^Content-Type: *[a-z]+/[-a-z0-9.+]+\r?$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex PartType();
}
