using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Filings;

public sealed class HoldTests
{
    private const string Open = "open:account-1";
    private const string Subject = "subject:subject-key";
    private const string Domain = "domain:shop.cn";
    private const string Slot = "slot:ins-1:1";

    [Fact]
    public void Start_OfADraft_HoldsTheAccountsOpenPlaceOnly() => Assert.Equal([Open], AFiling.Draft().Snapshot.Holds);

    [Theory]
    [InlineData(FilingState.Draft)]
    [InlineData(FilingState.Checking)]
    [InlineData(FilingState.ProviderReview)]
    [InlineData(FilingState.ModificationRequested)]
    [InlineData(FilingState.ProviderRejected)]
    [InlineData(FilingState.PendingAuthority)]
    [InlineData(FilingState.SmsVerification)]
    [InlineData(FilingState.SmsFailed)]
    [InlineData(FilingState.AuthorityReview)]
    [InlineData(FilingState.AuthorityRejected)]
    public void Holds_OfAnOpenFiling_AreAccountSubjectDomainAndSlot(FilingState state) => Assert.Equal([Open, Subject, Domain, Slot], AFiling.In(state).Snapshot.Holds);

    [Fact]
    public void Approve_OfAFiling_KeepsDomainSlotAndNumbersAndFreesTheRest()
    {
        var approved = AFiling.Approved().Snapshot;

        Assert.Equal([Domain, Slot, "number:" + approved.Sites[0].Number, "number:" + approved.SubjectNumber], approved.Holds);
    }

    [Theory]
    [InlineData(FilingState.DraftExpired)]
    [InlineData(FilingState.Abandoned)]
    public void Holds_OfAFilingThatIsOver_AreNone(FilingState state) => Assert.Empty(AFiling.In(state).Snapshot.Holds);

    [Fact]
    public void PutVerification_WithOtherValues_SwapsTheHolds()
    {
        var swapped = Verify(AFiling.Complete(), "other.cn", AForm.Passed("other.cn", "code:c-7"));

        Assert.Equal([Open, Subject, "domain:other.cn", "code:c-7"], swapped.Snapshot.Holds);
        Assert.Equal("other.cn", swapped.FindSite(AForm.SiteId)!.Domain);
    }

    [Fact]
    public void PutVerification_ThatFails_ReleasesWhatWasHeld()
    {
        var failed = Verify(AFiling.Complete(), "gone.cn", AForm.Failed("gone.cn"));

        Assert.Equal([Open], failed.Snapshot.Holds);
        Assert.Equal(VerificationStatus.Failed, failed.Snapshot.Verification.Status);
        Assert.Equal(AForm.Company1.Name, failed.Snapshot.Subject.Name);
    }

