using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>Who somebody is in the filing.</summary>
internal enum PartyRole
{
    SubjectPrincipal = 1,
    SitePrincipal = 2,
}

/// <summary>One person of the filing and where they stand in it.</summary>
/// <param name="Person">As typed.</param>
/// <param name="Role">主体负责人 or 网站负责人.</param>
/// <param name="At">Pointer of the person's block.</param>
/// <param name="Step">Step of the journey.</param>
/// <param name="Site">The site, for its principal; null for the subject's.</param>
internal sealed record Party(Person Person, PartyRole Role, string At, string Step, Site? Site)
{
    public string? SiteId => Site?.Id;

    /// <summary>Same name and number, as far as both are typed.</summary>
    public bool IsSame(Party other) => Same(Person.Name, other.Person.Name) && Same(Person.CertificateNumber, other.Person.CertificateNumber);

    /// <summary>True when both are typed far enough to tell that they are two.</summary>
    public bool IsOther(Party other) => Differ(Person.Name, other.Person.Name) || Differ(Person.CertificateNumber, other.Person.CertificateNumber);

    private static bool Same(string? a, string? b) => string.Equals(a?.Trim(), b?.Trim(), StringComparison.OrdinalIgnoreCase);

    private static bool Differ(string? a, string? b) => !string.IsNullOrWhiteSpace(a) && !string.IsNullOrWhiteSpace(b) && !Same(a, b);
}

/// <summary>A filing together with everything it is judged by, and what follows from its fields alone. Made anew for each judgement.</summary>
internal sealed class Situation
{
    /// <summary>Codes of the first two characters of a credit code that a sole trader (个体工商户) has (GB 32100-2015, table 1).</summary>
    private const string SoleTraderPrefix = "92";

    /// <summary>What a sole trader without a seal writes into the subject's remark.</summary>
    private const string NoSeal = "无公章";

    public Situation(Filing filing, RuleContext context, RuleSet rules)
    {
        Filing = filing;
        Context = context;
        Rules = rules;
        Kind = filing.Snapshot.Kind == FilingKind.AddSite || filing.Snapshot.SubjectId is not null ? "AddServiceLocal" : "FirstFiling";
        var principal = new Party(filing.Snapshot.Subject.Principal, PartyRole.SubjectPrincipal, "/subject/principal", "subjectPrincipal", null);
        Principal = principal;
        SitePrincipals =
        [
            .. filing.Snapshot.Sites.Select((s, i) => filing.SharesPrincipal(s) ? null : new Party(s.Principal, PartyRole.SitePrincipal, $"/sites/{i}/principal", "sitePrincipal", s)).OfType<Party>(),
        ];
        Parties = [principal, .. SitePrincipals];
        LegalRepresentative = Subject.LegalRepresentative;
        IsSoleTrader = Individual == false
            && (CertificateNumbers.Normalise(Verification.CertificateNumber ?? string.Empty).StartsWith(SoleTraderPrefix, StringComparison.Ordinal)
                || (Subject.Name?.Contains("个体工商户", StringComparison.Ordinal) ?? false));
        BusinessScope = UndertakenScope.Of(Subject.BusinessScope);
        LacksSeal = IsSoleTrader && (Subject.Remark?.Contains(NoSeal, StringComparison.Ordinal) ?? false);
    }

    public Filing Filing { get; }

    public RuleContext Context { get; }

    public RuleSet Rules { get; }

    public ReferenceBook Book => Context.Book;

    public DateOnly Today => Context.Today;

    /// <summary>经营范围 without what it excludes, or null.</summary>
    public string? BusinessScope { get; }

    /// <summary>As the data names it.</summary>
    public string Kind { get; }

    public Filings.Verification Verification => Filing.Snapshot.Verification;

    public Subject Subject => Filing.Snapshot.Subject;

    public IReadOnlyList<Site> Sites => Filing.Snapshot.Sites;

    /// <summary>Null until a nature is chosen.</summary>
    public bool? Individual => Filing.IsIndividual;

    public int? Nature => Verification.SubjectNature;

    public string? Province => Verification.Region?.Province;

    public Party Principal { get; }

    /// <summary>The sites' principals that are not the subject's by reference.</summary>
    public IReadOnlyList<Party> SitePrincipals { get; }

    public IReadOnlyList<Party> Parties { get; }

    public LegalRepresentative? LegalRepresentative { get; }

    public bool IsSoleTrader { get; }

    /// <summary>A sole trader that says it has no seal.</summary>
    public bool LacksSeal { get; }

    /// <summary>Sites filed before and in this filing together.</summary>
    public int TotalSites => Context.Filed.Sites + Sites.Count;

    /// <summary>Whether somebody is the legal representative; null while one of the names is not typed.</summary>
    public bool? IsLegalRepresentative(Person person)
    {
        if (string.IsNullOrWhiteSpace(LegalRepresentative?.Name) || string.IsNullOrWhiteSpace(person.Name))
        {
            return null;
        }

        var sameNumber = string.IsNullOrWhiteSpace(LegalRepresentative.CertificateNumber) || string.IsNullOrWhiteSpace(person.CertificateNumber)
            || Mistyped(LegalRepresentative.CertificateType, LegalRepresentative.CertificateNumber) || Mistyped(person.CertificateType, person.CertificateNumber)
            || CertificateNumbers.Normalise(LegalRepresentative.CertificateNumber) == CertificateNumbers.Normalise(person.CertificateNumber);
        return sameNumber && HolderNames.Same(LegalRepresentative.Name, person.Name);
    }

    /// <summary>Whether a number is not one of its type: it says nothing about whose it is.</summary>
    private bool Mistyped(int? type, string? number) => Book.FindCertificateType(type) is { } row && CertificateNumbers.Check(row, number, Today) is not null;

    /// <summary>Whether a paper of that kind is there, for the subject or for that site.</summary>
    public bool Has(string material, string? siteId = null) => Filing.Snapshot.Materials.Any(m => m.Kind == material && (m.SiteId is null || siteId is null || m.SiteId == siteId));
}
