using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Features.Review;
using Beian.MiniApi.Journey;

namespace Beian.MiniApi.ReviewConsole.Desk;

/// <summary>Lays a form out as lines, each with what was found, what changed and what can be said of it.</summary>
internal sealed class FieldGroups(ReviewView review, FieldValues values, IReadOnlyDictionary<string, LocalText> labels, IReadOnlyList<RejectionReason> reasons)
{
    private readonly FilingView _filing = review.Filing;
    private readonly RequirementView[] _found = [.. review.Filing.Requirements.Due, .. review.Filing.Requirements.Warnings, .. review.Filing.Requirements.Pending];

    public IReadOnlyList<FieldGroup> All()
    {
        var groups = new List<FieldGroup> { Verification(), Subject(), Person("desk.group.subjectPrincipal", null, "/subject/principal", _filing.Subject.Principal) };
        for (var i = 0; i < _filing.Sites.Count; i++)
        {
            var site = _filing.Sites[i];
            var at = "/sites/" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
            groups.Add(Site(site, at));
            if (site.Principal.SameAsSubjectPrincipal != true)
            {
                groups.Add(Person("desk.group.sitePrincipal", NameOf(site), at + "/principal", site.Principal));
            }
        }

        return groups;
    }

    /// <summary>What a site is called on the page.</summary>
    public static string NameOf(SiteView site) => site.Name is { Length: > 0 } name ? name : site.RegistrableDomain ?? site.Domain ?? site.Id;

    /// <summary>The texts that can be said of what stands at that pointer.</summary>
    public IReadOnlyList<RejectionReason> Of(string pointer) => [.. reasons.Where(r => ReasonFields.Holds(r.Field, pointer))];

    private FieldGroup Verification()
    {
        var v = _filing.Verification;
        return Group("desk.group.verification", null, "/verification",
        [
            Line("/verification/region", values.Region(v.Region), "/verification/region/province"),
            Line("/verification/subjectNature", values.Nature(v.SubjectNature)),
            Line("/verification/certificateType", values.Certificate(v.CertificateType, v.SubjectNature)),
            Line("/verification/certificateNumber", v.CertificateNumber),
            Line("/verification/domain", v.RegistrableDomain is { } domain && domain != v.Domain ? $"{v.Domain} → {domain}" : v.Domain),
            Line("/verification/resource", values.Resource(v.Resource, _filing.Sites.FirstOrDefault(s => s.FromVerification)?.PublicIps ?? [])),
        ]);
    }

    private FieldGroup Subject()
    {
        var s = _filing.Subject;
        FieldLine?[] lines =
        [
            Line("/subject/name", s.Name),
            Line("/subject/certificateAddress", s.CertificateAddress),
            Line("/subject/mailingAddress", s.MailingAddress),
            Filled("/subject/investor", s.Investor),
            Filled("/subject/legalRepresentative/name", s.LegalRepresentative?.Name),
            Filled("/subject/legalRepresentative/certificateType", values.Certificate(s.LegalRepresentative?.CertificateType)),
            Filled("/subject/legalRepresentative/certificateNumber", s.LegalRepresentative?.CertificateNumber),
            Filled("/subject/certificateValidTo", s.CertificateValidTo),
            Filled("/subject/businessScope", s.BusinessScope),
            Line("/subject/remark", s.Remark),
        ];
        return Group("desk.group.subject", null, "/subject", [.. lines.OfType<FieldLine>()]);
    }

    private FieldGroup Person(string wordKey, string? site, string at, PersonView p)
    {
        FieldLine?[] lines =
        [
            Line(at + "/name", p.Name),
            Line(at + "/certificateType", values.Certificate(p.CertificateType)),
            Line(at + "/certificateNumber", p.CertificateNumber),
            Line(at + "/validFrom", p.ValidFrom),
            Line(at + "/validTo", p.ValidTo),
            Line(at + "/mobile", p.Mobile),
            Filled(at + "/phone2", p.Phone2),
            Filled(at + "/landline", p.Landline),
            Line(at + "/emergencyPhone", p.EmergencyPhone),
            Line(at + "/email", p.Email),
        ];
        return Group(wordKey, site, at, [.. lines.OfType<FieldLine>()]);
    }

    private FieldGroup Site(SiteView site, string at)
    {
        FieldLine?[] lines =
        [
            Filled(at + "/kind", site.Kind),
            Line(at + "/name", site.Name),

            // The domain and the resource of the verified site stand with the verification, and change there.
            site.FromVerification ? null : Line(at + "/domain", site.Domain),
            site.FromVerification ? null : Line(at + "/resource", values.Resource(site.Resource, site.PublicIps)),
            Line(at + "/homeUrl", site.HomeUrl),
            Line(at + "/serviceContents", values.Contents(site.ServiceContents)),
            Line(at + "/languages", values.Languages(site.Languages)),
            Line(at + "/preApprovals", values.PreApprovals(site.PreApprovals)),
            Line(at + "/remark", site.Remark),
            Line(at + "/faceCheck", site.FaceCheck.Status),
        ];
        return Group("desk.group.site", NameOf(site), at, [.. lines.OfType<FieldLine>()]);
    }

    private FieldGroup Group(string wordKey, string? site, string at, IReadOnlyList<FieldLine> lines) => new(wordKey, site, new Markable(at, null, Of(at)), lines);

    /// <summary>A line that is left out while nothing stands there and nothing was found.</summary>
    private FieldLine? Filled(string pointer, string? value) => Line(pointer, value) is var line && (value is not null || line.Findings.Count > 0 || line.Change is not null) ? line : null;

    private FieldLine Line(string pointer, string? value, string? labelOf = null) => new(pointer, LabelOf(labelOf ?? pointer), string.IsNullOrEmpty(value) ? null : value, Of(pointer))
    {
        Change = review.Changes.FirstOrDefault(c => IsIn(c.Pointer, pointer)) is { } change
            ? change with { Before = values.Changed(change.Pointer, change.Before), After = values.Changed(change.Pointer, change.After) }
            : null,
        Findings = [.. _found.Where(f => IsIn(f.Pointer, pointer))],
        Differences = [.. review.Readings.SelectMany(r => r.Differences).Where(d => IsIn(d.Pointer, pointer))],
    };

    private LocalText LabelOf(string pointer) => labels.GetValueOrDefault(ReasonFields.Pattern(pointer)) ?? new LocalText(pointer, pointer);

    private static bool IsIn(string pointer, string field) => pointer == field || pointer.StartsWith(field + "/", StringComparison.Ordinal);
}
