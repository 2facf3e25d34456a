using System.Globalization;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>前置或专项审批: what a site declares, and the words that ask for a permission.</summary>
internal static class PreApprovalRules
{
    /// <summary>The permission itself.</summary>
    public const string Document = "preApprovalDocument";

    private const string Table = "pre-approval-types";
    private const string None = "none";
    private const string NotInvolved = "noPreApprovalCommitment";

    public static void Judge(Site site, int index, Situation s, FindingList findings)
    {
        var at = $"/sites/{index.ToString(CultureInfo.InvariantCulture)}/preApprovals";
        Finding At(string pointer, string code) => new(pointer, code) { Step = "site", SiteId = site.Id };
        if (s.Individual == false && site.PreApprovals.Count == 0)
        {
            findings.Field("site.preApprovals", At(at, "site.preApprovals.missing"));
        }

        for (var i = 0; i < site.PreApprovals.Count; i++)
        {
            Declared(site, i, at, s, findings);
        }

        if (site.PreApprovals.Count > 1 && site.PreApprovals.Any(a => a.Type == None))
        {
            findings.Field("site.preApprovals", At(at, "site.preApprovals.noneWithOthers"));
        }

        if (site.PreApprovals.Any(a => a.Type is not null && a.Type != None) && s.Individual == false && !s.Has(Document, site.Id))
        {
            MaterialRules.Missing(s.Book.RefOf(Table, site.PreApprovals.First(a => a.Type != None).Type!), Severity.Error, new DueMaterial(Document, null, site.Id, 1), s, findings);
        }

        Words(site, index, s, findings);
    }

    private static void Declared(Site site, int i, string at, Situation s, FindingList findings)
    {
        var approval = site.PreApprovals[i];
        Finding At(string field, string code) => new($"{at}/{i.ToString(CultureInfo.InvariantCulture)}/{field}", code) { Step = "site", SiteId = site.Id };
        if (s.Book.FindPreApprovalType(approval.Type) is not { } type)
        {
            findings.Field("site.preApprovals", At("type", "site.preApprovals.unknown"));
            return;
        }

        var rule = s.Book.RefOf(Table, type.Id);
        if (site.PreApprovals.Take(i).Any(a => a.Type == type.Id))
        {
            findings.Field("site.preApprovals", At("type", "site.preApprovals.repeated"));
        }

        if (s.Individual == true && type.Id != None && !type.IndividualAllowed)
        {
            findings.Error(rule, At("type", "site.preApprovals.notForIndividuals"));
        }
        else if (type.Id != None && string.IsNullOrWhiteSpace(approval.Number))
        {
            findings.Error(rule, At("number", "site.preApprovals.numberMissing"));
        }
    }

    /// <summary>Words in the name of the site ask for the permission; words in the organisation's name or scope alone for a letter that says nothing is involved.</summary>
    private static void Words(Site site, int index, Situation s, FindingList findings)
    {
        if (s.Individual != false)
        {
            return;
        }

        foreach (var type in s.Book.Tables.PreApprovalTypes)
        {
            if (type.Status != "inForce" || type.Keywords.Count == 0 || site.PreApprovals.Any(a => a.Type == type.Id && !string.IsNullOrWhiteSpace(a.Number)))
            {
                continue;
            }

            var words = s.Book.WordsOf(type);
            var inName = words.In(site.Name);
            var inSubject = words.In(s.Subject.Name);
            var foreign = inName.Where(w => !inSubject.Any(o => o.Contains(w, StringComparison.Ordinal))).ToArray();
            if (foreign.Length > 0 && NameRule(s) is { } rule)
            {
                InName(rule, type, foreign, site, index, findings);
            }
            else if (inName.Count > 0 || inSubject.Count > 0 || words.In(s.BusinessScope).Count > 0)
            {
                InSubject(type, site, s, findings);
            }
        }
    }

    private static NameRule? NameRule(Situation s) => s.Rules.Names.FirstOrDefault(n => n.Kind == "wordsRef" && n.ConcernsSubject(s.Individual, s.Nature));

    private static void InName(NameRule rule, PreApprovalType type, string[] words, Site site, int index, FindingList findings) =>
        findings.Add(rule.Severity, rule.Ref, new Finding($"/sites/{index.ToString(CultureInfo.InvariantCulture)}/name", rule.Code)
        {
            Step = "site",
            SiteId = site.Id,
            AlternativeMaterial = Document,
            Args = Texts.Args(("words", string.Join('、', words)), ("type", type.NameCode), ("document", type.DocumentCode)),
        });

    /// <summary>The province's own letter where it has one, else the general one; news and religion take no letter.</summary>
    private static void InSubject(PreApprovalType type, Site site, Situation s, FindingList findings)
    {
        var letter = s.Book.Tables.CommitmentNotAcceptedFor.Contains(type.Id) ? Document : LetterFor(type, s);
        if (!s.Has(letter, site.Id) && !s.Has(Document, site.Id))
        {
            MaterialRules.Missing(s.Book.RefOf(Table, type.Id), Severity.Error, new DueMaterial(letter, null, site.Id, 1), s, findings);
        }
    }

    /// <summary>The letter that says that such a pre-approval is not involved: the province's own where it has one, else the general one.</summary>
    public static string LetterFor(PreApprovalType type, Situation s)
    {
        var own = type.Id switch
        {
            "offCampusTraining" => s.Rules.Find<string>("offCampusTrainingCommitment", s.Kind)?.Value,
            "internetFinance" => s.Rules.Find<string>("financeCommitment", s.Kind)?.Value,
            _ => null,
        };
        return own
            ?? s.Book.Tables.Materials.FirstOrDefault(m => m.Id.StartsWith(NotInvolved, StringComparison.Ordinal) && m.Id != NotInvolved && m.Concerns(s.Nature ?? 0, s.Province ?? string.Empty))?.Id
            ?? NotInvolved;
    }
}
