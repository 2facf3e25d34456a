using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Verification;

/// <summary>A registrable domain under an approved suffix: one label and the suffix.</summary>
/// <param name="Ascii">Lower-case A-labels; what is stored, compared and asked for.</param>
/// <param name="Unicode">U-labels; what people read.</param>
/// <param name="Suffix">The row of its suffix: which lists name it and which natures may use it.</param>
public sealed record DomainName(string Ascii, string Unicode, DomainSuffix Suffix);

/// <summary>What became of a typed domain.</summary>
/// <param name="Domain">The domain, or null when a finding is an error.</param>
/// <param name="Findings">The error, or what was changed: <c>domain.normalised</c> as info or warning, <c>domain.subdomain</c> as warning.</param>
public sealed record DomainReading(DomainName? Domain, IReadOnlyList<Finding> Findings)
{
    /// <summary>The row of the suffix data by which it was refused; null for a domain that was read.</summary>
    public RuleRef? Rule { get; init; }
}

/// <summary>Turns what people type into a domain name.</summary>
public static class DomainNames
{
    /// <summary>Longest text looked at; a host name has at most 253 characters, an address around it may have more.</summary>
    public const int MaxTypedLength = 2048;

    private const string Table = "domain-suffixes";
    private const int MaxHostLength = 253;
    private const int MaxLabelLength = 63;

