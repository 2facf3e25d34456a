using System.Globalization;
using System.Text;

namespace Beian.MiniApi.Domain.Materials;

/// <summary>File names as display text. They come from strangers and are never used as a path.</summary>
public static class FileNames
{
    /// <summary>Stands for a name of which nothing is left.</summary>
    public const string Unnamed = "material";

    private const int LongestExtension = 8;

    /// <summary>
    /// Without folders, control and invisible formatting characters (which could show another extension than there is), at most
    /// <see cref="MaterialLimits.FileNameChars"/> long with the extension kept. Null and empty become <see cref="Unnamed"/>.
    /// </summary>
    public static string Clean(string? raw)
    {
        var name = (raw ?? string.Empty).AsSpan();
        name = name[(name.LastIndexOfAny('/', '\\') + 1)..];
        var clean = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (IsShown(rune))
            {
                clean.Append(rune);
            }
        }

        var text = clean.ToString().Trim(' ', '.', '\u3000');
        return text.Length == 0 ? Unnamed : Shorten(text);
    }

    private static bool IsShown(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);

    private static string Shorten(string text)
    {
        if (text.Length <= MaterialLimits.FileNameChars)
        {
            return text;
        }

        var dot = text.LastIndexOf('.');
        var extension = dot > 0 && text.Length - dot <= LongestExtension ? text[dot..] : string.Empty;
        var keep = MaterialLimits.FileNameChars - extension.Length;
        keep -= char.IsHighSurrogate(text[keep - 1]) ? 1 : 0;
        return text[..keep] + extension;
    }
}
