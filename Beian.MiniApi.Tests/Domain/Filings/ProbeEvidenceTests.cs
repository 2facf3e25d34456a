using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Filings;

/// <summary>What a probe saw stays with the filing until it is asked again or the domain changes.</summary>
public sealed class ProbeEvidenceTests
{
    private static readonly CheckResult Open = CheckResult.Failed(ProbeChecks.Closed, "site.open", "made up", AFiling.Noon);
    private static readonly CheckResult Closed = CheckResult.Passed(ProbeChecks.Closed, "made up", AFiling.Noon);
    private static readonly CheckResult Down = CheckResult.Warned(ProbeChecks.Reachable, "filed.siteDown", "made up", AFiling.Noon);

    [Fact]
    public void Record_OfAnOpenSite_IsDueAndLeavesTheVersionAlone()
    {
        var filing = AFiling.Complete();

        var seen = Seen(filing, Open);

        Assert.Equal(filing.Version, seen.Version);
        Assert.Equal(filing.Snapshot.Holds, seen.Snapshot.Holds);
        var due = Assert.Single(Requirements.Of(seen, AForm.Context()).Due);
        Assert.Equal(("/verification/domain", "site.open", ProbeChecks.Closed), (due.Pointer, due.Code, due.Check));
        Assert.Empty(Requirements.Of(Seen(seen, Closed), AForm.Context()).Due);
    }

    [Fact]
    public void Record_WithoutAProbe_KeepsWhatWasSeen()
    {
        var seen = Seen(AFiling.Complete(), Open, Down);

        var again = seen.RecordChecks([], Checks(seen), AFiling.Applicant).Value;

        Assert.Contains(Open, SiteOf(again).Checks.Results);
        Assert.Contains(Open, again.Snapshot.Verification.DomainChecks.Results);
        Assert.Equal([Down], again.Snapshot.Verification.SubjectResults);
    }

    [Fact]
    public void Verification_OfTheSameDomainAgain_KeepsWhatWasSeenAndIsVerified()
    {
        var seen = Seen(AFiling.Complete(), Open, Down);

        var again = seen.PutVerification(AForm.Typed(Shape.Organisation), AForm.Outcome(), AForm.SiteId, seen.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.Equal((VerificationStatus.Verified, true), (again.Snapshot.Verification.Status, again.Snapshot.Verification.DomainChecks.Passed));
        Assert.Contains(Open, SiteOf(again).Checks.Results);
        Assert.Equal([Down], again.Snapshot.Verification.SubjectResults);
    }

    [Fact]
    public void Verification_OfAnotherDomain_DropsWhatWasSeen()
    {
        var seen = Seen(AFiling.Complete(), Open);
        var typed = AForm.Typed(Shape.Organisation) with { Domain = "other.cn" };

        var again = seen.PutVerification(typed, AForm.Outcome(AForm.Passed("other.cn")), AForm.SiteId, seen.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.DoesNotContain(Open, SiteOf(again).Checks.Results);
    }

    [Fact]
    public void Verification_ThatPassesOnlyNow_IsVerifiedThoughTheSiteIsOpen()
    {
        var draft = AFiling.Draft();
        var wrong = AForm.Passed() with { Results = [CheckResult.Failed(RegistryChecks.Expiry, "domain.expired", null, AFiling.Noon)], IsHeld = false };
        var failed = draft.PutVerification(AForm.Typed(Shape.Organisation), AForm.Outcome(wrong), AForm.SiteId, draft.Open(), AFiling.Applicant, AFiling.Noon).Value;
        var mended = AForm.Passed();

        var redone = failed.RedoChecks(
            AForm.Outcome(mended with { Results = [.. mended.Results, Open] }), new Dictionary<string, DomainChecks>(), AForm.SiteId, AFiling.Applicant, AFiling.Noon).Value;

        Assert.Equal(VerificationStatus.Verified, redone.Snapshot.Verification.Status);
        Assert.Contains(Requirements.Of(redone, AForm.Context()).Due, d => d.Code == "site.open");
    }

    [Fact]
    public void Record_WhileBeingChecked_GoesIntoTheRound()
    {
        var submitted = AFiling.Submitted();

        var seen = Seen(submitted, Closed);
        var reviewed = Seen(seen.PassChecks(AFiling.ReviewDueAt, AFiling.ReviewSince).Value, Open);

        Assert.Contains(Closed, Assert.Single(seen.Snapshot.Rounds[^1].Form.Sites).Checks.Results);
        Assert.Contains(Closed, Assert.Single(reviewed.Snapshot.Rounds[^1].Form.Sites).Checks.Results);
        Assert.Contains(Open, SiteOf(reviewed).Checks.Results);
    }

    private static Filing Seen(Filing filing, CheckResult site, params CheckResult[] subject)
    {
        var checks = Checks(filing).ToDictionary(c => c.Key, c => c.Value with { Results = [.. c.Value.Results.Where(r => !ProbeChecks.IsOne(r.Check)), site] });
        return filing.RecordChecks(subject, checks, AFiling.Applicant).Value;
    }

    /// <summary>The checks of every site without what a probe saw.</summary>
    private static Dictionary<string, DomainChecks> Checks(Filing filing) =>
        filing.Snapshot.Sites.ToDictionary(s => s.Id, s => s.Checks with { Results = [.. s.Checks.Results.Where(r => !ProbeChecks.IsOne(r.Check))] });

    private static Site SiteOf(Filing filing) => filing.FindSite(AForm.SiteId)!;
}
