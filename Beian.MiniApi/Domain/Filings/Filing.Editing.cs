using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Domain.Filings;

/// <summary>What the checks of the verification step came to.</summary>
/// <param name="SubjectResults">Region, number, conflicts.</param>
/// <param name="DomainChecks">Suffix, registration, conflicts of the domain, and the resource or code.</param>
/// <param name="SubjectKey">Digest of the certificate, for the hold on the subject.</param>
public sealed record VerificationOutcome(IReadOnlyList<CheckResult> SubjectResults, DomainChecks DomainChecks, string SubjectKey)
{
    /// <summary>True when nothing failed; what is unknown does not stop the applicant.</summary>
    public bool Passed => DomainChecks.Passed && SubjectResults.All(r => r.Outcome != CheckOutcome.Failed);
}

/// <content>What the applicant does to the form.</content>
public sealed partial class Filing
{
    /// <summary>The step 验证备案类型 as typed, with the outcome of its checks, or without one while something is missing.</summary>
    /// <param name="typed">Region, nature, certificate, domain, resource. When a site is added, only domain and resource count.</param>
    /// <param name="outcome">Null when the checks did not run: the filing is then unverified.</param>
    /// <param name="newSiteId">Id for the site a first passed verification makes.</param>
    /// <param name="open">What may change.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">Business time.</param>
    public Result<Filing> PutVerification(Verification typed, VerificationOutcome? outcome, string newSiteId, OpenFields open, Actor by, DateTimeOffset now)
    {
        if (_s.SubjectId is not null && LockedBySubject(typed) is { Count: > 0 } locked)
        {
            return FilingErrors.FieldLocked(locked);
        }

        var values = _s.SubjectId is null ? typed : _s.Verification with { Domain = typed.Domain, Resource = typed.Resource };
        return Edit(s => WithOutcome(s, values, outcome, newSiteId, now), open, by, now, "/verification");
    }

    private static FilingSnapshot WithOutcome(FilingSnapshot s, Verification values, VerificationOutcome? outcome, string newSiteId, DateTimeOffset now)
    {
        var status = outcome is null ? VerificationStatus.Unverified : outcome.Passed ? VerificationStatus.Verified : VerificationStatus.Failed;
        var verified = values with
        {
            Status = status,
            VerifiedAt = status == VerificationStatus.Verified ? now : null,
            SubjectResults = ProbeChecks.Keep(outcome?.SubjectResults ?? [], s.Verification.SubjectResults),
            DomainChecks = outcome?.DomainChecks.Keeping(s.Sites.FirstOrDefault(x => x.FromVerification)?.Checks ?? s.Verification.DomainChecks) ?? DomainChecks.None,
            HoldsSubject = outcome is null || outcome.SubjectResults.All(r => r.Code != CheckNames.ForReviewer),
        };
        return s with
        {
            Verification = verified,
            Kind = status == VerificationStatus.Verified ? s.SubjectId is null ? FilingKind.FirstFiling : FilingKind.AddSite : s.Kind,
            SubjectKey = outcome?.SubjectKey ?? s.SubjectKey,
            Sites = status == VerificationStatus.Verified ? WithVerifiedSite(s.Sites, verified, newSiteId) : s.Sites,
        };
    }

    /// <summary>主体信息 without its principal.</summary>
    public Result<Filing> PutSubject(Subject typed, OpenFields open, Actor by, DateTimeOffset now) =>
        Edit(s => s with { Subject = typed with { Principal = s.Subject.Principal } }, open, by, now, "/subject");

    /// <summary>主体负责人.</summary>
    public Result<Filing> PutSubjectPrincipal(Person typed, OpenFields open, Actor by, DateTimeOffset now) =>
        Edit(s => s with { Subject = s.Subject with { Principal = typed } }, open, by, now, "/subject/principal");

    /// <summary>One more site.</summary>
    /// <param name="typed">Its fields, with an id of its own and the checks of its domain and resource.</param>
    /// <param name="open">What may change; sites come and go while the list of them is open.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">Business time.</param>
    public Result<Filing> AddSite(Site typed, OpenFields open, Actor by, DateTimeOffset now)
    {
        var limit = FilingLimits.SitesOf(IsIndividual);
        if (Refuse(FilingAction.Edit, by) is { } refusal)
        {
            return refusal;
        }

        if (!open.Allows("/sites"))
        {
            return FilingErrors.FieldLocked(["/sites"]);
        }

        return _s.Sites.Count >= limit
            ? FilingErrors.TooManySites(limit)
            : Edit(s => s with { Sites = [.. s.Sites, typed] }, open, by, now, "/sites/" + typed.Id);
    }

