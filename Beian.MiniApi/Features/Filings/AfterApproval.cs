using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Journey;

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
    /// <summary>Null before the approval.</summary>
    public static AfterApprovalView? Of(Filing filing, RuleBook rules, DateTimeOffset now)
    {
        var s = filing.Snapshot;
        if (filing.PoliceFilingBy() is not { } police)
        {
            return null;
        }

        var set = rules.For(s.Verification.Region?.Province, ChinaTime.DateOf(now));
        return new AfterApprovalView(police, [.. s.Sites.Select(site => Of(site, Footer.Of(set, s.SubjectNumber!, site.Number!)))]);
    }

    private static FooterView Of(Site site, Footer footer) => new(site.Id, site.Checks.DisplayDomain ?? site.Domain, footer.Text, footer.Html);
}
