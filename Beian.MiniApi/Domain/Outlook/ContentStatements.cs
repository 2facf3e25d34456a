using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Outlook;

/// <summary>What is asked of a site's contents, its pre-approvals and remarks, and the demands that a province makes of single fields.</summary>
internal static class ContentStatements
{
    private const string Contents = "site.serviceContents";
    private const string Remark = "site.remark";

    public static IEnumerable<Placed> Of(Outset o) => [.. Chosen(o), .. Remarks(o), .. Demands(o)];

    private static IEnumerable<Placed> Chosen(Outset o)
    {
        if (o.Shape.Individual && o.Find<IndividualLimits>("individual") is { } limits)
        {
            yield return Outset.Place(Contents, limits.Row, Phrase.Say("outlook.contents.individual"));
        }

        foreach (var (row, rule) in Rules(o))
        {
            if (rule.Forbidden.Count > 0)
            {
                yield return Outset.Place(Contents, row, Phrase.Say("outlook.contents.forbidden", ("contents", Names(o, rule.Forbidden))));
            }

            if (rule.Recommended.Count > 0)
            {
                yield return Outset.Place(Contents, row, Phrase.Say("outlook.contents.recommended", ("contents", Names(o, rule.Recommended))), Severity.Info);
            }

            if (rule.RemarkRequiredFor.Count > 0)
            {
                yield return Outset.Place(Remark, row, Phrase.Say("outlook.remark.forContents", ("contents", Names(o, rule.RemarkRequiredFor))));
            }

            if (rule.RemarkRequiredExcept.Count > 0)
            {
                yield return Outset.Place(Remark, row, Phrase.Say("outlook.remark.exceptContents", ("contents", Names(o, rule.RemarkRequiredExcept))));
            }
        }
    }

    /// <summary>The province's rules about contents that mean this subject.</summary>
    private static IEnumerable<(RuleRow Row, ServiceContentRule Rule)> Rules(Outset o) =>
        o.Find<IReadOnlyList<ServiceContentRule>>("serviceContentRules") is { } ruled ? ruled.Value.Where(r => o.Means(r.Subject)).Select(r => (ruled.Row, r)) : [];

    private static IEnumerable<Placed> Remarks(Outset o)
    {
        var row = o.Book.Tables.ServiceContents.Where(c => c.RemarkRequired && (!o.Shape.Individual || c.AllowedForIndividual)).Select(c => c.NameCode).ToArray();
        if (row.Length > 0)
        {
            yield return new Placed(Remark, new RuleStatement(o.Book.RefOf("fields", Remark), Phrase.Say("outlook.remark.forContents", ("contents", row)), Severity.Error));
        }

        if (!o.Shape.Individual || o.Find<RemarkRules>("remarkRules") is not { } rules)
        {
            yield break;
        }

        if (rules.Value.IndividualContentRemark == true)
        {
            yield return Outset.Place(Remark, rules.Row, Phrase.Say("outlook.remark.individual"));
        }

        if (rules.Value.MinChars is { } min)
        {
            yield return Outset.Place(Remark, rules.Row, Phrase.Say("outlook.remark.minChars", ("min", min)));
        }

        if (rules.Value.IndividualStatement == true)
        {
            yield return Outset.Place(Remark, rules.Row, Phrase.Say("outlook.remark.statement"), Severity.Warning);
        }
    }

    /// <summary>Demands in the open form that read a field; they bring their own words.</summary>
    private static IEnumerable<Placed> Demands(Outset o)
    {
        foreach (var row in o.Rules.Demands)
        {
            var demand = (Demand)row.Value;
            if (demand.Field is { } field && row.Judges(o.Shape.DataKind) && DemandPhrases.Conditions(demand.When, o) is { } conditions)
            {
                var text = Phrase.Of(new Reference.LocalText(demand.Text!.Zh.Detail, demand.Text.En.Detail));
                yield return Outset.Place(FieldOf(field.Pointer, o), row, Phrase.Join([.. conditions, text])!);
            }
        }
    }

    private static string FieldOf(string pointer, Outset o) => o.Book.Tables.Fields.FirstOrDefault(f => f.Pointer == pointer)?.Id ?? pointer;

    private static string[] Names(Outset o, IEnumerable<int> contents) => [.. contents.Select(c => o.Book.FindServiceContent(c)?.NameCode).OfType<string>()];
}
