using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Beian.MiniApi.Platform;

/// <summary>Shortens personal data to what its owner recognises. Who sees it so, and who in full, <see cref="Masking"/> decides.</summary>
public static class Mask
{
    /// <summary>First character, then stars.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static string? Name(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return name;
        }

        var first = StringInfo.GetNextTextElement(name);
        return first + new string('*', Math.Max(1, new StringInfo(name).LengthInTextElements - 1));
    }

    /// <summary>First and last character of a certificate number.</summary>
    [return: NotNullIfNotNull(nameof(number))]
    public static string? Number(string? number) => Middle(number, 1, 1);

    /// <summary>138****8000.</summary>
    [return: NotNullIfNotNull(nameof(phone))]
    public static string? Phone(string? phone) => Middle(phone, 3, 4);

    /// <summary>First character and the domain.</summary>
    [return: NotNullIfNotNull(nameof(email))]
    public static string? Email(string? email)
    {
        var at = email?.LastIndexOf('@') ?? -1;
        return at <= 0 ? Middle(email, 1, 0) : Middle(email![..at], 1, 0) + email[at..];
    }

    /// <summary>The first six characters, which say about which town, and no more.</summary>
    [return: NotNullIfNotNull(nameof(address))]
    public static string? Address(string? address)
    {
        if (string.IsNullOrEmpty(address))
        {
            return address;
        }

        var text = new StringInfo(address);
        return text.SubstringByTextElements(0, Math.Min(6, text.LengthInTextElements / 2)) + "****";
    }

    /// <summary>Nothing but how a file is called at its end: people name pictures after themselves.</summary>
    public static string FileName(string name) => "****" + Path.GetExtension(name);

    [return: NotNullIfNotNull(nameof(text))]
    private static string? Middle(string? text, int head, int tail)
    {
        if (string.IsNullOrEmpty(text))
        {
            return text;
        }

        return text.Length <= head + tail
            ? new string('*', text.Length)
            : string.Concat(text.AsSpan(0, head), new string('*', text.Length - head - tail), text.AsSpan(text.Length - tail));
    }
}
