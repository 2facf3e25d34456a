using System.Globalization;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>One paper that is due.</summary>
/// <param name="Kind">Id of the materials data.</param>
/// <param name="Part">The part, or null for a kind without parts.</param>
/// <param name="SiteId">Whose: null for the subject and its principal.</param>
/// <param name="Count">How many, at least.</param>
public sealed record DueMaterial(string Kind, string? Part, string? SiteId, int Count);

/// <summary>上传材料: the papers that are due for this subject, its people and sites, and how old they may be.</summary>
public static class MaterialRules
{
    /// <summary>Stands in for what the registry does not publish about the owner of a domain.</summary>
    public const string RealNameScreenshot = "domainRealNameScreenshot";

    private const string Table = "materials";
    private const string IdCard = "idCard";
    private const string OtherPersonalId = "otherPersonalId";
    private const int ResidentIdCardType = 2;

    internal static void Judge(Situation s, FindingList findings)
    {
        foreach (var due in AlwaysDue(s))
        {
            var there = s.Filing.Snapshot.Materials.Count(m => m.Kind == due.Kind && m.Part == due.Part && m.SiteId == due.SiteId);
            if (there < due.Count)
            {
                Report(s.Book.RefOf(Table, due.Kind), Severity.Error, due, s, findings, []);
            }
        }

        Scans(s, findings);
        ByProvince(s, findings);
        foreach (var site in s.Sites.Where(x => x.Checks.Results.Any(IsHidden) && !s.Has(RealNameScreenshot, x.Id)))
        {
            Missing(s.Book.RefOf(Table, RealNameScreenshot), Severity.Error, new DueMaterial(RealNameScreenshot, null, site.Id, 1), s, findings);
        }

        // A domain of the legal representative's own comes with a letter of the organisation where the province says so.
        if (s.Sites.SelectMany(x => x.Checks.Results).FirstOrDefault(r => r.Code == RegistryChecks.HolderNeedsLetter) is { Rule: { } letter } && !s.Has(PrincipalRules.OfSubject) && !s.Has(PrincipalRules.BothRoles))
        {
            Missing(letter, Severity.Error, new DueMaterial(PrincipalRules.OfSubject, null, null, 1), s, findings);
        }

        LetterAges.Judge(s, findings);
    }

    /// <summary>A file nobody has looked into yet, or in which something was found, does not leave the house.</summary>
    private static void Scans(Situation s, FindingList findings)
    {
        foreach (var (paper, at) in s.Filing.Snapshot.Materials.Select((m, i) => (m, i)))
        {
            if (paper.Scan is MaterialScan.PendingScan or MaterialScan.Infected)
            {
                findings.Add(Severity.Error, s.Book.RefOf(Table, paper.Kind), new Finding(string.Create(CultureInfo.InvariantCulture, $"/materials/{at}"), paper.Scan == MaterialScan.PendingScan ? "material.pendingScan" : "material.infected")
                {
                    Step = "materials",
                    SiteId = paper.SiteId,
                    MaterialKind = paper.Kind,
                    MaterialPart = paper.Part,
                    Args = Texts.Args(("material", s.Book.FindMaterial(paper.Kind)?.NameCode ?? paper.Kind)),
                });
            }
        }
    }

    /// <summary>How many papers of a kind fit per part and owner.</summary>
    public static int MaxCountPerPart(Reference.Material row) => row.Parts.Count == 0 ? row.MaxCount : Math.Max(1, row.MaxCount / row.Parts.Count);

    /// <summary>Asks for a paper by a rule, in all the parts it has.</summary>
    /// <param name="alternatives">Other kinds that would do as well.</param>
    internal static void Demand(RuleRow rule, string kind, string? siteId, Situation s, FindingList findings, IEnumerable<string>? alternatives = null) =>
        Missing(rule.Ref, rule.Severity ?? Severity.Error, new DueMaterial(kind, null, siteId, 1), s, findings, alternatives);

    /// <inheritdoc cref="Demand"/>
    internal static void Missing(RuleRef rule, Severity weight, DueMaterial due, Situation s, FindingList findings, IEnumerable<string>? alternatives = null)
    {
        IReadOnlyList<string> others = [.. alternatives ?? []];
        var row = s.Book.FindMaterial(due.Kind);
        if (due.Part is not null || row is not { Parts.Count: > 0 })
        {
            Report(rule, weight, due, s, findings, others);
            return;
        }

        foreach (var part in row.Parts.Take(Math.Max(1, row.MinCount)))
        {
            if (!s.Filing.Snapshot.Materials.Any(m => m.Kind == due.Kind && m.Part == part && m.SiteId == due.SiteId))
            {
                Report(rule, weight, due with { Part = part }, s, findings, others);
            }
        }
    }

    /// <summary>Whether a person brought a paper of that kind, complete in all its parts.</summary>
    internal static bool Brought(string kind, Party party, Situation s)
    {
        var parts = s.Book.FindMaterial(kind) is { Parts.Count: > 0 } row ? row.Parts.Take(Math.Max(1, row.MinCount)).Cast<string?>() : [null];
        return parts.All(part => s.Filing.Snapshot.Materials.Any(m => m.Kind == kind && m.Part == part && m.SiteId == party.SiteId));
    }

