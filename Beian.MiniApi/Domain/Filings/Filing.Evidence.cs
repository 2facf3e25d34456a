using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Domain.Filings;

/// <content>Papers, face checks and checks of outside facts: what leaves the version alone.</content>
public sealed partial class Filing
{
    /// <summary>Keeps a paper. One of the same kind, part and owner is replaced where only one fits, refused where more would be too many.</summary>
    /// <param name="paper">The paper; its bytes are stored already.</param>
    /// <param name="maxCount">How many of that kind, part and owner fit.</param>
    /// <param name="open">What may change.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">Business time.</param>
    public Result<Filing> AddMaterial(Material paper, int maxCount, OpenFields open, Actor by, DateTimeOffset now)
    {
        if (Refuse(FilingAction.Edit, by) is { } refusal)
        {
            return refusal;
        }

        if (paper.SiteId is not null && FindSite(paper.SiteId) is null)
        {
            return FilingErrors.SiteNotFound();
        }

        var path = FormFields.PathOf(paper);
        if (!open.Allows(path))
        {
            return FilingErrors.FieldLocked(["/materials"]);
        }

        var there = _s.Materials.Count(m => FormFields.PathOf(m) == path);
        if (maxCount > 1 && there >= maxCount)
        {
            return FilingErrors.TooManyMaterials(maxCount);
        }

        var kept = maxCount > 1 ? _s.Materials : _s.Materials.Where(m => FormFields.PathOf(m) != path);
        return new Filing(_s with { Materials = [.. kept, paper], Opened = StaysOpen(path) ? [.. _s.Opened.Union([path])] : _s.Opened, LastActivityAt = now, Reminded = State == FilingState.Draft ? [] : _s.Reminded });
    }

    /// <summary>Takes a paper away.</summary>
    public Result<Filing> RemoveMaterial(string materialId, OpenFields open, Actor by, DateTimeOffset now)
    {
        if (_s.Materials.FirstOrDefault(m => m.Id == materialId) is not { } paper)
        {
            return FilingErrors.MaterialNotFound();
        }

        if (Refuse(FilingAction.Edit, by) is { } refusal)
        {
            return refusal;
        }

        // A picture that the rules demand goes when its time has come, not when somebody likes.
        return open.Allows(FormFields.PathOf(paper)) && paper.DeleteAt is null
            ? new Filing(_s with
            {
                Materials = [.. _s.Materials.Where(m => m.Id != materialId)],
                LastActivityAt = now,
                Reminded = State == FilingState.Draft ? [] : _s.Reminded,
            })
            : FilingErrors.FieldLocked(["/materials"]);
    }

    /// <summary>Something was found out about a paper, or copies were made: its record is replaced wherever the filing names it. Leaves state and version alone.</summary>
    /// <param name="materialId">A paper of the form or of an earlier round.</param>
    /// <param name="change">Its record as it is now; keeps the id.</param>
    /// <returns>Null when the filing names no such paper any more.</returns>
    public Filing? RecordPaper(string materialId, Func<Material, Material> change)
    {
        IReadOnlyList<Material> Changed(IReadOnlyList<Material> papers) => papers.Any(m => m.Id == materialId) ? [.. papers.Select(m => m.Id == materialId ? change(m) : m)] : papers;
        return FindPaper(materialId) is null
            ? null
            : new Filing(_s with
            {
                Materials = Changed(_s.Materials),
                Rounds = [.. _s.Rounds.Select(r => r with { Form = r.Form with { Materials = Changed(r.Form.Materials) } })],
            });
    }

    /// <summary>A face check was started, or its result was read. Leaves the version alone.</summary>
    /// <param name="siteId">Whose principal was checked.</param>
    /// <param name="check">The check as it is now.</param>
    /// <param name="by">Who, or the program itself.</param>
    /// <param name="picture">The picture of the check, where one must be kept; its bytes are stored already.</param>
    public Result<Filing> RecordFaceCheck(string siteId, FaceChecks.FaceCheck check, Actor by, Material? picture = null)
    {
        if (FindSite(siteId) is not { } stored)
        {
            return FilingErrors.SiteNotFound();
        }

        return Refuse(FilingAction.RecordEvidence, by) is { } refusal
            ? refusal
            : new Filing(_s with
            {
                Sites = Replaced(_s.Sites, stored with { FaceCheck = check }),
                Materials = picture is null ? _s.Materials : [.. _s.Materials, picture],
            });
    }

    /// <summary>Face checks without a result, by site; none once nothing about them can be recorded any more.</summary>
    public IEnumerable<(Site Site, FaceChecks.FaceCheck Check)> OpenFaceChecks() =>
        FilingTransitions.Allows(State, FilingAction.RecordEvidence, Role.System)
            ? _s.Sites.Where(s => s.FaceCheck?.Status == FaceChecks.FaceCheckStatus.Pending).Select(s => (s, s.FaceCheck!))
            : [];

    /// <summary>When the next picture of a face check is to be deleted; null without any.</summary>
    public DateTimeOffset? NextPictureAt() => FacePictures().Min(p => IsOrphan(p) ? DateTimeOffset.UnixEpoch : p.DeleteAt);

