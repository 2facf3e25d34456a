using System.Globalization;
using System.Text;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>网站命名: the name of one site against the rules about names in force.</summary>
internal static class NameJudge
{
    /// <summary>Longest run of names or characters that a message quotes.</summary>
    private const int MaxQuoted = 8;

    public static void Judge(Site site, int index, Situation s, FindingList findings)
    {
        var name = site.Name!.Trim();
        var at = new Finding($"/sites/{index.ToString(CultureInfo.InvariantCulture)}/name", string.Empty) { Step = "site", SiteId = site.Id };
        foreach (var rule in s.Rules.Names)
        {
            if (rule.Scope.Contains("serviceName") && rule.ConcernsSubject(s.Individual, s.Nature))
            {
                One(rule, name, site, at with { Code = rule.Code }, s, findings);
            }
        }
    }

    private static void One(NameRule rule, string name, Site site, Finding at, Situation s, FindingList findings)
    {
        switch (rule.Kind)
        {
            case "length":
                Length(rule, name, at, findings);
                break;
            case "charset":
                Characters(rule, name, at, findings);
                break;
            case "pattern":
                if (rule.Deny?.IsMatch(name) == true || rule.Require?.IsMatch(name) == false)
                {
                    findings.Add(rule.Severity, rule.Ref, at);
                }

                break;
            case "words":
                Words(rule, rule.Words.In(name, rule.AtStart), name, site, at, s, findings);
                break;
            case "suffix":
                if (rule.Words.In(name).Count > 0 && !rule.RequireSuffix.Any(x => name.EndsWith(x, StringComparison.Ordinal)))
                {
                    findings.Add(rule.Severity, rule.Ref, at with { Args = Texts.Args(("suffix", string.Join(' ', rule.RequireSuffix))) });
                }

                break;
            case "placeName":
                PlaceNameRules.Judge(rule, name, at, s, findings);
                break;
            case "personName":
                if (s.Principal.Person.Name?.Trim() is { Length: > 1 } person && name.Contains(person, StringComparison.Ordinal))
                {
                    findings.Add(rule.Severity, rule.Ref, at);
                }

                break;
            case "relation":
                Relation(rule, name, at, s, findings);
                break;
            case "unique":
                if (s.Sites.Any(x => x.Id != site.Id && x.Name?.Trim() == name) || s.Context.Filed.SiteNames.Contains(name))
                {
                    findings.Add(rule.Severity, rule.Ref, at);
                }

                break;
            default:
                break;
        }
    }

    private static void Length(NameRule rule, string name, Finding at, FindingList findings)
    {
        var count = Count(name, rule.Unit == "hanCharacters");
        if (count < rule.Min)
        {
            findings.Add(rule.Severity, rule.Ref, at with { Args = Texts.Args(("min", Number(rule.Min.Value)), ("count", Number(count))) });
        }
        else if (count > rule.Max)
        {
            findings.Add(rule.Severity, rule.Ref, at with { Code = "site.name.tooLong", Args = Texts.Args(("max", Number(rule.Max.Value)), ("count", Number(count))) });
        }
    }

    /// <summary>Letters, digits and Chinese characters count one each, brackets and hyphens nothing; a rare character outside the first plane counts once.</summary>
    private static int Count(string name, bool hanOnly)
    {
        var count = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            count += hanOnly ? (IsHan(rune) ? 1 : 0) : Rune.IsLetterOrDigit(rune) ? 1 : 0;
        }

        return count;
    }

    private static bool IsHan(Rune rune) => rune.Value is (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x323AF);

    /// <summary>Names each character that may not stand, with its number: an invisible one could not be found otherwise.</summary>
    private static void Characters(NameRule rule, string name, Finding at, FindingList findings)
    {
        if (rule.Allowed is null || rule.Allowed.IsMatch(name))
        {
            return;
        }

        var wrong = name.EnumerateRunes().Where(r => !rule.Allowed.IsMatch(r.ToString())).Distinct().Take(MaxQuoted).Select(WrittenCharacters.Show);
        findings.Add(rule.Severity, rule.Ref, at with { Args = Texts.Args(("characters", string.Join('、', wrong))) });
    }

    private static void Words(NameRule rule, IReadOnlyList<string> found, string name, Site site, Finding at, Situation s, FindingList findings)
    {
        if (found.Count == 0 || (rule.WithPlace && s.Book.Places.In(name).Count == 0))
        {
            return;
        }

        var finding = at with { Args = Texts.Args(("words", string.Join('、', found.Take(MaxQuoted)))), AlternativeMaterial = rule.ExceptionMaterial };
        var own = s.Individual == false && found.All(w => s.Subject.Name?.Contains(w, StringComparison.Ordinal) == true);
        if (rule.ExceptionMaterial is { } paper && s.Has(paper, site.Id))
        {
            if (rule.ReviewerDecides)
            {
                findings.Add(Severity.Warning, rule.Ref, finding with { Code = "site.name.reviewerDecides" });
            }
        }
        else if (rule.AtStart && own && name.StartsWith(found[0], StringComparison.Ordinal) && s.Subject.Name!.StartsWith(found[0], StringComparison.Ordinal))
        {
            // The registered name itself begins so: somebody allowed that before.
            findings.Add(Severity.Warning, rule.Ref, finding with { Code = "site.name.reviewerDecides" });
        }
        else if (rule.ExceptionMaterial is { } letter && letter != PreApprovalRules.Document)
        {
            MaterialRules.Missing(rule.Ref, rule.Severity, new DueMaterial(letter, null, site.Id, 1), s, findings);
        }
        else
        {
            findings.Add(rule.Severity, rule.Ref, finding);
        }
    }

    /// <summary>The name should have something of the organisation's name in it.</summary>
    private static void Relation(NameRule rule, string name, Finding at, Situation s, FindingList findings)
    {
        if (rule.Code.Length > 0 && s.Subject.Name?.Trim() is { Length: > 0 } subject && !Related(name, subject))
        {
            findings.Add(rule.Severity, rule.Ref, at);
        }
    }

    private static bool Related(string name, string subject)
    {
        for (var i = 0; i + 2 <= name.Length; i++)
        {
            if (subject.AsSpan().Contains(name.AsSpan(i, 2), StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
