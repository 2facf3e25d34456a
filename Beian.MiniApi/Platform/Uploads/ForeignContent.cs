namespace Beian.MiniApi.Platform.Uploads;

/// <summary>
/// Finds the beginnings of other kinds of file inside the texts, comments and padding of a picture or film: a file that is two things at once is taken for
/// the other one by somebody. Pixels are not looked through: what they hold cannot be addressed.
/// </summary>
internal static class ForeignContent
{
    /// <summary>The longest beginning that is looked for, 38 bytes.</summary>
    public const int MostBytes = 38;

    public static bool IsIn(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf("%PDF-"u8) >= 0 || bytes.IndexOf("PK\u0003\u0004"u8) >= 0 || bytes.IndexOf("PK\u0005\u0006"u8) >= 0 || bytes.IndexOf("Rar!\u001A\u0007"u8) >= 0
        || bytes.IndexOf("\u007FELF"u8) >= 0 || bytes.IndexOf("This program cannot be run in DOS mode"u8) >= 0 || bytes.IndexOf("#!/"u8) == 0 || IsMarkup(bytes);

    /// <summary>Beginnings of tags and programs, whatever the case of their letters.</summary>
    private static bool IsMarkup(ReadOnlySpan<byte> bytes)
    {
        for (var at = bytes.IndexOf((byte)'<'); at >= 0;)
        {
            var rest = bytes[(at + 1)..];
            if (Begins(rest, "script"u8) || Begins(rest, "html"u8) || Begins(rest, "!doctype html"u8) || Begins(rest, "?php"u8) || Begins(rest, "iframe"u8) || Begins(rest, "svg "u8) || Begins(rest, "svg>"u8))
            {
                return true;
            }

            var next = rest.IndexOf((byte)'<');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    private static bool Begins(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> with) =>
        bytes.Length >= with.Length && System.Text.Ascii.EqualsIgnoreCase(bytes[..with.Length], with);
}
