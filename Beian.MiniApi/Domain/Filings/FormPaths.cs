namespace Beian.MiniApi.Domain.Filings;

/// <summary>The fields a form has: what a reviewer may point at.</summary>
public static class FormPaths
{
    private static readonly string[] PersonFields =
        ["", "/name", "/certificateType", "/certificateNumber", "/validFrom", "/validTo", "/mobile", "/phone2", "/landline", "/emergencyPhone", "/email"];

    private static readonly HashSet<string> Fixed = new(StringComparer.Ordinal)
    {
        "", "/verification", "/verification/region", "/verification/region/province", "/verification/region/city", "/verification/region/district",
        "/verification/subjectNature", "/verification/certificateType", "/verification/certificateNumber", "/verification/domain", "/verification/resource",
        "/subject", "/subject/name", "/subject/certificateAddress", "/subject/mailingAddress", "/subject/investor", "/subject/certificateValidTo", "/subject/businessScope", "/subject/remark",
        "/subject/legalRepresentative", "/subject/legalRepresentative/name", "/subject/legalRepresentative/certificateType",
        "/subject/legalRepresentative/certificateNumber", "/sites", "/materials",
    };

    private static readonly string[] SiteFields =
        ["", "/kind", "/name", "/domain", "/resource", "/homeUrl", "/serviceContents", "/languages", "/preApprovals", "/remark", "/faceCheck"];

    /// <summary>True when that canonical path names a field, a group of fields, or the whole form.</summary>
    public static bool Exists(string path, IReadOnlyList<Site> sites)
    {
        const string subjectPrincipal = "/subject/principal";
        if (Fixed.Contains(path))
        {
            return true;
        }

        if (path.StartsWith(subjectPrincipal, StringComparison.Ordinal))
        {
            return Array.IndexOf(PersonFields, path[subjectPrincipal.Length..]) >= 0;
        }

        foreach (var site in sites)
        {
            var at = "/sites/" + site.Id;
            if (path.StartsWith(at, StringComparison.Ordinal) && (path.Length == at.Length || path[at.Length] == '/'))
            {
                var rest = path[at.Length..];
                return Array.IndexOf(SiteFields, rest) >= 0
                    || (rest.StartsWith("/principal", StringComparison.Ordinal) && Array.IndexOf(PersonFields, rest["/principal".Length..]) >= 0);
            }
        }

        return false;
    }
}