    /// <summary>
    /// Takes pictures of face checks off the form and every round once their time has come, or once their check stands for nobody of the filing any more, and
    /// notes it with the check. In every state: keeping them longer is not allowed.
    /// </summary>
    /// <param name="now">Business time.</param>
    /// <returns>The filing, and the ids whose bytes are to be deleted.</returns>
    public (Filing Filing, IReadOnlyList<string> Gone) DeleteFacePictures(DateTimeOffset now)
    {
        var gone = FacePictures().Where(p => p.DeleteAt <= now || IsOrphan(p)).Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        return (new Filing(_s with
        {
            Materials = Without(_s.Materials, gone),
            Sites = Noted(_s.Sites, gone, now),
            Rounds = [.. _s.Rounds.Select(r => r with { Form = r.Form with { Materials = Without(r.Form.Materials, gone), Sites = Noted(r.Form.Sites, gone, now) } })],
        }), [.. gone]);
    }

    private IEnumerable<Material> FacePictures() => _s.Materials.Concat(_s.Rounds.SelectMany(r => r.Form.Materials)).Where(m => m.DeleteAt is not null);

    /// <summary>A picture of somebody who no longer is the principal, or of a check that another has replaced.</summary>
    private bool IsOrphan(Material picture) =>
        !_s.Sites.Any(s => s.FaceCheck is { } check && check.Picture?.MaterialId == picture.Id && check.PersonDigest == Rules.FaceCheckRules.DigestOf(this, s));

    private static IReadOnlyList<Material> Without(IReadOnlyList<Material> papers, HashSet<string> gone) =>
        papers.Any(m => gone.Contains(m.Id)) ? [.. papers.Where(m => !gone.Contains(m.Id))] : papers;

    private static IReadOnlyList<Site> Noted(IReadOnlyList<Site> sites, HashSet<string> gone, DateTimeOffset now) =>
    [
        .. sites.Select(s => s.FaceCheck is { Picture: { DeletedAt: null } picture } check && gone.Contains(picture.MaterialId)
            ? s with { FaceCheck = check with { Picture = picture with { DeletedAt = now } } }
            : s),
    ];

    /// <summary>
    /// Checks that had failed ran again on the same words: what the applicant mended outside, such as a renewed domain, counts without typing anything
    /// anew. Leaves the version alone; the holds follow.
    /// </summary>
    /// <param name="outcome">Of a verification that had failed; null when it had not.</param>
    /// <param name="redone">Checks of further sites that held nothing, by site id.</param>
    /// <param name="newSiteId">Id for the site a first passed verification makes.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">Business time.</param>
    public Result<Filing> RedoChecks(VerificationOutcome? outcome, IReadOnlyDictionary<string, DomainChecks> redone, string newSiteId, Actor by, DateTimeOffset now)
    {
        if (Refuse(FilingAction.RecordEvidence, by) is { } refusal)
        {
            return refusal;
        }

        var s = outcome is not null && _s.Verification.Status == VerificationStatus.Failed ? WithOutcome(_s, _s.Verification, outcome, newSiteId, now) : _s;
        return new Filing(s with
        {
            Sites = [.. s.Sites.Select(x => !x.FromVerification && !x.Checks.IsHeld && redone.TryGetValue(x.Id, out var checks) ? x with { Checks = checks.Keeping(x.Checks) } : x)],
        }).WithHolds();
    }

    /// <summary>
    /// Checks that ran again found something new. Leaves version and holds alone. Results for a domain or resource that was changed meanwhile are
    /// dropped, and so is what was found of the contacts of another version; null when nobody asked for them.
    /// While a submission is being checked they go into its round as well: nothing else can change the form then. Judgements of texts count for those
    /// texts alone; null when nobody asked for them.
    /// </summary>
    public Result<Filing> RecordChecks(
        IReadOnlyList<CheckResult> subjectResults,
        IReadOnlyDictionary<string, DomainChecks> bySite,
        Actor by,
        ContactOutcome? contacts = null,
        IReadOnlyList<TextJudgement>? texts = null)
    {
        if (Refuse(FilingAction.RecordEvidence, by) is { } refusal)
        {
            return refusal;
        }

        var known = contacts?.Version == Version ? contacts.Results : _s.ContactResults;
        var s = WithChecks(_s, subjectResults, bySite) with { ContactResults = known, TextResults = texts is null ? _s.TextResults : Merged(texts) };
        return new Filing(State == FilingState.Checking ? OnLastRound(s, r => r with { Form = r.Form with { Verification = s.Verification, Sites = s.Sites } }) : s).WithHolds();
    }

    private static FilingSnapshot WithChecks(FilingSnapshot s, IReadOnlyList<CheckResult> subjectResults, IReadOnlyDictionary<string, DomainChecks> bySite)
    {
        var sites = s.Sites.Select(site =>
            bySite.TryGetValue(site.Id, out var checks) && checks.Domain == site.Checks.Domain && checks.Binding?.HoldKey == site.Checks.Binding?.HoldKey
                ? site with { Checks = site.Checks with { Binding = Newer(site.Checks.Binding, checks.Binding), Results = ProbeChecks.Keep(checks.Results, site.Checks.Results) } }
                : site).ToArray();
        var verified = Array.Find(sites, x => x.FromVerification);
        return s with
        {
            Sites = sites,
            Verification = s.Verification.Status == VerificationStatus.Verified
                ? s.Verification with { SubjectResults = ProbeChecks.Keep(subjectResults, s.Verification.SubjectResults), DomainChecks = verified?.Checks ?? s.Verification.DomainChecks }
                : WithFiledSites(s.Verification, [.. subjectResults.Where(r => ProbeChecks.IsOne(r.Check))]),
        };
    }

    /// <summary>The subject's filed sites are there before anything is verified.</summary>
    private static Verification WithFiledSites(Verification v, IReadOnlyList<CheckResult> seen) =>
        seen.Count == 0 ? v : v with { SubjectResults = [.. v.SubjectResults.Where(r => !ProbeChecks.IsOne(r.Check)), .. seen] };
}
