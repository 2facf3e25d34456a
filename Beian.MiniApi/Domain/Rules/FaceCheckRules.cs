using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>视频核身 of every site's principal.</summary>
internal static class FaceCheckRules
{
    /// <summary>The picture that stands in where the face check cannot be done, or was declined.</summary>
    public const string Fallback = "handheldIdAndLicence";

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
                    break;
                case var _ when HasFallback(filing, site):
                    findings.Warn(rule, new Finding(pointer, "faceCheck.byReviewer") { Step = "faceCheck", SiteId = site.Id });
                    break;
                case FaceCheckStatus.Pending:
                    findings.Pending(rule, new Finding(pointer, "faceCheck.awaitingResult") { Step = "faceCheck", SiteId = site.Id });
                    break;
                case FaceCheckStatus.Failed:
                    findings.Error(rule, new Finding(pointer, "faceCheck.failed") { Step = "faceCheck", SiteId = site.Id });
                    break;
                default:
                    var person = filing.PrincipalOf(site);
                    var possible = person.CertificateType is not { } type || context.FaceCheckSupports(type);
                    findings.Error(rule, new Finding(pointer, possible ? "faceCheck.notStarted" : "faceCheck.pictureNeeded") { Step = "faceCheck", SiteId = site.Id });
                    break;
            }
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
