using System.Globalization;

namespace Beian.MiniApi.Domain.Filings;

/// <summary>The short number of a filing for the telephone: six digits of the date in China, seven of chance, one check digit (Luhn).</summary>
public static class FilingNumber
{
    /// <param name="now">Business time.</param>
    /// <param name="chance">Any number; its last seven digits are used.</param>
    public static string Create(DateTimeOffset now, ulong chance)
    {
        var body = now.ToOffset(TimeSpan.FromHours(8)).ToString("yyMMdd", CultureInfo.InvariantCulture)
            + (chance % 10_000_000).ToString("0000000", CultureInfo.InvariantCulture);
        return body + CheckDigit(body);
    }

    /// <summary>True for digits whose last one is the check digit of the rest: tells a mistyped number at once.</summary>
    public static bool IsValid(string number) =>
        number.Length == 14 && number.All(char.IsAsciiDigit) && number[^1] == CheckDigit(number[..^1]);

    private static char CheckDigit(string body)
    {
        var sum = 0;
        for (var i = 0; i < body.Length; i++)
        {
            var digit = body[body.Length - 1 - i] - '0';
            digit = i % 2 == 0 ? digit * 2 : digit;
            sum += digit > 9 ? digit - 9 : digit;
        }

        return (char)('0' + ((10 - (sum % 10)) % 10));
    }
}
