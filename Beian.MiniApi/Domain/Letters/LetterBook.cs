using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Letters;

/// <summary>A letter that can be filled in for a filing.</summary>
/// <param name="Material">Its row of the materials data.</param>
/// <param name="SiteId">The site it is about, or null for the subject.</param>
/// <param name="Due">Whether the filing's requirements ask for it now.</param>
/// <param name="Signing">What is left to do by hand.</param>
/// <param name="MaxAge">Months or days from signing to submission, as the province has it; both null where no age is stated.</param>
public sealed record LetterOffer(Reference.Material Material, string? SiteId, bool Due, IReadOnlyList<string> Signing, (int? Months, int? Days) MaxAge);

/// <summary>One thing to do by hand, and what is printed beside it.</summary>
/// <param name="Word">One of <see cref="LetterSigning"/>.</param>
/// <param name="Beside">The organisation's name beside its seal, the domain, the clause to copy; empty for all else.</param>
public sealed record SignatureBlock(string Word, IReadOnlyList<LetterPiece> Beside);

/// <summary>A letter filled in from a filing.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Addressee">To whom; empty for nobody.</param>
/// <param name="Paragraphs">The body.</param>
/// <param name="Signature">What is left to do, in order.</param>
public sealed record FilledLetter(
    IReadOnlyList<LetterPiece> Title, IReadOnlyList<LetterPiece> Addressee, IReadOnlyList<IReadOnlyList<LetterPiece>> Paragraphs, IReadOnlyList<SignatureBlock> Signature)
{
    /// <summary>Codes of the names of the fields that are not typed yet, each once.</summary>
    public IReadOnlyList<string> Missing =>
        [.. Paragraphs.Concat(Signature.Select(s => s.Beside)).Prepend(Addressee).Prepend(Title).SelectMany(p => p).Where(p => p.Kind == LetterPieceKind.Missing).Select(p => p.Text).Distinct()];
}

/// <summary>Which letters a filing may need, and what stands in them. Pure; rendered anew from the filing each time.</summary>
public sealed class LetterBook(ReferenceBook book, LetterTemplates templates)
{
    /// <summary>
    /// Every letter that can be filled in for this filing, in the order of the templates: one per site where it is about a site. A general letter is
    /// left out where the province has its own, unless the general one is what is due. Empty until nature and province are known.
    /// </summary>
    public IReadOnlyList<LetterOffer> Of(Filing filing, RequirementSet requirements, RuleSet rules)
    {
        var offers = new List<LetterOffer>();
        var replaced = new HashSet<string>(StringComparer.Ordinal);
        foreach (var template in templates.Items)
        {
            if (RowOf(template, filing) is not { } row)
            {
                continue;
            }

            offers.AddRange(Owners(row, filing).Select(site => new LetterOffer(row, site, IsDue(row.Id, site, requirements), SigningOf(template, row, filing), LetterAges.MaxAge(row, rules, KindOf(filing)))));
            if (template.InsteadOf is { } general)
            {
                replaced.Add(general);
            }
        }

        return [.. offers.Where(o => o.Due || !replaced.Contains(o.Material.Id))];
    }

    /// <summary>The letter of that kind, filled in with what the filing holds now.</summary>
    /// <param name="filing">The filing.</param>
    /// <param name="kind">Id of the materials data.</param>
    /// <param name="siteId">The site it is about; null for the only one, or for a letter of the subject.</param>
    public Result<FilledLetter> Fill(Filing filing, string kind, string? siteId)
    {
        if (templates.Find(kind) is not { } template || RowOf(template, filing) is not { } row)
        {
            return LetterErrors.NotFound();
        }

        var site = siteId is null ? null : filing.FindSite(siteId);
        if (siteId is not null && site is null)
        {
            return FilingErrors.SiteNotFound();
        }

        if (site is null && row.AppliesTo == "website")
        {
            if (filing.Snapshot.Sites.Count > 1)
            {
                return LetterErrors.SiteMissing();
            }

            site = filing.Snapshot.Sites.Count == 1 ? filing.Snapshot.Sites[0] : null;
        }

        var person = site is null ? filing.Snapshot.Subject.Principal : filing.PrincipalOf(site);
        return Fill(template, SigningOf(template, row, filing), new LetterFacts(filing, site, person, book));
    }

    private static FilledLetter Fill(LetterTemplate template, IReadOnlyList<string> signing, LetterFacts facts) => new(
        LetterText.Fill(template.Title, facts),
        template.Addressee is null ? [] : LetterText.Fill(template.Addressee, facts),
        [.. template.Paragraphs.Select(p => LetterText.Fill(p, facts))],
        [.. signing.Select(word => new SignatureBlock(word, Beside(word, template, facts)))]);

    private static IReadOnlyList<LetterPiece> Beside(string word, LetterTemplate template, LetterFacts facts) => word switch
    {
        LetterSigning.Seal => LetterText.Fill("{subject.name}", facts),
        LetterSigning.Domain => LetterText.Fill("{site.domain}", facts),
        LetterSigning.Clause => LetterText.Fill(template.Clause ?? string.Empty, facts),
        _ => [],
    };

    private static IReadOnlyList<string> SigningOf(LetterTemplate template, Reference.Material row, Filing filing) =>
        LetterSigning.For(template.Signing ?? row.Signing, filing.IsIndividual == true);

    private static bool IsDue(string kind, string? siteId, RequirementSet requirements) =>
        requirements.Due.Any(f => f.MaterialKind == kind && (f.SiteId is null || f.SiteId == siteId));

    /// <summary>The row of a letter that can concern this filing, or null when it cannot.</summary>
    private Reference.Material? RowOf(LetterTemplate template, Filing filing)
    {
        var v = filing.Snapshot.Verification;
        if (v.SubjectNature is not { } nature || v.Region?.Province is not { } province || book.FindMaterial(template.Kind) is not { IsCurrent: true } row)
        {
            return null;
        }

        var concerns = row.Concerns(nature, province) && row.ConcernsKind(KindOf(filing)) && (template.Provinces?.Contains(province) ?? true);
        return concerns ? row : null;
    }

    /// <summary>The kind of filing as the data names it.</summary>
    private static string KindOf(Filing filing) => filing.Snapshot.Kind == FilingKind.AddSite ? "AddServiceLocal" : "FirstFiling";

    /// <summary>The sites a letter is about, null standing for the subject; of a person's, those whose principal is somebody else than the subject's.</summary>
    private static IEnumerable<string?> Owners(Reference.Material row, Filing filing)
    {
        var sites = filing.Snapshot.Sites;
        return row.AppliesTo switch
        {
            "website" when sites.Count > 0 => sites.Select(s => s.Id),
            "person" => sites.Where(s => !filing.SharesPrincipal(s)).Select(s => (string?)s.Id).Prepend(null),
            _ => [null],
        };
    }
}
