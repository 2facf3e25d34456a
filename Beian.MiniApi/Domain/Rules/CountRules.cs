using System.Globalization;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>How many sites one filing and one subject may have, and which papers many sites ask for (S03).</summary>
internal static class CountRules
{
    private const string Plan = "constructionPlan";

    public static void Judge(Situation s, FindingList findings)
    {
        if (s.Individual is not { } individual || s.Sites.Count == 0)
        {
            return;
        }

        InOrder(s, individual, findings);
        InTotal(s, individual, findings);
        Papers(s, individual, findings);
        Shell(s, findings);
    }

    private static void InOrder(Situation s, bool individual, FindingList findings)
    {
        // A province's leave for more does not widen what the provider takes; the tighter of the two speaks.
        var province = s.Rules.FindFor<int?>("maxSitesPerSubmission", individual, s.Kind);
        var provider = s.Rules.FindFor<int?>("providerOrderLimit", individual, s.Kind);
        var order = province is null || (provider is not null && provider.Value < province.Value) ? provider : province;
        if (order is not null && s.Sites.Count > order.Value)
        {
            findings.By(order.Row, Over("site.tooMany", ("limit", Text(order.Value!.Value))));
        }

        if (s.Rules.FindFor<int?>("singleDomainPerOrderWhenFiledOver", individual, s.Kind) is { } single && s.Context.Filed.Sites > single.Value && s.Sites.Count > 1)
        {
            findings.By(single.Row, Over("site.oneAtATime", ("limit", Text(single.Value!.Value))));
        }
    }

    private static void InTotal(Situation s, bool individual, FindingList findings)
    {
        if (s.Rules.FindFor<int?>("maxTotalSites", individual, s.Kind) is { } total)
        {
            if (s.TotalSites > total.Value)
            {
                findings.By(total.Row, Over("site.tooManyTotal", ("limit", Text(total.Value!.Value))));
            }
        }
        else if (individual && s.Rules.Find<int>("maxServicesPerIndividual", s.Kind) is { } person && s.TotalSites > person.Value)
        {
            // Sources disagree whether more are refused or ask for a plan: the reviewer decides.
            findings.By(person.Row, Over("site.tooManyForPerson", ("limit", Text(person.Value))), Severity.Warning);
        }
    }

    private static void Papers(Situation s, bool individual, FindingList findings)
    {
        if (s.Rules.FindFor<int?>("constructionPlanFromSiteCount", individual, s.Kind) is { } plan && s.TotalSites >= plan.Value)
        {
            foreach (var site in s.Sites.Where(x => !s.Has(Plan, x.Id)))
            {
                MaterialRules.Demand(plan.Row, Plan, site.Id, s, findings);
            }
        }

        if (s.Rules.Find<StatementLetter>("statementLetterFromSiteCount", s.Kind) is { } letter && letter.Value.For(individual) is { } from
            && (letter.Value.Counts == "order" ? s.Sites.Count : s.TotalSites) >= from && !s.Has(letter.Value.Material))
        {
            var owner = s.Book.FindMaterial(letter.Value.Material)?.AppliesTo == "website" ? s.Sites[0].Id : null;
            MaterialRules.Demand(letter.Row, letter.Value.Material, owner, s, findings);
        }
    }

    /// <summary>A filed subject without a single site (空壳主体): some provinces add to it, the others have it cancelled first.</summary>
    private static void Shell(Situation s, FindingList findings)
    {
        if (s.Filing.Snapshot.SubjectId is not null && s.Context.Filed.Sites == 0 && s.Rules.Find<bool>("emptyShellDirectAddAllowed", s.Kind) is { Value: false } shell)
        {
            findings.By(shell.Row, new Finding("/subject", "subject.emptyShell") { Step = "subject" });
        }
    }

    private static Finding Over(string code, (string, string) limit) => new("/sites", code) { Step = "site", Args = Texts.Args(limit) };

    private static string Text(int limit) => limit.ToString(CultureInfo.InvariantCulture);
}
