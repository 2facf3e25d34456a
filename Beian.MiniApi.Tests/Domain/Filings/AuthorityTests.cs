using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Filings;

public sealed class AuthorityTests
{
    [Fact]
    public void SubmitToAuthority_WithSomethingNoLongerValid_IsRefusedAndNamesIt()
    {
        var invalid = new Finding("/sites/0/resource", "resource.expiresTooSoon");

        var refused = AFiling.PendingAuthority().SubmitToAuthority(AFiling.BothPrincipals, [invalid], AFiling.Reviewer, AFiling.HandedOverAt).Error;

        Assert.Equal(("review.resourceInvalid", invalid), (refused!.Code, Assert.Single(refused.Errors)));
    }

    [Fact]
    public void SubmitToAuthority_OfTwoPeople_AsksEachOfThem()
    {
        var s = AFiling.InSms(Shape.TwoPeople).Snapshot;

        Assert.Equal([new SmsTarget("subjectPrincipal", null, 1, null), new SmsTarget("sitePrincipal", AForm.SiteId, 2, null)], s.SmsTargets);
        Assert.Equal((AFiling.HandedOverAt, AFiling.HandedOverAt.AddHours(24)), (s.AuthoritySubmittedAt, s.DueAt));
    }

    [Fact]
    public void SubmitToAuthority_AsTheDataSays_AsksTheNamedRolesOnly() => Assert.Equal(
        ["sitePrincipal"],
        AFiling.PendingAuthority().SubmitToAuthority(["sitePrincipal"], [], AFiling.Reviewer, AFiling.HandedOverAt).Value.Snapshot.SmsTargets.Select(t => t.Role));

    [Fact]
    public void RecordSms_OfPeopleWithOneMobile_VerifiesThemTogether()
    {
        var done = Sms(AFiling.InSms(), "sitePrincipal", null, true).Value;

        Assert.Equal(FilingState.AuthorityReview, done.State);
        Assert.All(done.Snapshot.SmsTargets, t => Assert.Equal(AFiling.SmsAt, t.VerifiedAt));
        Assert.Equal((AFiling.AuthorityDueAt, AFiling.SmsAt, "staff"), (done.Snapshot.DueAt, done.Snapshot.SynchronisedAt, done.Snapshot.SynchronisedFrom));
    }

    [Fact]
    public void RecordSms_OfOneOfTwo_WaitsForTheOther()
    {
        var half = Sms(AFiling.InSms(Shape.TwoPeople), "sitePrincipal", AForm.SiteId, true).Value;

        Assert.Equal(FilingState.SmsVerification, half.State);
        Assert.Same(half, Sms(half, "sitePrincipal", null, true).Value);
        Assert.Equal(FilingState.AuthorityReview, Sms(half, "subjectPrincipal", null, true).Value.State);
    }

    [Theory]
    [InlineData("tooManyErrors", "tooManyErrors")]
    [InlineData(null, "notVerified")]
    public void RecordSms_NotVerified_FailsAtOnce(string? reason, string code)
    {
        var failed = AFiling.InSms(Shape.TwoPeople).RecordSms("sitePrincipal", null, false, reason, "staff", AFiling.AuthorityDueAt, AFiling.Reviewer, AFiling.SmsAt).Value;

        Assert.Equal((FilingState.SmsFailed, code), (failed.State, failed.Snapshot.History[^1].Code));
    }

    [Theory]
    [InlineData("sitePrincipal", "site-none")]
    [InlineData("legalRepresentative", null)]
    [InlineData("subjectPrincipal", AForm.SiteId)]
    public void RecordSms_OfSomebodyWhoWasNotAsked_IsRefused(string role, string? siteId) =>
        Assert.Equal("review.smsTargetUnknown", Sms(AFiling.InSms(), role, siteId, true).Error?.Code);

    [Fact]
    public void RecordSms_WithoutTheSite_IsRefusedWhenTwoCouldBeMeant()
    {
        var draft = AFiling.Complete(Shape.TwoPeople);
        var second = AForm.Further() with { SameAsSubjectPrincipal = false, Principal = AForm.OtherPrincipal with { Mobile = "13700000000" } };
        var two = draft.AddSite(second, draft.Open(), AFiling.Applicant, AFiling.Noon).Value;
        var inSms = AFiling.Submitted(two, AFiling.SubmittedAt)
            .Then(f => f.PassChecks(AFiling.ReviewDueAt, AFiling.ReviewSince))
            .Then(f => f.ClaimFor(AFiling.Reviewer, AFiling.ClaimedAt))
            .Then(f => f.LogCall("13700000000", CallOutcome.Reached, null, AFiling.Reviewer, AFiling.CalledAt))
            .Then(f => f.Approve([], [], AFiling.Reviewer, AFiling.DecidedAt))
            .Then(f => f.SubmitToAuthority(AFiling.BothPrincipals, [], AFiling.Reviewer, AFiling.HandedOverAt));

        Assert.Equal([1, 2, 3], inSms.Snapshot.SmsTargets.Select(t => t.Group));
        Assert.Equal("review.smsTargetUnknown", Sms(inSms, "sitePrincipal", null, true).Error?.Code);
        Assert.Null(Sms(inSms, "sitePrincipal", "site-b", true).Error);
    }

