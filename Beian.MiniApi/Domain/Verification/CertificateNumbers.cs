using System.Text.RegularExpressions;
using Beian.MiniApi.Domain.Reference;

namespace Beian.MiniApi.Domain.Verification;

/// <summary>Whether a number can stand on a certificate of its type, by the type's data row. Never throws, whatever was typed.</summary>
public static class CertificateNumbers
{
    /// <summary>Longest number stored.</summary>
    public const int MaxLength = 64;

    /// <summary>The number as it is stored and compared: without surrounding blanks, in upper case.</summary>
    public static string Normalise(string number) => number.Trim().ToUpperInvariant();

    /// <param name="type">The type's row.</param>
    /// <param name="number">As typed; blanks around it and lower case do not matter.</param>
    /// <param name="today">The date in China.</param>
    /// <returns>Null when nothing speaks against it, else a code such as <c>certificate.checkDigit</c>.</returns>
    public static string? Check(CertificateType type, string? number, DateOnly today)
    {
        if (string.IsNullOrWhiteSpace(number) || number.Length > MaxLength * 2)
        {
            return "certificate.numberFormat";
        }

        var normalised = Normalise(number);
        if (normalised.Length > MaxLength)
        {
            return "certificate.numberFormat";
        }

        if (type.Format is null && type.Alternatives.Count == 0)
        {
            return normalised.Any(char.IsControl) ? "certificate.numberFormat" : null;
        }

        // \d matches digits of every script, and no published form knows others than ASCII ones.
        return normalised.All(char.IsAscii) ? CodeOf(Judge(type, normalised, today)) : "certificate.numberFormat";
    }

    /// <summary>What a credit code's first two characters stand for when that is another nature than the one chosen, else null.</summary>
    public static string? OtherNature(ReferenceBook book, CertificateType type, string number, int? subjectNature)
    {
        var code = Normalise(number);
        return type.Format?.Checksum == Checksum.Gb32100 && code.Length == 18 && subjectNature is { } nature
            && book.FindCreditCodePrefix(code) is { NatureCodes.Count: > 0 } prefix && !prefix.NatureCodes.Contains(nature)
                ? prefix.Name
                : null;
    }

    /// <summary>The best result among the forms that match; the usual form without a check digit of its own only counts when no alternative matches.</summary>
    private static NumberFault Judge(CertificateType type, string number, DateOnly today)
    {
        var alternatives = type.Alternatives.Where(a => Matches(a.Pattern, number)).ToList();
        var usual = type.Format is { } format && Matches(format.Pattern, number) ? format : null;
        if (usual is not null && (usual.Checksum != Checksum.None || alternatives.Count == 0))
        {
            alternatives.Insert(0, usual);
        }

        var first = NumberFault.Format;
        for (var i = 0; i < alternatives.Count; i++)
        {
            var fault = Fault(alternatives[i].Checksum, number, today);
            if (fault == NumberFault.None)
            {
                return NumberFault.None;
            }

            first = i == 0 ? fault : first;
        }

        return first;
    }

    private static NumberFault Fault(Checksum checksum, string number, DateOnly today) => checksum switch
    {
        Checksum.Gb11643 => IdentityNumber.Check(number, today),
        Checksum.Gb11643Foreign => IdentityNumber.Check(number, today, foreign: true),
        Checksum.Gb32100 => CreditCode.Check(number),
        Checksum.Gb11714 => OrganisationCode.Check(number),
        Checksum.BusinessRegistration15 => BusinessRegistration15.Check(number),
        _ => NumberFault.None,
    };

    private static string? CodeOf(NumberFault fault) => fault switch
    {
        NumberFault.None => null,
        NumberFault.CheckDigit => "certificate.checkDigit",
        NumberFault.BirthDate => "certificate.birthDate",
        NumberFault.Region => "certificate.region",
        _ => "certificate.numberFormat",
    };

    private static bool Matches(Regex pattern, string number)
    {
        try
        {
            return pattern.IsMatch(number);
        }
        catch (RegexMatchTimeoutException)
        {
            // Only a pattern that an operator laid over ours can be that slow.
            return false;
        }
    }
}
