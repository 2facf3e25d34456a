using System.Globalization;
using System.Text;

namespace Beian.MiniApi.Domain.Accounts;

/// <summary>
/// The form in which passwords are hashed and compared, so that the same keys pressed on another machine give the same password. SP 800-63B asks for NFKC, whose
/// tables this program runs without (invariant globalization); done here is the part that Chinese keyboards make a difference by: full-width letters, digits,
/// signs and spaces become plain ones. What NFKC would change besides is refused when a password is chosen: <see cref="IsStable(string)"/>.
/// </summary>
public static class PasswordText
{
    private const char FirstWide = '\uFF01';
    private const char LastWide = '\uFF5E';
    private const char WideToPlain = (char)0xFEE0;

    public static string Normalise(string typed)
    {
        var text = new StringBuilder(typed.Length);
        foreach (var c in typed)
        {
            text.Append(c switch
            {
                >= FirstWide and <= LastWide => (char)(c - WideToPlain),
                '\u3000' or '\u00A0' => ' ',
                _ => c,
            });
        }

        return text.ToString();
    }

    /// <summary>How long it is: a character outside the basic plane counts once.</summary>
    public static int LengthOf(string password) => password.EnumerateRunes().Count();

    /// <summary>
    /// False for what another machine may send in another form: accents apart from their letter, letters that have such a form, presentation forms, invisible
    /// and control characters, half a surrogate pair. ASCII and Chinese characters are always stable.
    /// </summary>
    public static bool IsStable(string password)
    {
        for (var i = 0; i < password.Length; i += char.IsSurrogatePair(password, i) ? 2 : 1)
        {
            if (!Rune.TryGetRuneAt(password, i, out var rune) || !IsStable(rune))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsStable(Rune rune) => rune.Value is >= ' ' and <= '~' || (Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.OtherLetter or UnicodeCategory.OtherPunctuation or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation
            or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.CurrencySymbol or UnicodeCategory.OtherSymbol => true,
        _ => false,
    } && !IsCompatibility(rune.Value));

    /// <summary>Blocks of characters that NFKC replaces by others.</summary>
    private static bool IsCompatibility(int c) => c is < 0x2E80 and not (>= 0x2010 and <= 0x2022) or (>= 0x2F00 and <= 0x2FDF) or (>= 0x3130 and <= 0x318F) or (>= 0x3200 and <= 0x33FF)
        or (>= 0xAC00 and <= 0xD7FF) or (>= 0xF900 and <= 0xFFFF) or (>= 0x1F100 and <= 0x1F2FF) or (>= 0x2F800 and <= 0x2FA1F);
}
