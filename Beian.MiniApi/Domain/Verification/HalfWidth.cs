namespace Beian.MiniApi.Domain.Verification;

/// <summary>
/// Numbers typed with a Chinese keyboard: full-width digits, letters and signs mean their half-width twins and nothing else, so they are stored as
/// those (what NFKC does to them, and no more than that). Names, addresses and e-mail addresses stay as typed.
/// </summary>
public static class HalfWidth
{
    private const char First = '\uFF01';
    private const char Last = '\uFF5E';
    private const char Blank = '\u3000';

    /// <summary>The distance of a full-width character from its twin.</summary>
    private const int Distance = First - '!';

    public static string? Fold(string? typed) => typed is null || !typed.AsSpan().ContainsAnyInRange(First, Last) && !typed.Contains(Blank, StringComparison.Ordinal)
        ? typed
        : string.Create(typed.Length, typed, static (folded, text) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                folded[i] = text[i] is >= First and <= Last ? (char)(text[i] - Distance) : text[i] == Blank ? ' ' : text[i];
            }
        });
}
