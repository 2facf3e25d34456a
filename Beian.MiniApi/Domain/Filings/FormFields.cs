using System.Globalization;
using System.Text;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Domain.Resources;

namespace Beian.MiniApi.Domain.Filings;

/// <summary>One field that differs between two forms.</summary>
/// <param name="Path">Canonical path, with site ids.</param>
/// <param name="Before">Null when it was not there.</param>
/// <param name="After">Null when it is no longer there.</param>
public sealed record FieldChange(string Path, string? Before, string? After);

/// <summary>
/// A form as a flat list of paths and values, so that locking, marking and comparing are one thing. Paths are canonical: like JSON pointers into the
/// filing, but with a site's id where the pointer has its index, since indexes move.
/// </summary>
public static class FormFields
{
    private static readonly string[] Lists = ["/serviceContents/", "/languages/", "/preApprovals/"];

    public static IReadOnlyDictionary<string, string> Of(FilingSnapshot filing) =>
        Of(new SubmittedForm(filing.Verification, filing.Subject, filing.Sites, filing.Materials));

    public static IReadOnlyDictionary<string, string> Of(SubmittedForm form)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        AddVerification(fields, form.Verification);
        AddSubject(fields, form.Subject);
        foreach (var site in form.Sites)
        {
            AddSite(fields, site);
        }

        foreach (var material in form.Materials)
        {
            fields[PathOf(material)] = fields.TryGetValue(PathOf(material), out var others) ? others + ' ' + material.Sha256 : material.Sha256;
        }

