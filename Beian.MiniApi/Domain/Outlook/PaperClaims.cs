using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Outlook;

/// <summary>One rule's claim to one paper.</summary>
internal sealed record PaperClaim(string Kind, string Owner, PaperReason Reason);

/// <summary>Every paper that some rule can ask of a filing of this shape, and why; word lists stand in <see cref="WordClaims"/>.</summary>
internal static class PaperClaims
{
    private const string OtherPersonalId = "otherPersonalId";
    private const string ConstructionPlan = "constructionPlan";

    /// <summary>Papers that a switch of the province decides about: where no rule claims them, they are not asked for.</summary>
    private static readonly string[] Switched = ["partyBuildingConfirmation", "siteOpeningApplication", "domainCertificate", ConstructionPlan, "legalPersonAuthorization", "principalAuthorization", "siteManagerAuthorization"];

    public static IReadOnlyList<PaperClaim> Of(Outset o)
    {
        List<PaperClaim> claims = [.. Plain(o), .. Certificates(o), .. Young(o), .. Residence(o), .. Delegated(o), .. Many(o), .. Domains(o), .. Faces(o), .. WordClaims.Of(o), .. Demands(o)];
        return [.. claims, .. Others(o, claims)];
    }

    /// <summary>Whose a paper is, by its row.</summary>
    public static string OwnerOf(Material? row) => row?.AppliesTo switch { "website" => "site", "person" => "principal", _ => "subject" };

    public static PaperClaim Claim(Outset o, string kind, RuleRow rule, Phrase? when, IEnumerable<string>? alternatives = null, string? owner = null, Severity weight = Severity.Error) =>
        new(kind, owner ?? OwnerOf(o.Book.FindMaterial(kind)), new PaperReason(rule.Ref, rule.Severity ?? weight, when, rule.Source, [.. alternatives ?? []]));

    public static PaperClaim Claim(Outset o, string kind, RuleRef rule, Severity weight, Phrase? when, IEnumerable<string>? alternatives = null, string? owner = null) =>
        new(kind, owner ?? OwnerOf(o.Book.FindMaterial(kind)), new PaperReason(rule, weight, when, o.Book.FindMaterial(kind)?.Basis ?? [], [.. alternatives ?? []]));

    /// <summary>What is asked of every filing of this shape; what weighs less than an error is only advised.</summary>
    private static IEnumerable<PaperClaim> Plain(Outset o)
    {
        foreach (var finding in o.Asked.Due.Concat(o.Asked.Warnings).Where(f => f.MaterialKind is not null).DistinctBy(f => (f.MaterialKind, f.SiteId)))
        {
            var row = o.Rules.Rows.FirstOrDefault(r => r.Id == finding.RuleId);
            var when = finding.Severity == Severity.Error ? null : Phrase.Say("outlook.when.advised");
            IReadOnlyList<string> others = finding.MaterialKind == "idCard" ? [OtherPersonalId] : finding.Alternatives;
            yield return row is null
                ? Claim(o, finding.MaterialKind!, new RuleRef(finding.RuleId!, finding.PackVersion!), finding.Severity, when, others)
                : Claim(o, finding.MaterialKind!, row, when, others);
        }
    }

    /// <summary>The papers of a principal who has another certificate, and of a site's own principal.</summary>
    private static IEnumerable<PaperClaim> Certificates(Outset o)
    {
        var other = o.Book.RefOf("materials", OtherPersonalId);
        yield return Claim(o, OtherPersonalId, other, Severity.Error, Phrase.Say("outlook.when.otherCertificate"), ["idCard"]);
        if (o.Shape.Individual)
        {
            yield break;
        }

        foreach (var row in o.Asked.Due.Select(f => o.Book.FindMaterial(f.MaterialKind)).OfType<Material>().Where(m => m is { AppliesTo: "person", Required: "always" }).DistinctBy(m => m.Id))
        {
            yield return Claim(o, row.Id, o.Book.RefOf("materials", row.Id), Severity.Error, Phrase.Say("outlook.when.ownSitePrincipal"), row.Id == "idCard" ? [OtherPersonalId] : [], "sitePrincipal");
        }

        yield return Claim(o, OtherPersonalId, other, Severity.Error, Phrase.Join([Phrase.Say("outlook.when.ownSitePrincipal"), Phrase.Say("outlook.when.otherCertificate")]), ["idCard"], "sitePrincipal");
    }

    private static IEnumerable<PaperClaim> Young(Outset o)
    {
        if (PeopleStatements.Minor(o) is not { } minor)
        {
            yield break;
        }

        foreach (var (owner, who) in new[] { ("principal", "name.outlook.subjectPrincipal"), ("sitePrincipal", "name.outlook.sitePrincipal") }.Take(o.Roles.Count))
        {
            Phrase?[] parts = [minor.Value.FromAge is { } from ? Phrase.Say("outlook.when.ageFrom", ("who", who), ("years", from)) : null, Phrase.Say("outlook.when.ageBelow", ("who", who), ("years", minor.Value.UnderAge))];
            var when = Phrase.Join([.. parts.OfType<Phrase>()]);
            foreach (var set in minor.Value.ProofSets)
            {
                foreach (var kind in set)
                {
                    yield return Claim(o, kind, minor.Row, when, minor.Value.ProofSets.SelectMany(s => s).Except(set), owner);
                }
            }
        }
    }