    [Fact]
    public void RecordSms_InASecondRoundOfMessages_StartsWithNobodyVerified()
    {
        var failed = Sms(Sms(AFiling.InSms(Shape.TwoPeople), "sitePrincipal", null, true).Value, "subjectPrincipal", null, false).Value;

        var again = AFiling.Submitted(failed, AFiling.ResultAt).SubmitToAuthority(AFiling.BothPrincipals, [], AFiling.Reviewer, AFiling.ResultAt).Value;

        Assert.All(again.Snapshot.SmsTargets, t => Assert.Null(t.VerifiedAt));
        Assert.Equal(AFiling.ResultAt.AddHours(24), again.Snapshot.DueAt);
    }

    [Fact]
    public void RecordApproval_WithNumbers_KeepsThemAndLeavesTheSubjectToBeRecorded()
    {
        var s = AFiling.Approved().Snapshot;

        Assert.Equal((AFiling.SubjectNumber, AFiling.SubjectNumber + "-1"), (s.SubjectNumber, s.Sites[0].Number));
        Assert.Equal("recordAuthorityApproval", s.Rounds[^1].EndedBy);
        Assert.Contains(s.Outbox, e => e.Kind == OutboxEntry.ProjectSubject);
    }

    [Theory]
    [InlineData(null, "浙ICP备20260001号-1", "review.numberMissing")]
    [InlineData("ICP20260001", "浙ICP备20260001号-1", "review.numberFormat")]
    [InlineData(AFiling.SubjectNumber, null, "review.siteNumberMissing")]
    [InlineData(AFiling.SubjectNumber, "浙ICP备20260001号", "review.numberFormat")]
    [InlineData(AFiling.SubjectNumber, "浙ICP备20260002号-1", "review.numberFormat")]
    public void RecordApproval_WithNumbersOfAnotherForm_IsRefused(string? subject, string? site, string code)
    {
        var numbers = site is null ? [] : new Dictionary<string, string> { [AForm.SiteId] = site };

        var refused = AFiling.Approve(AFiling.InAuthorityReview(), numbers, AFiling.Reviewer, subject).Error;

        Assert.Equal("review.badNumbers", refused?.Code);
        Assert.Contains(refused!.Errors, e => e.Code == code);
    }

    [Fact]
    public void RecordApproval_WithASiteTooManyOrANumberTwice_IsRefused()
    {
        var numbers = new Dictionary<string, string> { [AForm.SiteId] = AFiling.SubjectNumber + "-1", ["site-none"] = AFiling.SubjectNumber + "-1" };

        var refused = AFiling.Approve(AFiling.InAuthorityReview(), numbers, AFiling.Reviewer).Error;

        Assert.Equal(["site.notFound", "review.siteNumberRepeated"], refused!.Errors.Select(e => e.Code));
    }

    [Fact]
    public void RecordApproval_OfAnAddedSite_KnowsTheSubjectsNumberAndTakesNoOther()
    {
        var inReview = AFiling.InAuthorityReview(Shape.Added);
        var other = new Dictionary<string, string> { [AForm.SiteId] = "浙ICP备20260002号-1" };

        Assert.Equal(AFiling.SubjectNumber, AFiling.Approve(inReview, AFiling.SubmittedNumbers, AFiling.Reviewer, null).Value.Snapshot.SubjectNumber);
        Assert.Contains(AFiling.Approve(inReview, other, AFiling.Reviewer, "浙ICP备20260002号").Error!.Errors, e => e is { Pointer: "/subjectNumber", Code: "review.numberFormat" });
    }

    [Fact]
    public void RecordRejection_WithoutReasonAndFindings_IsRefused()
    {
        var refused = AFiling.InAuthorityReview().RecordRejection([], " ", "staff", AFiling.Reviewer, AFiling.ResultAt).Error;

        Assert.Equal(("review.badFindings", "/reason"), (refused!.Code, Assert.Single(refused.Errors).Pointer));
    }

    [Fact]
    public void RecordRejection_WithFindings_MarksThemAndKeepsTheReason()
    {
        FindingDraft[] findings = [new("/sites/0/name", "made up", "made up too", null)];

        var rejected = AFiling.InAuthorityReview().RecordRejection(findings, "why", "staff", AFiling.Reviewer, AFiling.ResultAt).Value;
        var wrong = AFiling.InAuthorityReview().RecordRejection([findings[0] with { Pointer = "/sites/7" }], "why", "staff", AFiling.Reviewer, AFiling.ResultAt);

        Assert.Equal(["/sites/" + AForm.SiteId + "/name"], rejected.Open().Paths);
        Assert.Equal(("why", AFiling.ResultAt), (rejected.Snapshot.History[^1].Note, rejected.Snapshot.SynchronisedAt));
        Assert.Equal("review.badFindings", wrong.Error?.Code);
    }

    private static Result<Filing> Sms(Filing filing, string role, string? siteId, bool verified) =>
        filing.RecordSms(role, siteId, verified, verified ? null : "timeout", "staff", AFiling.AuthorityDueAt, AFiling.Reviewer, AFiling.SmsAt);
}
