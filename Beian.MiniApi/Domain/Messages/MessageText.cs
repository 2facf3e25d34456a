using System.Globalization;
using System.Text;

namespace Beian.MiniApi.Domain.Messages;

/// <summary>Cleaning and cutting of what a message says.</summary>
internal static class MessageText
{
    /// <summary>First and last code point of the pictures; WeChat does not say how it counts them.</summary>
    private const int FirstPicture = 0x1F000;

    private const int LastPicture = 0x1FAFF;

    /// <summary>
    /// Without line breaks, control and formatting characters, halves of pairs and emoji; runs of white space are one space, none at the ends.
    /// </summary>
    public static string Clean(string? text)
    {
        var clean = new StringBuilder();
        var gap = false;
        foreach (var rune in Runes(text ?? string.Empty))
        {
            if (Rune.IsWhiteSpace(rune))
            {
                gap = true;
            }
            else if (!IsDropped(rune))
            {
                clean.Append(gap && clean.Length > 0 ? " " : string.Empty).Append(rune.ToString());
                gap = false;
            }
        }

        return clean.ToString();
    }

    /// <summary>Length in code points.</summary>
    public static int Length(string text) => text.EnumerateRunes().Count();

    /// <summary>At most so many code points from the front, what belongs together (a letter and its marks) never taken apart.</summary>
    public static string Cut(string text, int most)
    {
        var kept = new StringBuilder();
        var left = most;
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            left -= Length(element);
            if (left < 0)
            {
                break;
            }

            kept.Append(element);
        }

        return kept.ToString();
    }

    /// <summary>The characters that are wanted, from the front.</summary>
    public static string Only(string text, Func<char, bool> wanted, int most)
    {
        var kept = string.Concat(text.Where(wanted));
        return kept.Length <= most ? kept : kept[..most];
    }

    /// <summary>The code points, halves of pairs left out.</summary>
    private static IEnumerable<Rune> Runes(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (Rune.TryGetRuneAt(text, i, out var rune))
            {
                yield return rune;
                i += rune.Utf16SequenceLength;
            }
            else
            {
                i++;
            }
        }
    }

    private static bool IsDropped(Rune rune) => rune.Value is >= FirstPicture and <= LastPicture or 0xFE0F or 0x20E3 || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate;
}
