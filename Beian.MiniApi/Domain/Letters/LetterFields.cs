using System.Collections.Frozen;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;

namespace Beian.MiniApi.Domain.Letters;

/// <summary>What a letter is filled in from.</summary>
/// <param name="Filing">As it is now.</param>
/// <param name="Site">The site it is about; null when it is about the subject, or no site is there yet.</param>
/// <param name="Person">The person it is about: the site's principal, or without a site the subject's.</param>
/// <param name="Book">Names of what the filing holds as codes.</param>
public sealed record LetterFacts(Filing Filing, Site? Site, Person Person, ReferenceBook Book);

/// <summary>A value that a letter can name.</summary>
/// <param name="NameCode">Code of its name in the texts; the placeholder is what follows the prefix.</param>
/// <param name="Read">The value, or null while it is not known.</param>
public sealed record LetterField(string NameCode, Func<LetterFacts, string?> Read)
{
    public string Placeholder => NameCode[LetterFields.Prefix.Length..];
}

/// <summary>Every placeholder a letter may hold, by what stands between the braces.</summary>
public static class LetterFields
{
    /// <summary>Begins the codes of the fields' names.</summary>
    internal const string Prefix = "name.letter.";

    private const string Separator = "、";

    private static readonly LetterField[] Subject =
    [
        new("name.letter.subject.name", f => f.Filing.Snapshot.Subject.Name),
        new("name.letter.subject.certificateType", f => Certificate(f, f.Filing.Snapshot.Verification.CertificateType)),
        new("name.letter.subject.certificateNumber", f => f.Filing.Snapshot.Verification.CertificateNumber),
        new("name.letter.subject.certificateAddress", f => f.Filing.Snapshot.Subject.CertificateAddress),
        new("name.letter.subject.mailingAddress", f => f.Filing.Snapshot.Subject.MailingAddress),
        new("name.letter.legal.name", f => f.Filing.Snapshot.Subject.LegalRepresentative?.Name),
        new("name.letter.legal.certificateType", f => Certificate(f, f.Filing.Snapshot.Subject.LegalRepresentative?.CertificateType)),
        new("name.letter.legal.certificateNumber", f => f.Filing.Snapshot.Subject.LegalRepresentative?.CertificateNumber),
    ];

    private static readonly LetterField[] Principal =
    [
        new("name.letter.principal.name", f => f.Filing.Snapshot.Subject.Principal.Name),
        new("name.letter.principal.certificateType", f => Certificate(f, f.Filing.Snapshot.Subject.Principal.CertificateType)),
        new("name.letter.principal.certificateNumber", f => f.Filing.Snapshot.Subject.Principal.CertificateNumber),
        new("name.letter.principal.mobile", f => f.Filing.Snapshot.Subject.Principal.Mobile),
        new("name.letter.person.name", f => f.Person.Name),
        new("name.letter.person.certificateType", f => Certificate(f, f.Person.CertificateType)),
        new("name.letter.person.certificateNumber", f => f.Person.CertificateNumber),
    ];

    private static readonly LetterField[] Site =
    [
        new("name.letter.site.name", f => f.Site?.Name),
        new("name.letter.site.domain", f => DomainOf(f.Site)),
        new("name.letter.site.serviceContents", f => Contents(f)),
        new("name.letter.site.remark", f => f.Site?.Remark),
        new("name.letter.sitePrincipal.name", f => PrincipalOf(f)?.Name),
        new("name.letter.sitePrincipal.certificateType", f => Certificate(f, PrincipalOf(f)?.CertificateType)),
        new("name.letter.sitePrincipal.certificateNumber", f => PrincipalOf(f)?.CertificateNumber),
        new("name.letter.sitePrincipal.mobile", f => PrincipalOf(f)?.Mobile),
    ];

    private static readonly LetterField[] Whole =
    [
        new("name.letter.sites.names", f => Join(f.Filing.Snapshot.Sites.Select(s => s.Name))),
        new("name.letter.sites.domains", f => Join(f.Filing.Snapshot.Sites.Select(DomainOf))),
        new("name.letter.province", f => ProvinceOf(f)?.Name),
        new("name.letter.authority", f => ProvinceOf(f)?.Authority),
    ];

    private static readonly FrozenDictionary<string, LetterField> ByPlaceholder =
        Subject.Concat(Principal).Concat(Site).Concat(Whole).ToFrozenDictionary(f => f.Placeholder, StringComparer.Ordinal);

    public static IEnumerable<LetterField> All => ByPlaceholder.Values;

    /// <summary>The field of that placeholder, or null.</summary>
    public static LetterField? Find(string placeholder) => ByPlaceholder.GetValueOrDefault(placeholder);

    /// <summary>Whether a placeholder speaks of one site, which a letter of the subject does not have.</summary>
    public static bool IsOfOneSite(string placeholder) => Site.Any(f => f.Placeholder == placeholder);

    private static string? DomainOf(Site? site) => site is null ? null : site.Checks.DisplayDomain ?? site.Domain;

    private static Person? PrincipalOf(LetterFacts facts) => facts.Site is { } site ? facts.Filing.PrincipalOf(site) : null;

    private static Province? ProvinceOf(LetterFacts facts) => facts.Book.FindProvince(facts.Filing.Snapshot.Verification.Region?.Province);

    /// <summary>The certificate's name without what the list adds in brackets, since the letters put it in brackets themselves.</summary>
    private static string? Certificate(LetterFacts facts, int? code) => facts.Book.FindCertificateType(code)?.Name.Split('（')[0];

    private static string? Contents(LetterFacts facts) => Join((facts.Site?.ServiceContents ?? []).Select(c => facts.Book.FindServiceContent(c)?.Name));

    /// <summary>Null when there is nothing to join.</summary>
    private static string? Join(IEnumerable<string?> values)
    {
        var joined = string.Join(Separator, values.Where(v => !string.IsNullOrWhiteSpace(v)));
        return joined.Length == 0 ? null : joined;
    }
}
