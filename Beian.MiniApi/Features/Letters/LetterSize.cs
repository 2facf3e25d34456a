using Beian.MiniApi.Domain.Letters;

namespace Beian.MiniApi.Features.Letters;

/// <summary>Chooses the type size with which a letter fits on one page: 16 pt as such letters are usually set, smaller the longer its names are.</summary>
internal static class LetterSize
{
    /// <summary>What the margins of the style leave of A4, in millimetres.</summary>
    private const double Width = 158;
    private const double Height = 255;

    private const double MillimetresPerPoint = 25.4 / 72;

    /// <summary>Room for lines that break early, since neither a word nor a mark of punctuation may stand just anywhere.</summary>
    private const double Slack = 1.06;

    /// <summary>Width of a letter or digit, compared with a Chinese character; the wider ones of proportional faces.</summary>
    private const double NarrowWidth = 0.62;

    private const double BoxHeight = 42;
    private const double LinesWidth = 100;
    private const double SignMargin = 8;

    /// <summary>Class of the style, size in points, line height in em; from the usual to the smallest that reads well on paper.</summary>
    private static readonly (string Class, double Points, double LineHeight)[] Sizes = [("f16", 16, 1.8), ("f14", 14, 1.8), ("f12", 12, 1.8), ("f12t", 12, 1.5), ("f10t", 10.5, 1.45)];

    /// <summary>The class of the largest size that fits, else of the smallest.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="wordsOf">The words printed beside something to do by hand.</param>
    public static string ClassOf(FilledLetter letter, Func<SignatureBlock, string> wordsOf)
    {
        foreach (var size in Sizes)
        {
            if (HeightOf(letter, wordsOf, size.Points * MillimetresPerPoint, size.LineHeight) <= Height)
            {
                return size.Class;
            }
        }

        return Sizes[^1].Class;
    }

    private static double HeightOf(FilledLetter letter, Func<SignatureBlock, string> wordsOf, double em, double lineHeight)
    {
        var line = em * lineHeight;
        var title = (Lines(LengthOf(letter.Title) * 1.4, em, Width) * 1.4 * 1.5 * em) + (0.8 * 1.4 * em);
        var body = letter.Paragraphs.Sum(p => Lines(2 + LengthOf(p), em, Width)) + (letter.Addressee.Count == 0 ? 0 : Lines(LengthOf(letter.Addressee), em, Width));
        var lines = 0.0;
        var clause = 0.0;
        foreach (var block in letter.Signature)
        {
            var length = LengthOf(wordsOf(block)) + LengthOf(block.Beside);
            if (block.Word == LetterSigning.Clause)
            {
                clause += (Lines(length, em, Width) * line) + (5 * em);
            }
            else
            {
                lines += Math.Max(2.1 * em, Lines(length, em, LinesWidth) * line);
            }
        }

        var hasBox = letter.Signature.Any(s => s.Word is LetterSigning.Seal or LetterSigning.Fingerprint);
        return title + (body * line) + clause + SignMargin + Math.Max(lines, hasBox ? BoxHeight : 0);
    }

    private static double Lines(double length, double em, double width) => Math.Max(1, Math.Ceiling(length * Slack * em / width));

    private static double LengthOf(IReadOnlyList<LetterPiece> pieces) =>
        pieces.Sum(p => p.Kind is LetterPieceKind.Missing or LetterPieceKind.ByHand ? LetterPages.BlankWidth : LengthOf(p.Text));

    private static double LengthOf(string text) => text.EnumerateRunes().Sum(r => r.Value < 0x2E80 ? NarrowWidth : 1);
}