    /// <summary>The rule that asks for a proof, and the one that lists what is taken for it, each tell every paper.</summary>
    private static IEnumerable<PaperClaim> Residence(Outset o)
    {
        if (!o.Shape.Individual || o.Shape.DataKind != "FirstFiling" || o.Find<bool>("individualNonLocalAllowed") is { Value: false } || o.Rules.On("individualResidenceProofRequired", o.Shape.DataKind) is not { } required)
        {
            return [];
        }

        var accepted = o.Find<IReadOnlyList<string>>("acceptedResidenceProofs");
        var kinds = accepted?.Value ?? ["residencePermit"];
        RuleRow[] rules = accepted is null ? [required] : [required, accepted.Row];
        var when = Phrase.Say("outlook.when.fromElsewhere", ("who", "name.outlook.subjectPrincipal"));
        return kinds.SelectMany(kind => rules.Select(rule => Claim(o, kind, rule, when, kinds.Where(k => k != kind))));
    }

    /// <summary>Letters for principals who are not the legal representative.</summary>
    private static IEnumerable<PaperClaim> Delegated(Outset o)
    {
        if (o.Shape.Individual)
        {
            yield break;
        }

        foreach (var delegation in PrincipalOutlooks.OfSubject(o, out var rule))
        {
            var row = o.Rules.On("authorizationLetterWhenPrincipalNotLegalPerson", o.Shape.DataKind) ?? rule!;
            foreach (var (letter, roles) in delegation.Letters.Zip([Phrase.Say("outlook.when.oneForBoth"), Phrase.Say("outlook.when.oneForSubject")]))
            {
                yield return Claim(o, letter, row, delegation.When is null ? roles : Phrase.Join([delegation.When, roles]), delegation.Letters.Where(l => l != letter));
            }
        }

        if (o.Rules.On("siteManagerAuthorizationLetterRequired", o.Shape.DataKind) is { } ofSite)
        {
            var letters = PrincipalOutlooks.LettersOfSite(o);
            yield return Claim(o, letters[0], ofSite, Phrase.Say("outlook.when.notLegal", ("who", "name.outlook.sitePrincipal")), letters.Skip(1));
        }
    }

    /// <summary>Papers that many sites ask for.</summary>
    private static IEnumerable<PaperClaim> Many(Outset o)
    {
        if (o.For<int?>("constructionPlanFromSiteCount") is { Value: { } from } plan)
        {
            yield return Claim(o, ConstructionPlan, plan.Row, Phrase.Say("outlook.when.totalSites", ("count", from)));
        }

        if (o.Find<StatementLetter>("statementLetterFromSiteCount") is { } letter && letter.Value.For(o.Shape.Individual) is { } least)
        {
            yield return Claim(o, letter.Value.Material, letter.Row, letter.Value.Counts == "order" ? Phrase.Say("outlook.when.newSites", ("count", least)) : Phrase.Say("outlook.when.totalSites", ("count", least)));
        }
    }

    private static IEnumerable<PaperClaim> Domains(Outset o)
    {
        yield return Claim(o, MaterialRules.RealNameScreenshot, o.Book.RefOf("materials", MaterialRules.RealNameScreenshot), Severity.Error, Phrase.Say("outlook.when.hidden"));
    }

    private static IEnumerable<PaperClaim> Faces(Outset o)
    {
        yield return Claim(o, FaceCheckRules.Fallback, o.Book.RefOf("fields", "site.faceCheck"), Severity.Error, Phrase.Say("outlook.when.noFaceCheck"), null, o.Shape.Individual ? "principal" : "sitePrincipal");
    }

    private static IEnumerable<PaperClaim> Demands(Outset o)
    {
        foreach (var row in o.Rules.Demands)
        {
            var demand = (Demand)row.Value;
            if (demand.Material is { } kind && row.Judges(o.Shape.DataKind) && DemandPhrases.Conditions(demand.When, o) is { Count: > 0 } conditions)
            {
                var owner = o.Book.FindMaterial(kind)?.AppliesTo == "person" && demand.When.Person?.Who == "sitePrincipal" ? "sitePrincipal" : null;
                yield return Claim(o, kind, row, Phrase.Join(conditions), null, owner);
            }
        }
    }

    /// <summary>What no rule of ours asks for and a reviewer or the authority may, by the words of the data.</summary>
    private static IEnumerable<PaperClaim> Others(Outset o, List<PaperClaim> claims)
    {
        // Residence and a province's own commitment are decided by switches as well; the kinds are those that any province names.
        var named = claims.Select(c => c.Kind).Concat(Switched)
            .Concat(o.Situation.Context.Rules.Rows.Where(r => r.Key is "acceptedResidenceProofs" or "commitmentLetters").SelectMany(r => (IReadOnlyList<string>)r.Value))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var row in o.Book.Tables.Materials.Where(m => m.IsCurrent && m.Required != "always" && !named.Contains(m.Id) && PaperOutlooks.Concerns(m, o)))
        {
            var replaced = o.Letters.Items.Any(t => t.InsteadOf == row.Id && o.Book.FindMaterial(t.Kind) is { } own && PaperOutlooks.Concerns(own, o));
            if (!replaced && o.Book.FindFormatProfile(row.FormatProfile) is { IsUploaded: true })
            {
                yield return Claim(o, row.Id, o.Book.RefOf("materials", row.Id), Severity.Info, row.Conditions is { } condition ? Phrase.Of(condition) : Phrase.Say("outlook.when.reviewerAsks"));
            }
        }
    }
}