    private static void Report(RuleRef rule, Severity weight, DueMaterial due, Situation s, FindingList findings, IReadOnlyList<string> alternatives)
    {
        if (findings.Asks(due.Kind, due.Part, due.SiteId))
        {
            return;
        }

        var names = string.Join('、', alternatives.Select(a => s.Book.FindMaterial(a)?.NameCode ?? a));
        findings.Add(weight, rule, new Finding("/materials", alternatives.Count == 0 ? "material.missing" : "material.oneOfMissing")
        {
            Step = "materials",
            SiteId = due.SiteId,
            MaterialKind = due.Kind,
            MaterialPart = due.Part,
            Alternatives = alternatives,
            Args = Texts.Args(("material", s.Book.FindMaterial(due.Kind)?.NameCode ?? due.Kind), ("part", due.Part is null ? string.Empty : "name.part." + due.Part), ("others", names)),
        });
    }

    /// <summary>Every paper that is due of everybody of this nature in this province, in the order of the data. Empty until both are known.</summary>
    private static IEnumerable<DueMaterial> AlwaysDue(Situation s)
    {
        if (s.Nature is not { } nature || s.Province is not { } province)
        {
            yield break;
        }

        foreach (var row in s.Book.Tables.Materials)
        {
            if (row.Required != "always" || !row.IsCurrent || s.Book.FindFormatProfile(row.FormatProfile) is not { IsUploaded: true } || !row.Concerns(nature, province) || !row.ConcernsKind(s.Kind))
            {
                continue;
            }

            foreach (var due in Owners(s, row))
            {
                yield return due;
            }
        }
    }

    /// <summary>Papers that a switch of the province asks for.</summary>
    private static void ByProvince(Situation s, FindingList findings)
    {
        if (s.Individual is not { } individual || s.Nature is not { } nature || s.Province is not { } province)
        {
            return;
        }

        if (s.Rules.FindFor<bool?>("commitmentLetterRequired", individual, s.Kind) is { Value: true } commitment)
        {
            foreach (var kind in s.Rules.Find<IReadOnlyList<string>>("commitmentLetters", s.Kind)?.Value ?? [])
            {
                if (s.Book.FindMaterial(kind) is { } row && row.Concerns(nature, province) && row.ConcernsKind(s.Kind))
                {
                    PerOwner(commitment.Row, row, s, findings);
                }
            }
        }

        if (s.Rules.FindFor<bool?>("partyBuildingConfirmation", individual, s.Kind) is { Value: true } party)
        {
            Once(party.Row, "partyBuildingConfirmation", s, findings);
        }

        if (s.Rules.On("governmentOpeningApprovalRequired", s.Kind) is { } opening && s.Book.FindMaterial("siteOpeningApplication")?.Concerns(nature, province) == true)
        {
            Once(opening, "siteOpeningApplication", s, findings);
        }

        if (s.Rules.FindFor<bool?>("domainCertificateRequired", individual, s.Kind) is { Value: true } certificate && s.Book.FindMaterial("domainCertificate") is { } paper)
        {
            PerOwner(certificate.Row, paper, s, findings);
        }
    }

    private static void Once(RuleRow rule, string kind, Situation s, FindingList findings)
    {
        if (!s.Has(kind))
        {
            Demand(rule, kind, null, s, findings);
        }
    }

    private static void PerOwner(RuleRow rule, Reference.Material row, Situation s, FindingList findings)
    {
        foreach (var owner in row.AppliesTo == "website" ? s.Sites.Select(x => (string?)x.Id) : [null])
        {
            if (!s.Filing.Snapshot.Materials.Any(m => m.Kind == row.Id && m.SiteId == owner))
            {
                Demand(rule, row.Id, owner, s, findings);
            }
        }
    }

    /// <summary>A fact about the domain's owner that the registry does not publish: a screenshot shows it instead.</summary>
    private static bool IsHidden(CheckResult result) =>
        result is { Outcome: CheckOutcome.Unknown, Reason: UnknownReason.NotDisclosed, Check: "domain.holder" or "domain.realName" or "domain.registrar" };

    private static IEnumerable<DueMaterial> Owners(Situation s, Reference.Material row)
    {
        switch (row.AppliesTo)
        {
            case "person":
                return s.Parties.Where(p => p.Site is null || p.Person.Name != s.Principal.Person.Name || p.Person.CertificateNumber != s.Principal.Person.CertificateNumber).SelectMany(p => OfPerson(p, row, s.Book));
            case "website":
                return s.Sites.SelectMany(x => Parts(row, x.Id));
            default:
                return Parts(row, null);
        }
    }

    /// <summary>A resident identity card is due by both sides, any other paper of a person by its front.</summary>
    private static IEnumerable<DueMaterial> OfPerson(Party party, Reference.Material row, ReferenceBook book)
    {
        if (row.Id != IdCard || party.Person.CertificateType is null or ResidentIdCardType)
        {
            return Parts(row, party.SiteId);
        }

        return book.FindMaterial(OtherPersonalId) is { Parts.Count: > 0 } other ? [new DueMaterial(OtherPersonalId, other.Parts[0], party.SiteId, 1)] : [];
    }

    private static IEnumerable<DueMaterial> Parts(Reference.Material row, string? siteId) =>
        row.Parts.Count == 0
            ? [new DueMaterial(row.Id, null, siteId, row.MinCount)]
            : row.Parts.Take(row.MinCount).Select(part => new DueMaterial(row.Id, part, siteId, 1));
}
