using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>Whether the principals may be others than the legal representative, and with which letters (P08, P09).</summary>
internal static class PrincipalRules
{
    internal const string BothRoles = "legalPersonAuthorization";
    internal const string OfSubject = "principalAuthorization";
    private const string OfSite = "siteManagerAuthorization";

    /// <summary>Kind of pre-approval whose words make a business a financial one.</summary>
    private const string Finance = "internetFinance";

    public static void Judge(Situation s, FindingList findings)
    {
        if (s.Individual != false)
        {
            return;
        }

        var delegated = s.IsLegalRepresentative(s.Principal.Person) == false;
        if (delegated)
        {
            Subject(s, findings);
        }

        foreach (var (site, index) in s.Sites.Select((x, i) => (x, i)))
        {
            var party = s.SitePrincipals.FirstOrDefault(p => p.SiteId == site.Id);
            SiteManager(site.Id, index, party, delegated, s, findings);
        }
    }

    private static void Subject(Situation s, FindingList findings)
    {
        if (s.Rules.Find<PrincipalRule>("principalRule", s.Kind) is not { } rule)
        {
            return;
        }

        var (answer, uncertain) = AnswerFor(rule.Value, s);
        var finding = new Finding("/subject/principal/name", "subject.principal.notLegalRepresentative") { Step = "subjectPrincipal" };
        if (answer == "legalPersonOnly")
        {
            // Only people can tell a large state-owned enterprise: with its letter a reviewer decides.
            var weight = uncertain && HasLetter(s) ? Severity.Warning : Severity.Error;
            findings.By(rule.Row, weight == Severity.Warning ? finding with { Code = "subject.principal.reviewerDecides" } : finding, weight);
        }
        else if (answer == "delegateWithLetter" && !HasLetter(s) && s.Rules.Find<bool>("authorizationLetterWhenPrincipalNotLegalPerson", s.Kind) is not { Value: false })
        {
            var letterRule = s.Rules.On("authorizationLetterWhenPrincipalNotLegalPerson", s.Kind) ?? rule.Row;
            MaterialRules.Demand(letterRule, s.SitePrincipals.Count == 0 ? BothRoles : OfSubject, null, s, findings);
        }
    }

    /// <summary>The first exception whose conditions hold, else the default; uncertain when one depends on what the form does not tell.</summary>
    private static (string Answer, bool Uncertain) AnswerFor(PrincipalRule rule, Situation s)
    {
        var uncertain = false;
        foreach (var exception in rule.Exceptions)
        {
            var fits = (exception.NatureCodes.Count == 0 || (s.Nature is { } nature && exception.NatureCodes.Contains(nature)))
                && (exception.SoleTrader is not { } trader || trader == s.IsSoleTrader)
                && (exception.FinanceBusiness is not { } finance || finance == IsFinance(s));
            if (fits && exception.LargeStateOwned is null)
            {
                return (exception.Rule, false);
            }

            uncertain |= fits;
        }

        return (rule.Default, uncertain);
    }

    private static bool IsFinance(Situation s) => s.Book.FindPreApprovalType(Finance) is { } type && s.Book.WordsOf(type).In(s.Subject.Name).Count > 0;

    private static bool HasLetter(Situation s) => s.Has(OfSubject) || s.Has(BothRoles);

    private static void SiteManager(string siteId, int index, Party? party, bool delegated, Situation s, FindingList findings)
    {
        var person = party?.Person ?? s.Principal.Person;
        if (delegated && party is not null && party.IsOther(s.Principal) && s.Rules.On("siteManagerMustEqualPrincipalWhenNotLegalPerson", s.Kind) is { } same)
        {
            findings.By(same, new Finding($"/sites/{index}/principal/name", "site.principal.mustBeSubjectPrincipal") { Step = "sitePrincipal", SiteId = siteId });
        }

        if (s.IsLegalRepresentative(person) != false || s.Rules.On("siteManagerAuthorizationLetterRequired", s.Kind) is not { } rule)
        {
            return;
        }

        // A letter that names both roles serves for each; a province's own form comes before the general one.
        var form = s.Book.Tables.Materials.FirstOrDefault(m => m.Provinces is not null && m.Id.StartsWith(OfSite, StringComparison.Ordinal) && m.Concerns(s.Nature ?? 0, s.Province ?? string.Empty))?.Id ?? OfSite;
        if (!s.Has(form, siteId) && !(form == OfSite && s.Has(BothRoles) && party is null))
        {
            MaterialRules.Demand(rule, form, siteId, s, findings);
        }
    }
}