    /// <summary>What people write between two domains.</summary>
    private static readonly char[] Separators = [.. " \t\r\n　,，;；、|"];

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };
    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <param name="typed">Anything, or null.</param>
    /// <param name="book">Where the approved suffixes are.</param>
    /// <param name="pointer">Where the findings point.</param>
    public static DomainReading Read(string? typed, ReferenceBook book, string pointer = "/domain")
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return Refuse(book, "domain.empty", pointer);
        }

        if (typed.Length > MaxTypedLength)
        {
            return Refuse(book, "domain.notADomain", pointer);
        }

        if (AreSeveral(typed, book))
        {
            return Refuse(book, "domain.several", pointer);
        }

        var peeled = new TypedDomain(typed);
        if (IsAddress(peeled.Host))
        {
            return Refuse(book, "domain.ipAddress", pointer);
        }

        if (!peeled.Broken && WrittenCharacters.FirstInvisible(peeled.Host) is { } hidden)
        {
            return Refuse(book, "domain.invisible", pointer, ("character", hidden));
        }

        if (peeled.Broken || ToAscii(peeled.Host) is not { } ascii)
        {
            return Refuse(book, "domain.notADomain", pointer);
        }

        return Register(ascii, peeled, book, pointer);
    }

    /// <summary>A text that was no domain, as the result of the check of its name.</summary>
    public static CheckResult Refused(DomainReading reading, RuleSet rules, DateTimeOffset now)
    {
        var wrong = reading.Findings[0];
        var rule = wrong.Code == "domain.several" ? (rules.Find<int?>("maxDomainsPerSite") ?? rules.Find<int?>("domainsPerSite"))?.Ref : null;
        return CheckResult.Failed(CheckNames.DomainName, wrong.Code, null, now) with { Rule = rule ?? reading.Rule, Args = wrong.Args };
    }

    /// <summary>The Unicode form of A-labels, or the A-labels themselves when they encode nothing sensible.</summary>
    public static string ToUnicode(string ascii)
    {
        try
        {
            return Idn.GetUnicode(ascii);
        }
        catch (ArgumentException)
        {
            return ascii;
        }
    }

    private static DomainReading Register(string ascii, TypedDomain peeled, ReferenceBook book, string pointer)
    {
        var labels = ascii.Split('.');
        if (book.Tables.SuffixVariants.TryGetValue(labels[^1], out var mirrored))
        {
            peeled.Note($"{ToUnicode(labels[^1])} → {ToUnicode(mirrored)}", Severity.Info);
            labels[^1] = mirrored;
        }

        var first = 0;
        DomainSuffix? suffix = null;
        while (first < labels.Length && (suffix = book.FindSuffix(string.Join('.', labels[first..]))) is null)
        {
            first++;
        }

        if (suffix is not null && first == 0)
        {
            return Refuse(book, "domain.bareSuffix", pointer, ("suffix", suffix.Unicode));
        }

        if (labels.Length == 1)
        {
            return Refuse(book, "domain.notADomain", pointer);
        }

        if (suffix is not { Approved: true })
        {
            return Refuse(book, "domain.suffixNotApproved", pointer, ("suffix", suffix?.Unicode ?? ToUnicode(labels[^1]))) with { Rule = book.RefOf(Table, "rules") };
        }

        var registrable = string.Join('.', labels[(first - 1)..]);
        var domain = new DomainName(registrable, ToUnicode(registrable), suffix);
        return new DomainReading(domain, Remarks(domain, labels[..(first - 1)], peeled, pointer));
    }

    private static List<Finding> Remarks(DomainName domain, string[] below, TypedDomain peeled, string pointer)
    {
        var findings = new List<Finding>();
        if (below is ["www"])
        {
            peeled.Note("www.", Severity.Warning);
        }
        else if (below.Length > 0)
        {
            var entered = ToUnicode(string.Join('.', below)) + "." + domain.Unicode;
            findings.Add(new Finding(pointer, "domain.subdomain", Severity.Warning) { Args = Texts.Args(("domain", domain.Unicode), ("entered", entered)) });
        }

        if (peeled.Notes.Count > 0)
        {
            findings.Insert(0, new Finding(pointer, "domain.normalised", peeled.Severity) { Args = Texts.Args(("removed", string.Join(", ", peeled.Notes)), ("domain", domain.Unicode)) });
        }

        return findings;
    }

    private static DomainReading Refuse(ReferenceBook book, string code, string pointer, params (string Name, string Value)[] args) =>
        new(null, [new Finding(pointer, code) { Args = Texts.Args(args) }]) { Rule = book.RefOf(Table, "registrableOnly") };

    /// <summary>Whether somebody typed two domains or more, which no separator makes one: each part alone is one.</summary>
    private static bool AreSeveral(string typed, ReferenceBook book)
    {
        var parts = typed.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Length > 1 && Array.TrueForAll(parts, part => Read(part, book).Domain is not null);
    }

    private static bool IsAddress(string host) =>
        (host.Contains('.', StringComparison.Ordinal) || host.Contains(':', StringComparison.Ordinal)) && IPAddress.TryParse(host, out _);

    /// <summary>Lower-case A-labels of a host name, or null when it is none.</summary>
    private static string? ToAscii(string host)
    {
        if (host.Length is 0 or > MaxHostLength || !host.EnumerateRunes().All(IsLetterOrAscii))
        {
            return null;
        }

        try
        {
            var ascii = host.All(char.IsAscii) ? host : Idn.GetAscii(host).ToLowerInvariant();
            return ascii.Length <= MaxHostLength && ascii.Split('.').All(IsLabel) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>IDNA 2008 takes letters, marks and digits beyond ASCII; symbols such as emoji and unpaired surrogates are out.</summary>
    private static bool IsLetterOrAscii(Rune rune) => rune.IsAscii || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber;

    private static bool IsLabel(string label)
    {
        if (label.Length is 0 or > MaxLabelLength || label[0] == '-' || label[^1] == '-' || label.AsSpan().ContainsAnyExcept(LabelCharacters))
        {
            return false;
        }

        // Hyphens in third and fourth place are kept for encodings (RFC 5891, 4.2.3.1), and an encoded label must be the encoding of something.
        return label.Length < 4 || label[2] != '-' || label[3] != '-' || IsEncoded(label);
    }

    private static bool IsEncoded(string label)
    {
        if (!label.StartsWith("xn--", StringComparison.Ordinal))
        {
            return false;
        }

        try
        {
            var decoded = Idn.GetUnicode(label);
            return decoded != label && decoded.EnumerateRunes().All(IsLetterOrAscii) && Idn.GetAscii(decoded) == label;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
