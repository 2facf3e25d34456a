namespace Beian.MiniApi.Domain.Letters;

/// <summary>What a piece of a filled letter is.</summary>
public enum LetterPieceKind
{
    /// <summary>Our wording.</summary>
    Wording = 1,

    /// <summary>What the applicant typed or the data says.</summary>
    Value = 2,

    /// <summary>Nothing was typed yet; the text is the code of the field's name.</summary>
    Missing = 3,

    /// <summary>Room to write something that no field holds.</summary>
    ByHand = 4,
}

/// <summary>A stretch of a filled letter.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The words, plain and unescaped; empty for <see cref="LetterPieceKind.ByHand"/>.</param>
public sealed record LetterPiece(LetterPieceKind Kind, string Text);

/// <summary>Reads texts with <c>{placeholders}</c>.</summary>
public static class LetterText
{
    /// <summary>Stands for a line to write on.</summary>
    private const string ByHand = "blank";

    /// <summary>The names between braces, in order; a brace that is never closed ends in an empty name.</summary>
    public static IEnumerable<string> PlaceholdersOf(string text) => Split(text).Where(p => p.IsPlaceholder).Select(p => p.Text);

    /// <summary>Whether there is something to put in the place of that name.</summary>
    public static bool Knows(string placeholder) => placeholder == ByHand || LetterFields.Find(placeholder) is not null;

    /// <summary>The text with every placeholder filled.</summary>
    public static IReadOnlyList<LetterPiece> Fill(string text, LetterFacts facts) =>
        [.. Split(text).Select(p => p.IsPlaceholder ? Fill(LetterFields.Find(p.Text), facts) : new LetterPiece(LetterPieceKind.Wording, p.Text))];

    /// <summary>One field as a piece; null is room to write.</summary>
    public static LetterPiece Fill(LetterField? field, LetterFacts facts)
    {
        if (field is null)
        {
            return new LetterPiece(LetterPieceKind.ByHand, string.Empty);
        }

        var value = field.Read(facts);
        return string.IsNullOrWhiteSpace(value) ? new LetterPiece(LetterPieceKind.Missing, field.NameCode) : new LetterPiece(LetterPieceKind.Value, value.Trim());
    }

    private static IEnumerable<(string Text, bool IsPlaceholder)> Split(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            if (open < 0)
            {
                yield return (text[at..], false);
                yield break;
            }

            if (open > at)
            {
                yield return (text[at..open], false);
            }

            var close = text.IndexOf('}', open);
            yield return (close < 0 ? string.Empty : text[(open + 1)..close], true);
            at = close < 0 ? text.Length : close + 1;
        }
    }
}