    /// <summary>A site's fields. The verified site keeps its domain and resource: they change by verifying again.</summary>
    public Result<Filing> PutSite(Site typed, OpenFields open, Actor by, DateTimeOffset now)
    {
        if (FindSite(typed.Id) is not { } stored)
        {
            return FilingErrors.SiteNotFound();
        }

        if (!stored.FromVerification)
        {
            return Edit(s => s with
            {
                Sites = Replaced(s.Sites, stored with
                {
                    Kind = typed.Kind,
                    Name = typed.Name,
                    Domain = typed.Domain,
                    Resource = typed.Resource,
                    HomeUrl = typed.HomeUrl,
                    ServiceContents = typed.ServiceContents,
                    Languages = typed.Languages,
                    PreApprovals = typed.PreApprovals,
                    Remark = typed.Remark,
                    Checks = typed.Checks.Keeping(stored.Checks),
                })
            }, open, by, now, "/sites/" + stored.Id);
        }

        var locked = new List<string>();
        if (typed.Domain is not null && typed.Domain != stored.Domain && typed.Domain != stored.Checks.Domain && typed.Domain != stored.Checks.DisplayDomain)
        {
            locked.Add("/domain");
        }

        if (typed.Resource is not null && typed.Resource != stored.Resource)
        {
            locked.Add("/resource");
        }

        return locked.Count > 0
            ? FilingErrors.FieldLocked(locked)
            : Edit(s => s with
            {
                Sites = Replaced(s.Sites, stored with
                {
                    Kind = typed.Kind,
                    Name = typed.Name,
                    HomeUrl = typed.HomeUrl,
                    ServiceContents = typed.ServiceContents,
                    Languages = typed.Languages,
                    PreApprovals = typed.PreApprovals,
                    Remark = typed.Remark,
                })
            }, open, by, now, "/sites/" + stored.Id);
    }

    /// <summary>Takes a site away. The verified one stays: it is what the filing is about.</summary>
    public Result<Filing> RemoveSite(string siteId, OpenFields open, Actor by, DateTimeOffset now)
    {
        if (FindSite(siteId) is not { } stored)
        {
            return FilingErrors.SiteNotFound();
        }

        if (Refuse(FilingAction.Edit, by) is { } refusal)
        {
            return refusal;
        }

        if (stored.FromVerification)
        {
            return FilingErrors.VerifiedSite();
        }

        return open.Allows("/sites")
            ? Edit(
                s => s with { Sites = [.. s.Sites.Where(x => x.Id != siteId)], Materials = [.. s.Materials.Where(m => m.SiteId != siteId)] },
                open,
                by,
                now,
                "/sites/" + siteId,
                leaving: siteId)
            : FilingErrors.FieldLocked(["/sites"]);
    }

    /// <summary>网站负责人: the subject's principal by reference, or a person of its own.</summary>
    public Result<Filing> PutSitePrincipal(string siteId, bool sameAsSubjectPrincipal, Person typed, OpenFields open, Actor by, DateTimeOffset now) =>
        FindSite(siteId) is { } stored
            ? Edit(
                s => s with { Sites = Replaced(s.Sites, stored with { SameAsSubjectPrincipal = sameAsSubjectPrincipal, Principal = sameAsSubjectPrincipal ? stored.Principal : typed }) },
                open,
                by,
                now,
                $"/sites/{siteId}/principal")
            : FilingErrors.SiteNotFound();

    /// <summary>确认主体: the filed subject is as it was, or it is told what may be done.</summary>
    /// <param name="unchanged">Whether it is as it was.</param>
    /// <param name="rules">Of the province where it is filed, which say what it accepts of a changed subject.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">Business time.</param>
    public Result<Filing> ConfirmSubject(bool unchanged, RuleSet rules, Actor by, DateTimeOffset now)
    {
        if (_s.SubjectId is null)
        {
            return FilingErrors.NotAnAddedSite();
        }

        if (Refuse(FilingAction.ConfirmSubject, by) is { } refusal)
        {
            return refusal;
        }

        return unchanged
            ? new Filing(_s with { SubjectConfirmed = true, Version = _s.SubjectConfirmed ? _s.Version : _s.Version + 1, LastActivityAt = now, Reminded = [] })
            : FilingErrors.SubjectChanged(ChangePolicy.Of(rules, IsIndividual == true));
    }

