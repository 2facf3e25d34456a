using System.Net;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Features.Filings;

/// <summary>What is left to do once the filing is approved.</summary>
/// <param name="PoliceFilingBy">公安联网备案: by when each site must be filed with public security.</param>
/// <param name="Footers">The line for the foot of each site.</param>
public sealed record AfterApprovalView(DateTimeOffset PoliceFilingBy, IReadOnlyList<FooterView> Footers);

/// <summary>The line that must stand at the foot of a site's home page, to be copied.</summary>
/// <param name="SiteId">The site.</param>
/// <param name="Domain">Its domain, or null.</param>
/// <param name="FooterText">The number as this province wants it: 广东 the subject's, everybody else the site's.</param>
/// <param name="FooterHtml">The same as a link to MIIT's filing system.</param>
public sealed record FooterView(string SiteId, string? Domain, string FooterText, string FooterHtml);

internal static class AfterApproval
{
    /// <summary>Where the number must lead to; used where the data says nothing.</summary>
    private const string DefaultLink = "https://beian.miit.gov.cn/";

    /// <summary>Null before the approval.</summary>
    public static AfterApprovalView? Of(Filing filing, RuleBook rules, DateTimeOffset now)
    {
        var s = filing.Snapshot;
        if (filing.PoliceFilingBy() is not { } police)
        {
            return null;
        }

        var set = rules.For(s.Verification.Region?.Province, ChinaTime.DateOf(now));
        var link = set.Find<string>("footerLink")?.Value ?? DefaultLink;
        var subjects = set.Find<string>("footerNumber")?.Value == "subject";
        return new AfterApprovalView(police, [.. s.Sites.Select(site => Footer(site, (subjects ? s.SubjectNumber : site.Number)!, link))]);
    }

    private static FooterView Footer(Site site, string number, string link) => new(
        site.Id,
        site.Checks.DisplayDomain ?? site.Domain,
        number,
        $"<a href=\"{WebUtility.HtmlEncode(link)}\" target=\"_blank\" rel=\"noopener\">{Plain(number)}</a>");

    /// <summary>Encodes what HTML would read and leaves Chinese as it is, for the people who paste it.</summary>
    private static string Plain(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
