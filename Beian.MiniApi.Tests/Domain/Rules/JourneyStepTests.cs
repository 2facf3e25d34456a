using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Rules;

public sealed class JourneyStepTests
{
    [Fact]
    public void Of_AnEmptyDraft_BeginsWithTheVerification()
    {
        var steps = Steps(AFiling.Draft());

        Assert.Equal(["verification", "subject", "subjectPrincipal", "materials", "agreements"], steps.Select(s => s.Step));
        Assert.All(steps, s => Assert.Equal(StepStatus.NotStarted, s.Status));
        Assert.Equal(["verification"], steps.Where(s => s.Visitable).Select(s => s.Step));
    }

    [Fact]
    public void Of_AVerifiedDraft_ShowsItsSiteAndGoesOnToTheSubject()
    {
        var steps = Steps(AFiling.Verified());

        Assert.Equal(["verification", "subject", "subjectPrincipal", "site", "sitePrincipal", "faceCheck", "materials", "agreements"], steps.Select(s => s.Step));
        Assert.Equal(["verification", "subject"], steps.Where(s => s.Visitable).Select(s => s.Step));
        Assert.Equal(StepStatus.Complete, steps[0].Status);
        Assert.Equal([AForm.SiteId], steps.Select(s => s.SiteId).OfType<string>().Distinct());
    }

    [Fact]
    public void Of_ADraftWithAGap_LetsThroughWhatIsDoneAndTheNextOnly()
    {
        var filing = AFiling.Complete();
        var gap = filing.PutSubjectPrincipal(AForm.Principal with { Email = null }, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        var steps = Steps(gap);

        Assert.Equal(StepStatus.Incomplete, steps.Single(s => s.Step == "subjectPrincipal").Status);
        Assert.Equal(["agreements"], steps.Where(s => !s.Visitable).Select(s => s.Step));
    }

    [Fact]
    public void Of_ACompleteDraft_HasOnlyTheAgreementsLeft()
    {
        var steps = Steps(AFiling.Complete());

        Assert.All(steps[..^1], s => Assert.Equal((StepStatus.Complete, true), (s.Status, s.Visitable)));
        Assert.Equal((StepStatus.NotStarted, true), (steps[^1].Status, steps[^1].Visitable));
    }

    [Fact]
    public void Of_AFaceCheckThatRuns_IsIncomplete()
    {
        var filing = AFiling.Complete();
        var digest = FaceCheckRules.DigestOf(filing, filing.Snapshot.Sites[0])!;
        var running = filing.RecordFaceCheck(
            AForm.SiteId, Beian.MiniApi.Domain.FaceChecks.FaceCheck.Started("c", "r", digest, null, AFiling.Noon, TimeSpan.FromHours(1)), AFiling.Applicant).Value;

        Assert.Equal(StepStatus.Incomplete, Steps(running).Single(s => s.Step == "faceCheck").Status);
    }

    [Fact]
    public void Of_AFiling_WithAFieldTypedAnywhereInAStep_HasBegunIt()
    {
        var draft = AFiling.Draft();
        var typed = draft.PutVerification(new Verification { CertificateType = 1 }, null, "site-x", draft.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.Equal(StepStatus.Incomplete, Steps(typed)[0].Status);
    }

    [Fact]
    public void Of_TwoSites_TellsTheirStepsApart()
    {
        var filing = AFiling.Complete();
        var two = filing.AddSite(AForm.Further() with { Name = null }, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        var sites = Steps(two).Where(s => s.Step == "site").Select(s => (s.SiteId, s.Status));

        Assert.Equal([(AForm.SiteId, StepStatus.Complete), ("site-b", StepStatus.Incomplete)], sites);
    }

    [Theory]
    [InlineData(FilingState.Checking)]
    [InlineData(FilingState.ProviderReview)]
    [InlineData(FilingState.SmsFailed)]
    [InlineData(FilingState.Approved)]
    public void Of_AFilingOutOfTheApplicantsHands_IsLocked(FilingState state) =>
        Assert.All(Steps(AFiling.In(state)), s => Assert.Equal((StepStatus.Locked, true), (s.Status, s.Visitable)));

    private static JourneyStep[] Steps(Filing filing) => [.. JourneySteps.Of(filing, Requirements.Of(filing, AForm.Context()))];
}
