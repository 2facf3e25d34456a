using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>视频核身 of every site's principal.</summary>
internal static class FaceCheckRules
{
    /// <summary>The picture that stands in where the face check cannot be done, or was declined.</summary>
    public const string Fallback = "handheldIdAndLicence";

    /// <summary>Kind of the picture that is kept of a check where the rules demand one.</summary>
    public const string PictureKind = "livenessPhoto";

    /// <summary>The switch by which a province demands a picture of every check.</summary>
    public const string PictureKey = "faceCheckPicture";

    /// <summary>The rule that demands a picture of every check; null where there is none.</summary>
    public static RuleRow? PictureRule(RuleSet rules) => rules.On(PictureKey);

    public static void Judge(Situation s, FindingList findings)
    {
        var filing = s.Filing;
        var context = s.Context;
        var rule = findings.RefOf("site.faceCheck");
        for (var i = 0; i < filing.Snapshot.Sites.Count; i++)
        {
            var site = filing.Snapshot.Sites[i];
            var pointer = $"/sites/{i}/faceCheck";
            switch (StatusOf(filing, site, context.Now))
            {
                case FaceCheckStatus.Passed:
                    JudgePicture(s, findings, site, pointer);
                    break;
                case var _ when HasFallback(filing, site):
                    findings.Warn(rule, new Finding(pointer, "faceCheck.byReviewer") { Step = "faceCheck", SiteId = site.Id });
                    break;
                case FaceCheckStatus.Pending:
                    findings.Pending(rule, new Finding(pointer, "faceCheck.awaitingResult") { Step = "faceCheck", SiteId = site.Id });
                    break;
                case FaceCheckStatus.Failed:
                    var another = site.FaceCheck?.Reason is not { } reason || !FaceCheckReasons.NeedPicture.Contains(reason);
                    findings.Error(rule, Open(another ? "faceCheck.failed" : "faceCheck.pictureInstead", pointer, site));
                    break;
                default:
                    var person = filing.PrincipalOf(site);
                    var possible = person.CertificateType is not { } type || context.FaceCheckSupports(type);
                    findings.Error(rule, Open(possible ? "faceCheck.notStarted" : "faceCheck.pictureNeeded", pointer, site));
                    break;
            }
        }
    }

    /// <summary>Whatever the reason, the picture is offered: nobody must let a machine look at their face.</summary>
    private static Finding Open(string code, string pointer, Site site) => new(pointer, code) { Step = "faceCheck", SiteId = site.Id, Alternatives = [Fallback] };

    /// <summary>A provider without pictures, or one that had lost it: the reviewer sees that it is missing.</summary>
    private static void JudgePicture(Situation s, FindingList findings, Site site, string pointer)
    {
        if (s.Rules.On(PictureKey, s.Kind) is { } rule
            && !s.Filing.Snapshot.Sites.Any(x => x.FaceCheck is { Picture: not null } check && check.Covers(DigestOf(s.Filing, site)!, s.Context.Now)))
        {
            findings.By(rule, new Finding(pointer, "faceCheck.noPicture") { Step = "faceCheck", SiteId = site.Id }, Severity.Warning);
        }
    }

    /// <summary>
    /// How the face check of a site stands: a check for other values than the present ones counts for nothing, one that passed for the same person at
    /// another site counts here too.
    /// </summary>
    public static FaceCheckStatus StatusOf(Filing filing, Site site, DateTimeOffset now)
    {
        var digest = DigestOf(filing, site);
        if (digest is null)
        {
            return FaceCheckStatus.NotStarted;
        }

        if (filing.Snapshot.Sites.Any(s => s.FaceCheck?.Covers(digest, now) == true))
        {
            return FaceCheckStatus.Passed;
        }

        return site.FaceCheck is { } check && check.PersonDigest == digest
            ? check.Status switch
            {
                FaceCheckStatus.Pending => check.IsOpen(now) ? FaceCheckStatus.Pending : FaceCheckStatus.NotStarted,
                FaceCheckStatus.Failed => FaceCheckStatus.Failed,
                _ => FaceCheckStatus.NotStarted,
            }
            : FaceCheckStatus.NotStarted;
    }

    /// <summary>Digest of the three values a check is bound to, or null while one is missing.</summary>
    public static string? DigestOf(Filing filing, Site site)
    {
        var person = filing.PrincipalOf(site);
        return string.IsNullOrWhiteSpace(person.Name) || person.CertificateType is not { } type || string.IsNullOrWhiteSpace(person.CertificateNumber)
            ? null
            : PersonDigest.Of(person.Name, type, person.CertificateNumber);
    }

    private static bool HasFallback(Filing filing, Site site) =>
        filing.Snapshot.Materials.Any(m => m.Kind == Fallback && (m.SiteId == site.Id || (m.SiteId is null && filing.SharesPrincipal(site))));
}
