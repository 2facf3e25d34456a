using System.Globalization;
using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>网站信息 and 网站负责人: presence and codes that exist.</summary>
internal static class SiteRules
{
    /// <summary>Sites that were there before it was known who files, or that came with a copy, may be too many.</summary>
    public static void JudgeCount(Filing filing, FindingList findings)
    {
        var limit = FilingLimits.SitesOf(filing.IsIndividual);
        if (filing.Snapshot.Sites.Count > limit)
        {
            findings.Due(new Finding("/sites", "site.tooMany") { Step = "site", Args = Texts.Args(("limit", limit.ToString(CultureInfo.InvariantCulture))) });
        }
    }

    public static void Judge(Filing filing, int index, RuleContext context, FindingList findings)
    {
        const string step = "site";
        var site = filing.Snapshot.Sites[index];
        var at = "/sites/" + index.ToString(CultureInfo.InvariantCulture);
        findings.Present(site.Name, at + "/name", "site.name.missing", step, site.Id);
        if (site.Kind is not null and not "website")
        {
            findings.Due(new Finding(at + "/kind", "site.kind.unknown") { Step = step, SiteId = site.Id });
        }

        if (!site.FromVerification)
        {
            OwnDomain(site, at, step, findings);
        }

        if (!string.IsNullOrWhiteSpace(site.HomeUrl) && !IsOf(site.HomeUrl.Trim(), site.Checks.Domain, site.Checks.DisplayDomain))
        {
            findings.Due(new Finding(at + "/homeUrl", "site.homeUrl.format") { Step = step, SiteId = site.Id });
        }

        Contents(site, at, step, context, findings);
        PreApprovals(filing, site, at, step, context, findings);
        if (!filing.SharesPrincipal(site))
        {
            SubjectRules.Person(site.Principal, at + "/principal", "sitePrincipal", site.Id, context, findings);
        }
    }

    /// <summary>A web address, with or without scheme, on the site's own domain or below it; before that is known, any web address.</summary>
    private static bool IsOf(string url, string? ascii, string? display)
    {
        var full = url.Contains("://", StringComparison.Ordinal) ? url : "http://" + url;
        if (!Uri.TryCreate(full, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
        {
            return false;
        }

        return ascii is null || Below(address.IdnHost, ascii) || Below(address.Host, display ?? ascii);
    }

    private static bool Below(string host, string domain) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);

    private static void OwnDomain(Site site, string at, string step, FindingList findings)
    {
        var hasDomain = findings.Present(site.Domain, at + "/domain", "site.domain.missing", step, site.Id);
        if (!Filings.Verification.Chosen(site.Resource))
        {
            findings.Due(new Finding(at + "/resource", "site.resource.missing") { Step = step, SiteId = site.Id });
        }
        else if (hasDomain && site.Checks.Results.Count == 0)
        {
            findings.Due(new Finding(at + "/domain", "site.domain.unchecked") { Step = step, SiteId = site.Id });
        }

        foreach (var result in site.Checks.Results)
        {
            VerificationRules.Report(result, at + (result.Check == CheckNames.Resource ? "/resource" : "/domain"), step, site.Id, findings);
        }

        foreach (var note in site.Checks.Notes)
        {
            findings.Warn(note with { Pointer = at + "/domain", Step = step, SiteId = site.Id });
        }
    }

    private static void Contents(Site site, string at, string step, RuleContext context, FindingList findings)
    {
        if (site.ServiceContents.Count == 0)
        {
            findings.Due(new Finding(at + "/serviceContents", "site.serviceContents.missing") { Step = step, SiteId = site.Id });
        }

        for (var i = 0; i < site.ServiceContents.Count; i++)
        {
            if (context.Book.FindServiceContent(site.ServiceContents[i]) is null)
            {
                findings.Due(new Finding($"{at}/serviceContents/{i}", "site.serviceContents.unknown") { Step = step, SiteId = site.Id });
            }
        }

        for (var i = 0; i < site.Languages.Count; i++)
        {
            if (context.Book.FindLanguage(site.Languages[i]) is null)
            {
                findings.Due(new Finding($"{at}/languages/{i}", "site.languages.unknown") { Step = step, SiteId = site.Id });
            }
        }
    }

    private static void PreApprovals(Filing filing, Site site, string at, string step, RuleContext context, FindingList findings)
    {
        if (filing.IsIndividual == false && site.PreApprovals.Count == 0)
        {
            findings.Due(new Finding(at + "/preApprovals", "site.preApprovals.missing") { Step = step, SiteId = site.Id });
        }

        for (var i = 0; i < site.PreApprovals.Count; i++)
        {
            var approval = site.PreApprovals[i];
            if (context.Book.FindPreApprovalType(approval.Type) is null)
            {
                findings.Due(new Finding($"{at}/preApprovals/{i}/type", "site.preApprovals.unknown") { Step = step, SiteId = site.Id });
            }
            else if (approval.Type != "none" && string.IsNullOrWhiteSpace(approval.Number))
            {
                findings.Due(new Finding($"{at}/preApprovals/{i}/number", "site.preApprovals.numberMissing") { Step = step, SiteId = site.Id });
            }
        }
    }
}
