using System.Buffers;

namespace Beian.MiniApi.Domain.Verification;

/// <summary>Organisation codes of nine characters, GB 11714.</summary>
public static class OrganisationCode
{
    private static readonly int[] Weights = [3, 7, 9, 10, 5, 8, 4, 2];

    /// <param name="code">Upper case; a hyphen before the check character is allowed.</param>
    public static NumberFault Check(string? code)
    {
        if (code is { Length: 10 } && code[8] == '-')
        {
            code = code[..8] + code[9];
        }

        if (code is not { Length: 9 } || !code.AsSpan(0, 8).ContainsOnlyUpperOrDigits() || (!char.IsAsciiDigit(code[8]) && code[8] != 'X'))
        {
            return NumberFault.Format;
        }

        var sum = 0;
        for (var i = 0; i < 8; i++)
        {
            sum += (char.IsAsciiDigit(code[i]) ? code[i] - '0' : code[i] - 'A' + 10) * Weights[i];
        }

        var check = (11 - (sum % 11)) switch { 10 => 'X', 11 => '0', var digit => (char)('0' + digit) };
        return check == code[8] ? NumberFault.None : NumberFault.CheckDigit;
    }

    private static bool ContainsOnlyUpperOrDigits(this ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c) && !char.IsAsciiLetterUpper(c))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Unified social credit codes of 18 characters, GB 32100: department, class, region, organisation code, check character.</summary>
public static class CreditCode
{
    /// <summary>Digits and letters without I, O, S, V and Z.</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static readonly SearchValues<char> Known = SearchValues.Create(Alphabet);

    private static readonly int[] Weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    /// <param name="code">Upper case.</param>
    public static NumberFault Check(string? code)
    {
        if (code is not { Length: 18 } || code.AsSpan().ContainsAnyExcept(Known) || code.AsSpan(2, 6).ContainsAnyExceptInRange('0', '9'))
        {
            return NumberFault.Format;
        }

        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            sum += Alphabet.IndexOf(code[i], StringComparison.Ordinal) * Weights[i];
        }

        return Alphabet[(31 - (sum % 31)) % 31] == code[17] && OrganisationCode.Check(code[8..17]) == NumberFault.None ? NumberFault.None : NumberFault.CheckDigit;
    }
}

/// <summary>Registration numbers of business licences from before the unified code, 15 digits, ISO 7064 MOD 11,10.</summary>
public static class BusinessRegistration15
{
    public static NumberFault Check(string? number)
    {
        if (number is not { Length: 15 } || number.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return NumberFault.Format;
        }

        var p = 10;
        for (var i = 0; i < 14; i++)
        {
            var s = (p % 11) + number[i] - '0';
            p = (s % 10 == 0 ? 10 : s % 10) * 2;
        }

        return ((p % 11) + number[14] - '0') % 10 == 1 ? NumberFault.None : NumberFault.CheckDigit;
    }
}
