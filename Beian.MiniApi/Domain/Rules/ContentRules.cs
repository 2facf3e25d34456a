using System.Globalization;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>服务内容, 语言 and 备注 of one site.</summary>
internal static class ContentRules
{
    private const string Table = "service-contents";

    /// <summary>Contents of one site at most (WeChat, 服务内容选择指引, 2026-07).</summary>
    private const int MaxContents = 5;

    /// <summary>Characters from which a remark says something (WeChat, 小程序备案操作指引, 2026-07: 20 to 200).</summary>
    private const int UsefulRemark = 20;

    public static void Judge(Site site, int index, Situation s, FindingList findings)
    {
        var at = "/sites/" + index.ToString(CultureInfo.InvariantCulture);
        Finding At(string field, string code) => new(at + field, code) { Step = "site", SiteId = site.Id };
        if (site.ServiceContents.Count == 0)
        {
            findings.Field("site.serviceContents", At("/serviceContents", "site.serviceContents.missing"));
        }
        else if (site.ServiceContents.Count > MaxContents)
        {
            findings.Field("site.serviceContents", At("/serviceContents", "site.serviceContents.tooMany") with { Args = Texts.Args(("max", "5")) });
        }

        for (var i = 0; i < site.ServiceContents.Count; i++)
        {
            One(site.ServiceContents[i], site.ServiceContents.Take(i).Contains(site.ServiceContents[i]), At($"/serviceContents/{i}", string.Empty), site, s, findings);
        }

        for (var i = 0; i < site.Languages.Count; i++)
        {
            if (s.Book.FindLanguage(site.Languages[i]) is null)
            {
                findings.Field("site.languages", At($"/languages/{i}", "site.languages.unknown"));
            }
        }

        Remark(site, At("/remark", string.Empty), s, findings);
    }

    private static void One(int code, bool repeated, Finding at, Site site, Situation s, FindingList findings)
    {
        if (s.Book.FindServiceContent(code) is not { } content)
        {
            findings.Field("site.serviceContents", at with { Code = "site.serviceContents.unknown" });
            return;
        }

        var row = s.Book.RefOf(Table, code.ToString(CultureInfo.InvariantCulture));
        at = at with { Args = Texts.Args(("content", content.NameCode)) };
        if (repeated)
        {
            findings.Field("site.serviceContents", at with { Code = "site.serviceContents.repeated" }, Severity.Warning);
        }

        if (s.Individual == true && !content.AllowedForIndividual)
        {
            findings.Error(row, at with { Code = "site.serviceContents.notForIndividuals" });
        }

        if (s.Individual == false && content.SuggestedPreApproval.Count > 0
            && !content.SuggestedPreApproval.Any(type => site.PreApprovals.Any(a => s.Book.FindPreApprovalType(a.Type)?.Type == type)))
        {
            findings.Warn(row, at with { Code = "site.serviceContents.approvalAdvised" });
        }

        if (ProvinceRule(s, r => r.Forbidden.Contains(code)) is { } forbidden)
        {
            findings.By(forbidden.Row, at with { Code = "site.serviceContents.forbidden" });
        }
    }

    /// <summary>The row of the province's rules about contents, when one of its entries for this subject fits.</summary>
    private static Ruled<IReadOnlyList<ServiceContentRule>>? ProvinceRule(Situation s, Func<ServiceContentRule, bool> fits)
    {
        var rule = s.Rules.Find<IReadOnlyList<ServiceContentRule>>("serviceContentRules", s.Kind);
        return rule is not null && s.Individual is { } individual && rule.Value.Any(r => (r.Subject == "all" || r.Subject == (individual ? "individual" : "organization")) && fits(r)) ? rule : null;
    }

    private static void Remark(Site site, Finding at, Situation s, FindingList findings)
    {
        var text = site.Remark?.Trim() ?? string.Empty;
        var length = new StringInfo(text).LengthInTextElements;
        var rules = s.Rules.Find<RemarkRules>("remarkRules", s.Kind);
        var demanded = Demanded(site, rules, s);
        if (demanded is not null && length == 0)
        {
            findings.Error(demanded, at with { Code = "site.remark.missing" });
        }
        else if (s.Individual == true && rules is { Value.MinChars: { } min } && length < min)
        {
            findings.By(rules.Row, at with { Code = "site.remark.tooShort", Args = Texts.Args(("min", min.ToString(CultureInfo.InvariantCulture)), ("count", length.ToString(CultureInfo.InvariantCulture))) });
        }
        else if (demanded is not null && length < UsefulRemark)
        {
            findings.Info(demanded, at with { Code = "site.remark.brief" });
        }

        if (s.Individual == true && rules is { Value.IndividualStatement: true } && !text.Contains("个人", StringComparison.Ordinal))
        {
            findings.By(rules.Row, at with { Code = "site.remark.statementAdvised" }, Severity.Warning);
        }
    }

    /// <summary>Which rule asks for a remark, or null when none does.</summary>
    private static RuleRef? Demanded(Site site, Ruled<RemarkRules>? rules, Situation s)
    {
        if (site.ServiceContents.FirstOrDefault(c => s.Book.FindServiceContent(c)?.RemarkRequired == true) is var other and not 0)
        {
            return s.Book.RefOf(Table, other.ToString(CultureInfo.InvariantCulture));
        }

        var byContent = ProvinceRule(s, r => r.RemarkRequiredFor.Any(site.ServiceContents.Contains) || (r.RemarkRequiredExcept.Count > 0 && site.ServiceContents.Any(c => !r.RemarkRequiredExcept.Contains(c))));
        return byContent?.Ref ?? (s.Individual == true && rules is { Value.IndividualContentRemark: true } ? rules.Ref : null);
    }
}