    [Fact]
    public void PutVerification_WithAFieldMissing_ReleasesWhatWasHeld()
    {
        var filing = AFiling.Complete();

        var unverified = filing.PutVerification(AForm.Typed(Shape.Organisation) with { Domain = null }, null, "site-x", filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.Equal([Open], unverified.Snapshot.Holds);
        Assert.Equal(VerificationStatus.Unverified, unverified.Snapshot.Verification.Status);
        Assert.Single(unverified.Snapshot.Sites);
    }

    [Fact]
    public void PutVerification_OfADomainOnlyTheReviewerIsToldAbout_HoldsTheSlotWithoutTheDomain() =>
        Assert.Equal([Open, Subject, Slot], Verify(AFiling.Draft(), "shop.cn", AForm.Passed() with { HoldsDomain = false }).Snapshot.Holds);

    [Fact]
    public void PutVerification_OfASubjectOnlyTheReviewerIsToldAbout_DoesNotReserveIt()
    {
        var hidden = new CheckResult(CheckNames.SubjectConflict, CheckOutcome.Unknown, CheckNames.ForReviewer, UnknownReason.NotDisclosed, "subject.openFilingElsewhere", AFiling.Noon);
        var draft = AFiling.Draft();

        var verified = draft.PutVerification(
            AForm.Typed(Shape.Organisation), AForm.Outcome() with { SubjectResults = [hidden] }, AForm.SiteId, draft.Open(), AFiling.Applicant, AFiling.Noon).Value;
        var rechecked = verified.RecordChecks([CheckResult.Passed(CheckNames.SubjectConflict, null, AFiling.Noon)], new Dictionary<string, DomainChecks>(), AFiling.Applicant).Value;

        Assert.Equal([Open, Domain, Slot], verified.Snapshot.Holds);
        Assert.Equal([Open, Domain, Slot], rechecked.Snapshot.Holds);
    }

    [Theory]
    [InlineData("blog.cn", "code:c-2")]
    [InlineData("news.cn", "code:c-1")]
    public void AddSite_CheckedBeforeAnotherTookTheSameDomainOrCode_MustBeCheckedAgain(string domain, string hold)
    {
        var filing = AFiling.Complete();
        var two = filing.AddSite(AForm.Further(), filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        var refused = two.AddSite(AForm.Further("site-c", domain) with { Checks = AForm.Passed(domain, hold) }, two.Open(), AFiling.Applicant, AFiling.Noon);

        Assert.Equal("filing.busy", refused.Error?.Code);
    }

    [Fact]
    public void AddSite_WithPassedChecks_HoldsItsOwnDomainAndCodeUntilItGoes()
    {
        var filing = AFiling.Complete();

        var two = filing.AddSite(AForm.Further(), filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.Equal([Open, Subject, Domain, Slot, "domain:blog.cn", "code:c-1"], two.Snapshot.Holds);
        Assert.Equal([Open, Subject, Domain, Slot], two.RemoveSite("site-b", two.Open(), AFiling.Applicant, AFiling.Noon).Value.Snapshot.Holds);
    }

    [Fact]
    public void PutSite_OfAFurtherSiteWhoseNewChecksFail_ReleasesItsHolds()
    {
        var filing = AFiling.Complete();
        var two = filing.AddSite(AForm.Further(), filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        var changed = two.PutSite(AForm.Further() with { Domain = "gone.cn", Checks = AForm.Failed("gone.cn") }, two.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.Equal([Open, Subject, Domain, Slot], changed.Snapshot.Holds);
    }

    [Fact]
    public void RecordChecks_ThatFailLater_LeaveHoldsAndVersionAlone()
    {
        var filing = AFiling.Submitted();
        var failed = AForm.Passed() with { Results = AForm.Failed().Results };

        var recorded = filing.RecordChecks([], new Dictionary<string, DomainChecks> { [AForm.SiteId] = failed }, Beian.MiniApi.Domain.Actor.System).Value;

        Assert.Equal(filing.Snapshot.Holds, recorded.Snapshot.Holds);
        Assert.Equal(filing.Version, recorded.Version);
        Assert.Equal(failed.Results, recorded.Snapshot.Verification.DomainChecks.Results);
        Assert.Equal(failed.Results, recorded.FindSite(AForm.SiteId)!.Checks.Results);
    }

    [Fact]
    public void RecordChecks_AboutADomainThatWasChangedMeanwhile_AreDropped()
    {
        var filing = Verify(AFiling.Complete(), "other.cn", AForm.Passed("other.cn", "code:c-7"));

        var recorded = filing.RecordChecks([], new Dictionary<string, DomainChecks> { [AForm.SiteId] = AForm.Passed() with { Results = AForm.Failed().Results } }, AFiling.Applicant).Value;

        Assert.DoesNotContain(recorded.FindSite(AForm.SiteId)!.Checks.Results, r => r.Code == "domain.expired");
    }

    [Fact]
    public void RecordChecks_OfAnUnverifiedDraft_KeepTheVerificationAsItIs()
    {
        var draft = AFiling.Draft();

        Assert.Equal(draft.Snapshot.Verification, draft.RecordChecks([], new Dictionary<string, DomainChecks>(), AFiling.Applicant).Value.Snapshot.Verification);
    }

    private static Filing Verify(Filing filing, string domain, DomainChecks checks) =>
        filing.PutVerification(AForm.Typed(Shape.Organisation, domain), AForm.Outcome(checks), AForm.SiteId, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;
}
