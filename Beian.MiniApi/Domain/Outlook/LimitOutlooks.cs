using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Outlook;

/// <summary>Numbers that hold for the whole filing.</summary>
internal static class LimitOutlooks
{
    public static LimitsOutlook Of(Outset o)
    {
        var order = o.For<int?>("maxSitesPerSubmission") ?? o.For<int?>("providerOrderLimit");
        var own = FilingLimits.SitesOf(o.Shape.Individual);
        var total = o.For<int?>("maxTotalSites");
        var person = total is null && o.Shape.Individual ? o.Find<int>("maxServicesPerIndividual") : null;
        return new LimitsOutlook(
            order?.Value is { } sites && sites < own ? sites : own,
            total?.Value ?? person?.Value,
            total is not null,
            o.For<int?>("singleDomainPerOrderWhenFiledOver")?.Value,
            (o.Find<int>("maxDomainsPerSite") ?? o.Find<int>("domainsPerSite"))?.Value,
            o.Find<int>("openOrdersPerSubject")?.Value,
            SubjectRules.MonthsLeft(o.Situation, m => m.Person)?.Months,
            SubjectRules.MonthsLeft(o.Situation, m => m.Subject)?.Months,
            o.Find<int>("domainMinRemainingMonths")?.Value,
            Suffixes(o),
            DomainStatements.Holder(o)?.Holder,
            [.. Sites(o), .. Others(o)]);
    }

    private static IEnumerable<RuleStatement> Sites(Outset o)
    {
        if ((o.For<int?>("maxSitesPerSubmission") ?? o.For<int?>("providerOrderLimit")) is { Value: { } sites } order)
        {
            yield return Outset.State(order.Row, Phrase.Say("outlook.limit.sites", ("count", sites)));
        }

        if (o.For<int?>("maxTotalSites") is { Value: { } all } total)
        {
            yield return Outset.State(total.Row, Phrase.Say("outlook.limit.total", ("count", all)));
        }
        else if (o.Shape.Individual && o.Find<int>("maxServicesPerIndividual") is { } person)
        {
            yield return Outset.State(person.Row, Phrase.Say("outlook.limit.totalAdvised", ("count", person.Value)), Severity.Warning);
        }

        if (o.For<int?>("singleDomainPerOrderWhenFiledOver") is { Value: { } filed } single)
        {
            yield return Outset.State(single.Row, Phrase.Say("outlook.limit.oneAtATime", ("count", filed)));
        }
    }

    private static IEnumerable<RuleStatement> Others(Outset o)
    {
        if ((o.Find<int>("maxDomainsPerSite") ?? o.Find<int>("domainsPerSite")) is { } domains)
        {
            yield return Outset.State(domains.Row, Phrase.Say("outlook.limit.domains", ("count", domains.Value)));
        }

        if (o.Find<string>("domainsPerSiteSince") is { } since)
        {
            yield return Outset.State(since.Row, Phrase.Say("outlook.limit.domainsSince", ("day", since.Value)), Severity.Info);
        }

        if (o.Find<int>("openOrdersPerSubject") is { } open)
        {
            yield return Outset.State(open.Row, Phrase.Say("outlook.limit.open", ("count", open.Value)));
        }

        if (o.Find<int>("subjectsPerAccount") is { } subjects)
        {
            yield return Outset.State(subjects.Row, Phrase.Say("outlook.limit.subjects", ("count", subjects.Value)));
        }
    }

    private static SuffixOutlook Suffixes(Outset o)
    {
        var limits = o.Find<SuffixLimits>("domainSuffixLimits");
        var applies = DomainStatements.Limits(o);
        var suffixes = o.Book.Tables.DomainSuffixes;

        // A province's own limits take the place of what the suffixes' rows say of it.
        var denied = limits is null ? suffixes.Where(s => s.DeniedByProvinces.Contains(o.Shape.Province)).Select(s => s.Ascii) : applies?.Value is { Mode: "denyList" } ? applies.Value.Suffixes ?? [] : [];
        var kept = suffixes.Where(s => s.RestrictedToNatures is { } only && !only.Contains(o.Shape.Nature)).Select(s => s.Unicode);
        return new SuffixOutlook(applies?.Value is { Mode: "allowList", List: { } list } ? list : "national", DomainStatements.Own(o)?.Suffixes ?? [], [.. denied, .. kept]);
    }
}
