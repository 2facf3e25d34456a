using System.Collections.Frozen;
using System.Globalization;
using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>One field of a filing that a demand reads.</summary>
internal sealed record DemandedField(string Pointer, string Step, string? SiteId, string? Value, Site? Site);

/// <summary>The fields that a rule in the open form may ask something of.</summary>
public static class FieldDemands
{
    private static readonly FrozenDictionary<string, Func<Subject, string?>> OfSubject = new Dictionary<string, Func<Subject, string?>>(StringComparer.Ordinal)
    {
        ["/subject/name"] = s => s.Name,
        ["/subject/certificateAddress"] = s => s.CertificateAddress,
        ["/subject/mailingAddress"] = s => s.MailingAddress,
        ["/subject/investor"] = s => s.Investor,
        ["/subject/remark"] = s => s.Remark,
        ["/subject/businessScope"] = s => s.BusinessScope,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Func<Person, string?>> OfPerson = new Dictionary<string, Func<Person, string?>>(StringComparer.Ordinal)
    {
        ["/phone2"] = p => p.Phone2,
        ["/landline"] = p => p.Landline,
        ["/emergencyPhone"] = p => p.EmergencyPhone,
        ["/email"] = p => p.Email,
        ["/mobile"] = p => p.Mobile,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Func<Site, string?>> OfSite = new Dictionary<string, Func<Site, string?>>(StringComparer.Ordinal)
    {
        ["/sites/*/name"] = s => s.Name,
        ["/sites/*/homeUrl"] = s => s.HomeUrl,
        ["/sites/*/remark"] = s => s.Remark,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every pointer a rule may name.</summary>
    public static IEnumerable<string> Pointers =>
        [.. OfSubject.Keys, .. OfPerson.Keys.Select(k => "/subject/principal" + k), .. OfSite.Keys, .. OfPerson.Keys.Select(k => "/sites/*/principal" + k)];

    /// <summary>The fields a pointer stands for in this filing, with what is typed there. A principal shared with the subject is one field.</summary>
    internal static IEnumerable<DemandedField> Of(string pointer, Situation s)
    {
        const string principal = "/subject/principal";
        const string sitePrincipal = "/sites/*/principal";
        if (OfSubject.TryGetValue(pointer, out var ofSubject))
        {
            return [new DemandedField(pointer, "subject", null, ofSubject(s.Subject), null)];
        }

        if (OfSite.TryGetValue(pointer, out var ofSite))
        {
            return s.Sites.Select((site, i) => new DemandedField(pointer.Replace("*", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), "site", site.Id, ofSite(site), site));
        }

        return pointer.StartsWith(sitePrincipal, StringComparison.Ordinal)
            ? s.SitePrincipals.Select(p => new DemandedField(p.At + pointer[sitePrincipal.Length..], p.Step, p.SiteId, OfPerson[pointer[sitePrincipal.Length..]](p.Person), p.Site))
            : [new DemandedField(pointer, "subjectPrincipal", null, OfPerson[pointer[principal.Length..]](s.Principal.Person), null)];
    }
}
