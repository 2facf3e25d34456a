using System.Globalization;
using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>网站信息: the fields of one site.</summary>
internal static class SiteRules
{
    public static void Judge(int index, Situation s, FindingList findings)
    {
        var site = s.Sites[index];
        var at = "/sites/" + index.ToString(CultureInfo.InvariantCulture);
        Finding At(string field, string code) => new(at + field, code) { Step = "site", SiteId = site.Id };
        if (findings.Present("site.name", At("/name", "site.name.missing"), site.Name))
        {
            NameJudge.Judge(site, index, s, findings);
        }

        if (site.Kind is not null and not "website")
        {
            findings.Field("site.kind", At("/kind", "site.kind.unknown"));
        }

        if (!site.FromVerification)
        {
            OwnDomain(site, at, s, findings);
        }

        if (!string.IsNullOrWhiteSpace(site.HomeUrl) && !IsOf(site.HomeUrl.Trim(), site.Checks.Domain, site.Checks.DisplayDomain))
        {
            findings.Field("site.homeUrl", At("/homeUrl", "site.homeUrl.format"));
        }

        ContentRules.Judge(site, index, s, findings);
        PreApprovalRules.Judge(site, index, s, findings);
    }

    /// <summary>A web address, with or without scheme, on the site's own domain or below it; before that is known, any web address.</summary>
    private static bool IsOf(string url, string? ascii, string? display)
    {
        var full = url.Contains("://", StringComparison.Ordinal) ? url : "http://" + url;
        if (!Uri.TryCreate(full, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
        {
            return false;
        }

        return IdnHost(address) is { } host && (ascii is null || Below(host, ascii) || Below(address.Host, display ?? ascii));
    }

    /// <summary>The host in A-label form; null for one that no name can have, which a Uri only notices when it is asked.</summary>
    private static string? IdnHost(Uri address)
    {
        try
        {
            return address.IdnHost;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    private static bool Below(string host, string domain) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);

    private static void OwnDomain(Site site, string at, Situation s, FindingList findings)
    {
        Finding At(string field, string code) => new(at + field, code) { Step = "site", SiteId = site.Id };
        var hasDomain = findings.Present("site.domain", At("/domain", "site.domain.missing"), site.Domain);
        if (!Filings.Verification.Chosen(site.Resource))
        {
            findings.Field("site.resource", At("/resource", "site.resource.missing"));
        }
        else if (hasDomain && site.Checks.Results.Count == 0)
        {
            findings.Field("site.domain", At("/domain", "site.domain.unchecked"));
        }

        foreach (var result in site.Checks.Results)
        {
            VerificationRules.Report(result, at + (result.Check == CheckNames.Resource ? "/resource" : "/domain"), "site", site.Id, s, findings);
        }

        foreach (var note in site.Checks.Notes)
        {
            findings.Add(note.Severity == Severity.Error ? Severity.Warning : note.Severity, s.Book.RefOf("domain-suffixes", "registrableOnly"), note with { Pointer = at + "/domain", Step = "site", SiteId = site.Id });
        }
    }
}
