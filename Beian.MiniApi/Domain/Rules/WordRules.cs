using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>Words in the subject's name, scope or a site's content and remark that ask for a paper.</summary>
internal static class WordRules
{
    public static void Judge(Situation s, FindingList findings)
    {
        foreach (var rule in s.Rules.Names)
        {
            if (rule.Kind is not ("words" or "wordsMap") || rule.Scope is ["serviceName"] || !rule.ConcernsSubject(s.Individual, s.Nature))
            {
                continue;
            }

            foreach (var site in s.Sites)
            {
                foreach (var material in Asked(rule, site, s))
                {
                    if (!s.Has(material, site.Id))
                    {
                        MaterialRules.Missing(rule.Ref, rule.Severity, new DueMaterial(material, null, site.Id, 1), s, findings);
                    }
                }
            }
        }
    }

    private static IEnumerable<string> Asked(NameRule rule, Site site, Situation s)
    {
        if (rule.Kind == "wordsMap")
        {
            return rule.Map.Where(m => rule.Scope.Any(scope => Text(scope, site, s).Any(t => m.Words.Any(w => t.Contains(w, StringComparison.OrdinalIgnoreCase))))).Select(m => m.Material);
        }

        return rule.ExceptionMaterial is { } material && rule.Scope.Where(x => x != "serviceName").Any(scope => Text(scope, site, s).Any(t => rule.Words.In(t).Count > 0)) ? [material] : [];
    }

    /// <summary>What stands in a field that a rule reads.</summary>
    internal static IEnumerable<string> Text(string scope, Site site, Situation s) => scope switch
    {
        "serviceName" => One(site.Name),
        "subjectName" => One(s.Subject.Name),
        "businessScope" => One(s.BusinessScope),
        "remark" => One(site.Remark),
        "serviceContent" => site.ServiceContents.Select(c => s.Book.FindServiceContent(c)?.Name ?? string.Empty),
        _ => [],
    };

    private static IEnumerable<string> One(string? text) => string.IsNullOrWhiteSpace(text) ? [] : [text];
}
