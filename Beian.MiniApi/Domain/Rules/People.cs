using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>What an identity number tells of a person: date of birth, sex and the province it was given in.</summary>
internal static class People
{
    /// <summary>Certificate types whose number follows GB 11643 and names a Chinese province.</summary>
    private const int ResidentIdCard = 2;

    /// <summary>Full years on that day; null when the number does not tell.</summary>
    public static int? AgeOf(Person person, DateOnly today) => AgeOf(person.CertificateNumber, today);

    /// <inheritdoc cref="AgeOf(Person, DateOnly)"/>
    public static int? AgeOf(string? number, DateOnly today)
    {
        if (IdentityNumber.BirthDate(Digits(number)) is not { } birth || birth > today)
        {
            return null;
        }

        var years = today.Year - birth.Year;
        return birth.AddYears(years) > today ? years - 1 : years;
    }

    /// <summary>True for a man, by the 17th digit; null when the number does not tell.</summary>
    public static bool? IsMale(string? number) => Digits(number) is { } text && char.IsAsciiDigit(text[16]) ? (text[16] - '0') % 2 == 1 : null;

    /// <summary>Code of the province a resident identity card was given in; null for other papers.</summary>
    public static string? ProvinceOf(int? certificateType, string? number) =>
        certificateType == ResidentIdCard && Digits(number) is { } text && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1]) ? text[..2] + "0000" : null;

    private static string? Digits(string? number) => number?.Trim() is { Length: 18 } text ? text : null;
}