        return fields;
    }

    /// <summary>What differs, in the order of the form.</summary>
    public static IReadOnlyList<FieldChange> Diff(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        [
            .. before.Keys.Concat(after.Keys.Where(k => !before.ContainsKey(k)))
                .Select(path => new FieldChange(path, before.GetValueOrDefault(path), after.GetValueOrDefault(path)))
                .Where(c => !string.Equals(c.Before, c.After, StringComparison.Ordinal)),
        ];

    /// <summary>Where a paper stands in the flat form: by kind, part and owner.</summary>
    public static string PathOf(Material material) => MaterialPath(material.Kind, material.Part, material.SiteId);

    /// <inheritdoc cref="PathOf"/>
    public static string MaterialPath(string kind, string? part, string? siteId) => $"/materials/{kind}/{part}/{siteId}";

    /// <summary>Turns a JSON pointer into the filing (site by index) into a canonical path (site by id); an index that is not there stays.</summary>
    public static string Canonical(string pointer, IReadOnlyList<Site> sites) => MapSite(
        pointer,
        token => int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < sites.Count ? sites[index].Id : token);

    /// <summary>Turns a canonical path back into a JSON pointer; papers all point at the list they stand in.</summary>
    public static string Pointer(string path, IReadOnlyList<Site> sites)
    {
        if (path.StartsWith("/materials/", StringComparison.Ordinal))
        {
            return "/materials";
        }

        return MapSite(path, token =>
        {
            for (var i = 0; i < sites.Count; i++)
            {
                if (sites[i].Id == token)
                {
                    return i.ToString(CultureInfo.InvariantCulture);
                }
            }

            return token;
        });
    }

    /// <summary>The field that a path leads into: a list is one field, so what points at one of its items means the list.</summary>
    public static string FieldOf(string path)
    {
        foreach (var list in Lists)
        {
            var at = path.IndexOf(list, StringComparison.Ordinal);
            if (at >= 0)
            {
                return path[..(at + list.Length - 1)];
            }
        }

        return path;
    }

    private static string MapSite(string path, Func<string, string> map)
    {
        const string prefix = "/sites/";
        if (!path.StartsWith(prefix, StringComparison.Ordinal))
        {
            return path;
        }

        var end = path.IndexOf('/', prefix.Length);
        end = end < 0 ? path.Length : end;
        return string.Concat(prefix, map(path[prefix.Length..end]), path.AsSpan(end));
    }

    private static void AddVerification(Dictionary<string, string> fields, Verification v)
    {
        Put(fields, "/verification/region/province", v.Region?.Province);
        Put(fields, "/verification/region/city", v.Region?.City);
        Put(fields, "/verification/region/district", v.Region?.District);
        Put(fields, "/verification/subjectNature", v.SubjectNature);
        Put(fields, "/verification/certificateType", v.CertificateType);
        Put(fields, "/verification/certificateNumber", v.CertificateNumber);
        Put(fields, "/verification/domain", v.Domain);
        Put(fields, "/verification/resource", v.Resource);
    }

    private static void AddSubject(Dictionary<string, string> fields, Subject s)
    {
        Put(fields, "/subject/name", s.Name);
        Put(fields, "/subject/certificateAddress", s.CertificateAddress);
        Put(fields, "/subject/mailingAddress", s.MailingAddress);
        Put(fields, "/subject/investor", s.Investor);
        Put(fields, "/subject/legalRepresentative/name", s.LegalRepresentative?.Name);
        Put(fields, "/subject/legalRepresentative/certificateType", s.LegalRepresentative?.CertificateType);
        Put(fields, "/subject/legalRepresentative/certificateNumber", s.LegalRepresentative?.CertificateNumber);
        Put(fields, "/subject/certificateValidTo", s.CertificateValidTo);
        Put(fields, "/subject/businessScope", s.BusinessScope);
        Put(fields, "/subject/remark", s.Remark);
        AddPerson(fields, "/subject/principal", s.Principal);
    }

    private static void AddPerson(Dictionary<string, string> fields, string at, Person p)
    {
        Put(fields, at + "/name", p.Name);
        Put(fields, at + "/certificateType", p.CertificateType);
        Put(fields, at + "/certificateNumber", p.CertificateNumber);
        Put(fields, at + "/validFrom", p.ValidFrom);
        Put(fields, at + "/validTo", p.ValidTo);
        Put(fields, at + "/mobile", p.Mobile);
        Put(fields, at + "/phone2", p.Phone2);
        Put(fields, at + "/landline", p.Landline);
        Put(fields, at + "/emergencyPhone", p.EmergencyPhone);
        Put(fields, at + "/email", p.Email);
    }

    private static void AddSite(Dictionary<string, string> fields, Site site)
    {
        var at = "/sites/" + site.Id;
        Put(fields, at + "/kind", site.Kind);
        Put(fields, at + "/name", site.Name);

        // The verified site's domain and resource stand under /verification.
        if (!site.FromVerification)
        {
            Put(fields, at + "/domain", site.Domain);
            Put(fields, at + "/resource", site.Resource);
        }

        Put(fields, at + "/homeUrl", site.HomeUrl);
        Put(fields, at + "/serviceContents", Joined(site.ServiceContents));
        Put(fields, at + "/languages", Joined(site.Languages));
        Put(fields, at + "/preApprovals", string.Join(';', site.PreApprovals.Select(a => $"{a.Type}={a.Number}")));
        Put(fields, at + "/remark", site.Remark);
        Put(fields, at + "/principal/sameAsSubjectPrincipal", site.SameAsSubjectPrincipal ? "true" : null);
        if (!site.SameAsSubjectPrincipal)
        {
            AddPerson(fields, at + "/principal", site.Principal);
        }
    }

    private static string? Joined(IReadOnlyList<int> codes) =>
        codes.Count == 0 ? null : codes.Aggregate(new StringBuilder(), (text, code) => text.Append(CultureInfo.InvariantCulture, $"{code} ")).ToString();

    private static void Put(Dictionary<string, string> fields, string path, ResourceChoice? choice) =>
        Put(fields, path, choice is null ? null : $"{choice.Kind} {choice.AuthCode}{choice.ResourceId}");

    private static void Put(Dictionary<string, string> fields, string path, int? value) =>
        Put(fields, path, value?.ToString(CultureInfo.InvariantCulture));

    private static void Put(Dictionary<string, string> fields, string path, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            fields[path] = value;
        }
    }
}
