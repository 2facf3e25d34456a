using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Verification;

/// <summary>Who files a domain, as far as it decides which names may be filed.</summary>
/// <param name="Nature">Code of the subject natures; null while not chosen.</param>
/// <param name="Province">Null while not chosen.</param>
/// <param name="Kind">Kind of filing as the data names it.</param>
/// <param name="FiledOn">When the domain was first filed; null for one that is not filed yet.</param>
public sealed record DomainQuestion(int? Nature, string? Province, string Kind, DateOnly? FiledOn = null);

/// <summary>Whether a name may be filed by this subject in this province: the suffix, and words in front of it (D04).</summary>
public static class SuffixChecks
{
    public const string Check = "domain.suffix";

    private const string Table = "domain-suffixes";

    /// <param name="domain">Under a nationally approved suffix.</param>
    /// <param name="question">Who files.</param>
    /// <param name="book">The data.</param>
    /// <param name="rules">The rules of the province.</param>
    /// <param name="now">When it is judged.</param>
    public static CheckResult Judge(DomainName domain, DomainQuestion question, ReferenceBook book, RuleSet rules, DateTimeOffset now)
    {
        var suffix = Texts.Args(("suffix", domain.Suffix.Unicode));
        if (NotForNature(domain.Suffix, question, book, rules) is { } nature)
        {
            return CheckResult.Failed(Check, "domain.suffixNotForNature", null, now) with { Rule = nature, Args = suffix };
        }

        if (NotInProvince(domain.Suffix, question, book, rules) is { } province)
        {
            return CheckResult.Failed(Check, "domain.suffixNotInProvince", null, now) with { Rule = province, Args = suffix };
        }

        return Prefix(domain, rules, question) is { } word
            ? CheckResult.Failed(Check, "domain.prefixNotAllowed", null, now) with { Rule = word.Rule, Args = Texts.Args(("word", word.Word)) }
            : CheckResult.Passed(Check, null, now);
    }

    /// <summary>The rule by which this nature may not use the suffix: it is kept for others, or the nature has suffixes of its own. Null when it may.</summary>
    private static RuleRef? NotForNature(DomainSuffix suffix, DomainQuestion question, ReferenceBook book, RuleSet rules)
    {
        if (question.Nature is not { } nature)
        {
            return null;
        }

        if (suffix.RestrictedToNatures is { } only && !only.Contains(nature))
        {
            return book.RefOf(Table, suffix.Ascii);
        }

        return rules.Find<IReadOnlyList<InstitutionDomains>>("institutionDomains") is { } rule && rule.Value.FirstOrDefault(d => d.NatureCode == nature) is { } own
            && !own.Suffixes.Any(s => suffix.Unicode == s || suffix.Ascii == s || suffix.Ascii.EndsWith("." + s, StringComparison.Ordinal))
                ? rule.Ref
                : null;
    }

    /// <summary>The rule by which the province does not take the suffix; null when it does.</summary>
    private static RuleRef? NotInProvince(DomainSuffix suffix, DomainQuestion question, ReferenceBook book, RuleSet rules)
    {
        if (rules.Find<SuffixLimits>("domainSuffixLimits", question.Kind) is { } limits)
        {
            return Refuses(limits.Value, suffix, book.FindNature(question.Nature)?.IsPerson, question) ? limits.Ref : null;
        }

        return question.Province is { } province && suffix.DeniedByProvinces.Contains(province) ? book.RefOf(Table, suffix.Ascii) : null;
    }

    private static bool Refuses(SuffixLimits limits, DomainSuffix suffix, bool? individual, DomainQuestion question)
    {
        if (limits.Subjects != "all" && individual != (limits.Subjects == "individual"))
        {
            return false;
        }

        if (limits.Exceptions?.Any(e => e.Suffix == suffix.Ascii && e.Kinds.Contains(question.Kind) && question.FiledOn < e.FiledBefore) == true)
        {
            return false;
        }

        // A category or place below a top level stands on the list with it, and so does every suffix in Chinese.
        return limits.Mode == "allowList"
            ? limits.List is { } list && !suffix.IsOn(list) && !suffix.Idn
            : limits.Suffixes?.Contains(suffix.Ascii) == true;
    }

    private static (RuleRef Rule, string Word)? Prefix(DomainName domain, RuleSet rules, DomainQuestion question)
    {
        if (rules.Find<IReadOnlyList<PrefixLimit>>("domainPrefixLimits", question.Kind) is not { } limits)
        {
            return null;
        }

        var label = domain.Unicode[..^(domain.Suffix.Unicode.Length + 1)];
        foreach (var limit in limits.Value.Where(l => l.Suffix is null || l.Suffix == domain.Suffix.Unicode))
        {
            if (limit.Words.FirstOrDefault(w => label.StartsWith(w, StringComparison.Ordinal)) is { } word)
            {
                return (limits.Ref, word);
            }
        }

        return null;
    }
}
