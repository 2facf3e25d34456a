using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Beian.MiniApi.Domain.Materials;

/// <summary>
/// A term as papers print it: <c>2019年1月1日至长期</c>, <c>20070105-20270105</c>, <c>自2019年1月1日至2039年12月31日</c>. What cannot be told for sure is null;
/// nothing is guessed.
/// </summary>
/// <param name="From">First day, <c>YYYY-MM-DD</c>, or null.</param>
/// <param name="To">Last day, <c>YYYY-MM-DD</c> or <c>longTerm</c>, or null.</param>
public sealed partial record PrintedTerm(string? From, string? To)
{
    public static readonly PrintedTerm Unreadable = new(null, null);

    /// <summary>What stands for the end of a paper that has none, as everywhere in the form.</summary>
    private const string LongTerm = Filings.Person.LongTerm;

    /// <summary>Longer texts are no terms.</summary>
    private const int MaxLength = 64;

    /// <summary>Reads a term of two ends; one that ends before it begins is unreadable.</summary>
    public static PrintedTerm Read(string? printed)
    {
        var text = Plain(printed);
        var days = Day().Matches(text);
        var endless = Endless().IsMatch(text);
        if (days.Count == 0)
        {
            return endless ? new PrintedTerm(null, LongTerm) : Unreadable;
        }

        var first = DateOf(days[0]);
        if (days.Count == 1)
        {
            return OneDay(text, days[0], first, endless);
        }

        var last = DateOf(days[1]);
        return days.Count > 2 || endless || (first is { } f && last is { } l && l <= f) ? Unreadable : new PrintedTerm(Text(first), Text(last));
    }

    /// <summary>One date and nothing else; null for anything else.</summary>
    public static string? ReadDay(string? printed)
    {
        var text = Plain(printed);
        var day = Day().Match(text);
        return day.Success && day.Length == text.Length ? Text(DateOf(day)) : null;
    }

    /// <summary>As the form writes dates.</summary>
    public static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A single date is the begin or the end only where the words beside it say so.</summary>
    private static PrintedTerm OneDay(string text, Match day, DateOnly? date, bool endless)
    {
        var until = Until().IsMatch(text[..day.Index]);
        var since = Until().IsMatch(text[(day.Index + day.Length)..]);
        return (endless, until, since) switch
        {
            (true, false, _) => new PrintedTerm(Text(date), LongTerm),
            (false, true, false) => new PrintedTerm(null, Text(date)),
            (false, false, true) => new PrintedTerm(Text(date), null),
            _ => Unreadable,
        };
    }

    /// <summary>Null for a day that no calendar has.</summary>
    private static DateOnly? DateOf(Match match)
    {
        int Number(string part) => int.Parse(match.Groups[part].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var (year, month, day) = (Number("y"), Number("m"), Number("d"));
        return year is >= 1900 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    /// <summary>Without blanks, with half-width digits and signs.</summary>
    private static string Plain(string? printed)
    {
        if (printed is null || printed.Length > MaxLength)
        {
            return string.Empty;
        }

        var text = new StringBuilder(printed.Length);
        foreach (var c in printed.Where(c => !char.IsWhiteSpace(c)))
        {
            text.Append(c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c);
        }

        return text.ToString();
    }

    [GeneratedRegex("(?<![0-9])(?:(?<y>[0-9]{4})(?:年|[-./])(?<m>[0-9]{1,2})(?:月|[-./])(?<d>[0-9]{1,2})日?|(?<y>[0-9]{4})(?<m>[0-9]{2})(?<d>[0-9]{2}))(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Day();

    [GeneratedRegex("长期|永久|无固定期限", RegexOptions.CultureInvariant)]
    private static partial Regex Endless();

    [GeneratedRegex("至|到|-|—|~|－", RegexOptions.CultureInvariant)]
    private static partial Regex Until();
}
