using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Outlook;

/// <summary>What is asked of a domain: suffix, owner, registrar, time left, and that nothing is served under it yet.</summary>
internal static class DomainStatements
{
    private static readonly string[] Fields = ["verification.domain", "site.domain"];

    public static IEnumerable<Placed> Of(Outset o) =>
        Rules(o).SelectMany(s => Fields.Select(field => new Placed(field, s))).Concat(Later(o));

    /// <summary>Who may hold the domain: the province's answer, else the nation's.</summary>
    public static (RuleRow Row, string Holder)? Holder(Outset o)
    {
        if (o.For<string>("domainRegistrantMustMatch") is { } own)
        {
            return (own.Row, own.Value);
        }

        return o.Find<DomainDefaults>("domain") is { } nation ? (nation.Row, o.Shape.Individual ? nation.Value.RegistrantIndividual : "organizationOrLegalPerson") : null;
    }

    /// <summary>The province's limits of suffixes, when they mean this subject.</summary>
    public static Ruled<SuffixLimits>? Limits(Outset o) => o.Find<SuffixLimits>("domainSuffixLimits") is { } limits && o.Means(limits.Value.Subjects) ? limits : null;

    /// <summary>The only suffixes of this nature; null for no such limit.</summary>
    public static (RuleRow Row, IReadOnlyList<string> Suffixes)? Own(Outset o) =>
        o.Find<IReadOnlyList<InstitutionDomains>>("institutionDomains") is { } rule && rule.Value.FirstOrDefault(d => d.NatureCode == o.Shape.Nature) is { } own ? (rule.Row, own.Suffixes) : null;

    private static IEnumerable<RuleStatement> Rules(Outset o)
    {
        if (Limits(o) is { } limits)
        {
            yield return Outset.State(limits.Row, limits.Value.Mode == "allowList"
                ? Phrase.Say("outlook.domain.allowList", ("list", limits.Value.List ?? "national"))
                : Phrase.Say("outlook.domain.denyList", ("suffixes", Dotted(limits.Value.Suffixes ?? []))));
        }

        if (Own(o) is (var byNature, var suffixes))
        {
            yield return Outset.State(byNature, Phrase.Say("outlook.domain.ofNature", ("suffixes", Dotted(suffixes))));
        }

        if (o.Find<IReadOnlyList<PrefixLimit>>("domainPrefixLimits") is { } prefixes)
        {
            foreach (var limit in prefixes.Value)
            {
                yield return Outset.State(prefixes.Row, limit.Suffix is null
                    ? Phrase.Say("outlook.domain.prefix", ("words", limit.Words.ToArray()))
                    : Phrase.Say("outlook.domain.prefixUnder", ("words", limit.Words.ToArray()), ("suffix", "." + limit.Suffix)));
            }
        }

        if (Holder(o) is (var owner, var holder))
        {
            yield return Outset.State(owner, HolderText(holder));
        }

        foreach (var statement in Times(o))
        {
            yield return statement;
        }
    }

    private static Phrase HolderText(string holder) => holder switch
    {
        "self" => Phrase.Say("outlook.domain.self"),
        "organizationOnly" => Phrase.Say("outlook.domain.organizationOnly"),
        "organizationOrLegalPersonWithLetter" => Phrase.Say("outlook.domain.legalPersonWithLetter"),
        _ => Phrase.Say("outlook.domain.organizationOrLegalPerson"),
    };

    private static IEnumerable<RuleStatement> Times(Outset o)
    {
        if (o.Find<int>("domainMinRemainingMonths") is { } left)
        {
            yield return Outset.State(left.Row, Phrase.Say("outlook.domain.months", ("months", left.Value)));
        }

        if (o.Find<bool>("foreignRegistrarAllowed") is { Value: false } foreign)
        {
            yield return Outset.State(foreign.Row, Phrase.Say("outlook.domain.noForeignRegistrar"));
        }

        if (o.Find<DomainDefaults>("domain") is { } rule)
        {
            yield return Outset.State(rule.Row, Phrase.Say("outlook.domain.defaults", ("days", rule.Value.RealNameMinAge.SameProviderNaturalDays), ("working", rule.Value.RealNameMinAge.OtherProviderWorkingDays)));
        }

        if (o.Rules.On("unfiledDomainMustBeClosed", o.Shape.DataKind) is { } closed)
        {
            yield return Outset.State(closed, Phrase.Say("outlook.domain.closed"));
        }
    }

    /// <summary>What sites that are filed must look like.</summary>
    private static IEnumerable<Placed> Later(Outset o)
    {
        const string home = "site.homeUrl";
        if (o.Shape.DataKind == "AddServiceLocal" && o.Rules.On("filedSitesMustBeOpen", o.Shape.DataKind) is { } open)
        {
            yield return Outset.Place(home, open, Phrase.Say("outlook.site.filedOpen"), Severity.Warning);
        }

        if (o.Rules.On("footerNumberRequired", o.Shape.DataKind) is { } footer)
        {
            yield return Outset.Place(home, footer, Phrase.Say("outlook.site.footer"), Severity.Warning);
        }

        if (o.Find<string>("footerLink") is { } link)
        {
            yield return Outset.Place(home, link.Row, Phrase.Say("outlook.site.footerLink", ("link", link.Value)), Severity.Warning);
        }
    }

    private static string[] Dotted(IEnumerable<string> suffixes) => [.. suffixes.Select(s => "." + s)];
}
