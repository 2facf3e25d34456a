using System.Globalization;

namespace Beian.MiniApi.Domain.Verification;

/// <summary>What is wrong with a number.</summary>
public enum NumberFault
{
    None = 0,
    Format = 1,
    Region = 2,
    BirthDate = 3,
    CheckDigit = 4,
}

/// <summary>Citizen identification numbers of 18 characters, GB 11643.</summary>
public static class IdentityNumber
{
    private const string CheckCharacters = "10X98765432";

    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Province parts of GB/T 2260, with 81 to 83 for residence permits of Hong Kong, Macao and Taiwan residents. County codes are not judged: old numbers carry retired ones.</summary>
    private static readonly HashSet<string> Provinces =
    [
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44", "45", "46",
        "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
    ];

    /// <param name="number">Digits and an upper-case X, nothing else.</param>
    /// <param name="today">The date in China; a later date of birth is a fault.</param>
    /// <param name="foreign">True for permanent residence cards, whose leading digits name a nationality.</param>
    public static NumberFault Check(string? number, DateOnly today, bool foreign = false)
    {
        if (number is not { Length: 18 } || number.AsSpan(0, 17).ContainsAnyExceptInRange('0', '9') || (!char.IsAsciiDigit(number[17]) && number[17] != 'X'))
        {
            return NumberFault.Format;
        }

        if (foreign ? number[0] != '9' : !Provinces.Contains(number[..2]))
        {
            return NumberFault.Region;
        }

        if (BirthDate(number) is not { } birth || birth > today)
        {
            return NumberFault.BirthDate;
        }

        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            sum += (number[i] - '0') * Weights[i];
        }

        return CheckCharacters[sum % 11] == number[17] ? NumberFault.None : NumberFault.CheckDigit;
    }

    /// <summary>The date of birth in a number of 18 characters; null when there is none.</summary>
    public static DateOnly? BirthDate(string? number) =>
        number is { Length: 18 } && DateOnly.TryParseExact(number.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
