using System.Globalization;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>Numbers that pass every check and belong to nobody: birth sequence 000 is never given out, and the organisation codes begin with <c>MADE</c>.</summary>
public static class MadeUp
{
    private const string CreditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>A citizen identification number: county of that name, a date of birth counted from 1970, sequence 000.</summary>
    public static string IdentityNumber(int n, string county = "110101")
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var body = county + new DateOnly(1970, 1, 1).AddDays(n).ToString("yyyyMMdd", CultureInfo.InvariantCulture) + "000";
        return body + "10X98765432"[body.Zip(weights, (c, w) => (c - '0') * w).Sum() % 11];
    }

    /// <summary>A unified social credit code of an enterprise in that county.</summary>
    /// <param name="n">0 to 9,999.</param>
    /// <param name="county">Division code.</param>
    /// <param name="kind">First two characters: <c>91</c> enterprise, <c>12</c> public institution, and so on.</param>
    public static string CreditCode(int n, string county = "110101", string kind = "91")
    {
        int[] organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];
        int[] weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
        var organisation = "MADE" + n.ToString("0000", CultureInfo.InvariantCulture);
        var sum = organisation.Zip(organisationWeights, (c, w) => (char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10) * w).Sum();
        var check = (11 - (sum % 11)) switch { 10 => 'X', 11 => '0', var digit => (char)('0' + digit) };
        var body = kind + county + organisation + check;
        return body + CreditAlphabet[(31 - (body.Zip(weights, (c, w) => CreditAlphabet.IndexOf(c, StringComparison.Ordinal) * w).Sum() % 31)) % 31];
    }

    /// <summary>A mobile number of the right form.</summary>
    public static string Mobile(int n) => "1380000" + (n % 10_000).ToString("0000", CultureInfo.InvariantCulture);
}