    /// <summary>
    /// Changes the form, if everything that differs is open; a locked field is named as it stands in the request, whose body is <paramref name="at"/> of the
    /// form. Saving what is already there changes no version.
    /// </summary>
    /// <param name="leaving">A site that goes: its papers go with it, open or not.</param>
    private Result<Filing> Edit(Func<FilingSnapshot, FilingSnapshot> change, OpenFields open, Actor by, DateTimeOffset now, string at, string? leaving = null)
    {
        if (Refuse(FilingAction.Edit, by) is { } refusal)
        {
            return refusal;
        }

        var next = change(_s);
        var changed = FormFields.Diff(FormFields.Of(_s), FormFields.Of(next));
        var locked = changed.Where(c => !open.Allows(c.Path) || (IsFiled(c) && !open.Names(c.Path)))
            .Select(c => c.Path)
            .Where(p => leaving is null || !p.EndsWith('/' + leaving, StringComparison.Ordinal))
            .ToArray();
        if (locked.Length > 0)
        {
            return FilingErrors.FieldLocked(locked.Select(p => p.StartsWith(at, StringComparison.Ordinal) ? p[at.Length..] : FormFields.Pointer(p, _s.Sites)));
        }

        var grows = changed.Count > 0 || next.Verification.Status != _s.Verification.Status || next.Sites.Count != _s.Sites.Count;
        var edited = new Filing(next with
        {
            Version = grows ? _s.Version + 1 : _s.Version,
            LastActivityAt = now,
            ContactResults = StillValid(_s.ContactResults, changed),
            Opened = [.. _s.Opened.Union(changed.Select(c => c.Path).Where(StaysOpen))],
            Reminded = State == FilingState.Draft ? [] : _s.Reminded,
        }).WithHolds();

        // Checks are run before the save: two saves at once can be given the same domain, code or slot for two sites.
        return edited._s.Holds.Distinct(StringComparer.Ordinal).Count() < edited._s.Holds.Count ? FilingErrors.Busy() : edited;
    }

    /// <summary>
    /// A site is added to the subject as it is filed: what is filed does not change here (a change filing does that), and what the record lacks may be
    /// added. What the requirements or the reviewer name is mended here all the same: the filing could not go on otherwise.
    /// </summary>
    private bool IsFiled(FieldChange change) => _s.SubjectId is not null && change.Before is not null && change.Path.StartsWith("/subject/", StringComparison.Ordinal);

    /// <summary>What was open a moment ago because it was due or missing is open for its correction too.</summary>
    private bool StaysOpen(string path) => State != FilingState.Draft || (_s.SubjectId is not null && path.StartsWith("/subject/", StringComparison.Ordinal));

    private List<string> LockedBySubject(Verification typed)
    {
        var filed = _s.Verification;
        var locked = new List<string>();
        void Check(bool differs, string pointer)
        {
            if (differs)
            {
                locked.Add(pointer);
            }
        }

        Check(typed.Region is not null && typed.Region != filed.Region, "/region");
        Check(typed.SubjectNature is not null && typed.SubjectNature != filed.SubjectNature, "/subjectNature");
        Check(typed.CertificateType is not null && typed.CertificateType != filed.CertificateType, "/certificateType");
        Check(typed.CertificateNumber is not null && typed.CertificateNumber != filed.CertificateNumber, "/certificateNumber");
        return locked;
    }

    private static IReadOnlyList<Site> WithVerifiedSite(IReadOnlyList<Site> sites, Verification verified, string newSiteId)
    {
        var stored = sites.FirstOrDefault(s => s.FromVerification);
        var site = (stored ?? new Site { Id = newSiteId, FromVerification = true, Kind = "website" }) with
        {
            Domain = verified.DomainChecks.DisplayDomain,
            Resource = verified.Resource,
            Checks = verified.DomainChecks,
        };
        if (stored is not null)
        {
            return Replaced(sites, site);
        }

        // A copied draft brings its sites along; the one of this domain becomes the verified one.
        var copied = sites.FirstOrDefault(s => s.Checks.Domain == verified.DomainChecks.Domain || s.Domain == verified.DomainChecks.DisplayDomain);
        return copied is null
            ? [site, .. sites]
            : [copied with { FromVerification = true, Domain = site.Domain, Resource = site.Resource, Checks = site.Checks }, .. sites.Where(s => s.Id != copied.Id)];
    }

    private static IReadOnlyList<Site> Replaced(IReadOnlyList<Site> sites, Site site) => [.. sites.Select(s => s.Id == site.Id ? site : s)];
}
