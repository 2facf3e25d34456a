namespace Beian.MiniApi.Domain.Verification;

/// <summary>Shapes of telephone numbers and e-mail addresses; linear in the length, ASCII digits only.</summary>
public static class PhoneNumbers
{
    /// <summary>Longest e-mail address a filing takes.</summary>
    public const int MaxEmailLength = 64;

    /// <summary>A mobile number without blanks, hyphens and the country code 86; other text comes back trimmed.</summary>
    public static string NormaliseMobile(string typed)
    {
        var text = typed.Trim();
        if (text.Length > 32)
        {
            return text;
        }

        var digits = text.Replace(" ", string.Empty, StringComparison.Ordinal).Replace("-", string.Empty, StringComparison.Ordinal);
        foreach (var prefix in new[] { "+86", "0086", "86" })
        {
            if (digits.StartsWith(prefix, StringComparison.Ordinal) && IsMobile(digits[prefix.Length..]))
            {
                return digits[prefix.Length..];
            }
        }

        return IsMobile(digits) ? digits : text;
    }

    /// <summary>
    /// A number that WeChat gave, digits only: bare for the mainland (86), behind its country code elsewhere. Null for what is no telephone number by
    /// its length (ITU-T E.164 has at most 15 digits).
    /// </summary>
    public static string? WithCountry(string countryCode, string pureNumber)
    {
        static string Bare(string text) => new([.. text.Where(char.IsAsciiDigit)]);
        var (country, number) = (Bare(countryCode), Bare(pureNumber));
        if (country is "86")
        {
            return IsMobile(number) ? number : null;
        }

        return country.Length is >= 1 and <= 4 && number.Length >= 4 && country.Length + number.Length <= 15 ? country + number : null;
    }

    /// <summary>An e-mail address as it is compared: without blanks around it, in lower case.</summary>
#pragma warning disable CA1308 // Addresses are compared in lower case everywhere else too.
    public static string NormaliseEmail(string typed) => typed.Trim().ToLowerInvariant();
#pragma warning restore CA1308

    /// <summary>Eleven digits, 1 and then 3 to 9.</summary>
    public static bool IsMobile(string? number) => number is { Length: 11 } && number[0] == '1' && number[1] is >= '3' and <= '9' && Digits(number);

    /// <summary>Area code, local number of 7 or 8 digits not beginning with 0 or 1, and up to six digits of extension; hyphens between, the first one optional.</summary>
    public static bool IsLandline(string? number) => AreaCodeOf(number) is not null;

    public static bool IsMobileOrLandline(string? number) => IsMobile(number) || IsLandline(number);

    /// <summary>The area code of a landline, such as 0571; null when it is none.</summary>
    public static string? AreaCodeOf(string? number)
    {
        if (number is not { Length: >= 10 and <= 20 } || number[0] != '0')
        {
            return null;
        }

        var length = number[1] switch { '1' when number[2] == '0' => 3, '2' when number[2] is (>= '0' and <= '5') or (>= '7' and <= '9') => 3, >= '3' and <= '9' => 4, _ => 0 };
        if (length == 0 || !Digits(number.AsSpan(0, length)))
        {
            return null;
        }

        var local = number.AsSpan(number[length] == '-' ? length + 1 : length);
        var end = local.IndexOf('-');
        if (end >= 0 && (local.Length - end - 1 is < 1 or > 6 || !Digits(local[(end + 1)..])))
        {
            return null;
        }

        local = end < 0 ? local : local[..end];
        return local.Length is 7 or 8 && local[0] is >= '2' and <= '9' && Digits(local) ? number[..length] : null;
    }

    /// <summary>One @ between a local part of common characters and a host name with a dot; whether it receives mail is not told.</summary>
    public static bool IsEmail(string? address)
    {
        if (address is not { Length: >= 6 and <= MaxEmailLength })
        {
            return false;
        }

        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at is > 0 and <= 64 && IsLocalPart(address.AsSpan(0, at)) && IsHost(address.AsSpan(at + 1));
    }

    private static bool IsLocalPart(ReadOnlySpan<char> local)
    {
        for (var i = 0; i < local.Length; i++)
        {
            var dot = local[i] == '.';
            if ((dot && (i == 0 || i == local.Length - 1 || local[i - 1] == '.')) || (!dot && !char.IsAsciiLetterOrDigit(local[i]) && !"!#$%&'*+/=?^_`{|}~-".Contains(local[i], StringComparison.Ordinal)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsHost(ReadOnlySpan<char> host)
    {
        var labels = 0;
        foreach (var range in host.Split('.'))
        {
            var label = host[range];
            labels++;
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            foreach (var c in label)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                {
                    return false;
                }
            }
        }

        return labels >= 2 && !char.IsAsciiDigit(host[^1]);
    }

    private static bool Digits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
