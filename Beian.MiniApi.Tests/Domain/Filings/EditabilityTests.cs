using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Filings;

public sealed class EditabilityTests
{
    private static readonly DateTimeOffset Later = AFiling.ResultAt.AddDays(1);

    [Fact]
    public void PutSite_WhereItsNameWasMarked_MayChangeTheNameOnly()
    {
        var sent = AFiling.ModificationRequested(null, "/sites/0/name");
        var site = sent.FindSite(AForm.SiteId)!;

        var renamed = Put(sent, site with { Name = "测试新站" });
        var other = Put(sent, site with { Name = "测试新站", HomeUrl = "https://shop.cn", Remark = "测试" });

        Assert.Equal("测试新站", renamed.Value.FindSite(AForm.SiteId)!.Name);
        Assert.Equal("filing.fieldLocked", other.Error?.Code);
        Assert.Equal(["/homeUrl", "/remark"], other.Error!.Errors.Select(e => e.Pointer).Order());
    }

    [Fact]
    public void PutSubjectPrincipal_WhereThePersonWasMarked_MayChangeEverythingBelow()
    {
        var sent = AFiling.ProviderRejected(null, "/subject/principal");

        Assert.Null(sent.PutSubjectPrincipal(AForm.OtherPrincipal, sent.Open(), AFiling.Applicant, Later).Error);
        Assert.Equal("filing.fieldLocked", sent.PutSubject(AForm.Company1 with { Name = "测试乙有限公司" }, sent.Open(), AFiling.Applicant, Later).Error?.Code);
    }

    [Fact]
    public void PutSubject_WithEveryLockedValueRepeated_IsStored()
    {
        var sent = AFiling.ModificationRequested(null, "/sites/0/name");

        Assert.Null(sent.PutSubject(AForm.Company1, sent.Open(), AFiling.Applicant, Later).Error);
        Assert.Null(sent.PutSubjectPrincipal(AForm.Principal, sent.Open(), AFiling.Applicant, Later).Error);
        Assert.Null(sent.PutVerification(AForm.Typed(Shape.Organisation), AForm.Outcome(), "site-x", sent.Open(), AFiling.Applicant, Later).Error);
    }

    [Theory]
    [InlineData(FilingState.ModificationRequested)]
    [InlineData(FilingState.ProviderRejected)]
    [InlineData(FilingState.AuthorityRejected)]
    public void Open_AfterARejectionWithoutFindings_IsEverything(FilingState state) => Assert.True(AFiling.In(state).Open().Everything);

    [Fact]
    public void Open_WhenTheWholeWasMarked_IsEverything() => Assert.True(AFiling.ModificationRequested(null, "/sites/0/name", string.Empty).Open().Everything);

    [Theory]
    [InlineData(FilingState.DraftExpired)]
    [InlineData(FilingState.Checking)]
    [InlineData(FilingState.ProviderReview)]
    [InlineData(FilingState.PendingAuthority)]
    [InlineData(FilingState.SmsVerification)]
    [InlineData(FilingState.SmsFailed)]
    [InlineData(FilingState.AuthorityReview)]
    [InlineData(FilingState.Approved)]
    [InlineData(FilingState.Abandoned)]
    public void Open_WhereTheApplicantHasNoTurn_IsNothing(FilingState state)
    {
        var open = OpenFields.Of(AFiling.In(state).Snapshot, ["/subject/name"]);

        Assert.False(open.Everything);
        Assert.Empty(open.Paths);
    }

    [Fact]
    public void Open_AfterUnansweredCalls_IsThePhonesOfEverybody()
    {
        var sent = AFiling.Unreachable(Shape.TwoPeople);

        var phones = AForm.Principal with { Mobile = "13700000000", Phone2 = "13700000001", Landline = "0571-80000000", EmergencyPhone = "13700000002" };
        Assert.Null(sent.PutSubjectPrincipal(phones, sent.Open(), AFiling.Applicant, Later).Error);
        Assert.Null(sent.PutSitePrincipal(AForm.SiteId, false, AForm.OtherPrincipal with { Mobile = "13700000003" }, sent.Open(), AFiling.Applicant, Later).Error);
        Assert.Equal("filing.fieldLocked", sent.PutSubjectPrincipal(AForm.Principal with { Email = "c@example.com" }, sent.Open(), AFiling.Applicant, Later).Error?.Code);
    }

    [Fact]
    public void Open_OfWhatTheRequirementsName_IsOpenBesidesTheMarked()
    {
        var sent = AFiling.ModificationRequested(null, "/subject/principal/certificateNumber");
        var wrong = sent.PutSubjectPrincipal(AForm.Principal with { CertificateNumber = null }, sent.Open(), AFiling.Applicant, Later).Value;

        Assert.True(wrong.OpenWithDue().Allows("/subject/principal/certificateNumber"));
        Assert.False(wrong.OpenWithDue().Allows("/subject/principal/name"));
    }

    [Theory]
    [InlineData("serviceContents")]
    [InlineData("languages")]
    [InlineData("preApprovals")]
    public void Open_WhenAnItemOfAListIsDue_OpensTheList(string field)
    {
        var site = AForm.SiteOf(AFiling.Complete(), Shape.Organisation);
        var wrong = field switch
        {
            "serviceContents" => site with { ServiceContents = [9999] },
            "languages" => site with { Languages = [9999] },
            _ => site with { PreApprovals = [new PreApproval("no-such", null)] },
        };
        var draft = AFiling.Complete();
        var sent = SentBack(Put(draft, wrong).Value, "/subject/name");

        var mended = sent.PutSite(site, sent.OpenWithDue(), AFiling.Applicant, Later);

        Assert.Null(mended.Error);
    }

    [Fact]
    public void Open_WhenOnlyAPictureCanReplaceTheFaceCheck_TakesThePicture()
    {
        var sent = AFiling.ModificationRequested(null, "/subject/principal");
        var passport = sent.PutSubjectPrincipal(AForm.Principal with { CertificateType = 7, CertificateNumber = "E00000000" }, sent.Open(), AFiling.Applicant, Later).Value;

        var added = passport.AddMaterial(AForm.Paper(FaceCheckRules.Fallback, id: "m-x"), 1, passport.OpenWithDue(), AFiling.Applicant, Later);

        Assert.Null(added.Error);
    }

    [Fact]
    public void Reject_WithAPaperMarkedById_OpensThatPaperOfThatOwnerOnly()
    {
        var mine = AFiling.Called(Shape.TwoPeople).Snapshot.Materials.First(m => m is { Kind: "idCard", Part: "front", SiteId: null });

        var sent = RejectPaper(AFiling.Called(Shape.TwoPeople), "/materials", mine.Id);

        Assert.True(sent.Open().Allows(FormFields.PathOf(mine)));
        Assert.False(sent.Open().Allows(FormFields.MaterialPath("idCard", "front", AForm.SiteId)));
        Assert.False(sent.Open().Allows(FormFields.MaterialPath("idCard", "back", null)));
        Assert.Equal(mine.Id, sent.Snapshot.Rounds[^1].Findings[0].MaterialId);
    }

    [Fact]
    public void Reject_WithAPaperMarkedByIndex_OpensIt()
    {
        var called = AFiling.Called();

        var sent = RejectPaper(called, "/materials/1", null);

        Assert.Equal([FormFields.PathOf(called.Snapshot.Materials[1])], sent.Open().Paths.Distinct());
        Assert.Equal(called.Snapshot.Materials[1].Id, sent.Snapshot.Rounds[^1].Findings[0].MaterialId);
    }

    [Fact]
    public void Reject_WithAFieldAndItsPaper_OpensBothAlsoAfterThePaperWasReplaced()
    {
        var paper = AFiling.Called().Snapshot.Materials[0];
        var sent = RejectPaper(AFiling.Called(), "/subject/name", paper.Id);

        var replaced = sent.AddMaterial(paper with { Id = "m-x" }, 1, sent.Open(), AFiling.Applicant, Later).Value;

        Assert.True(replaced.Open().Allows("/subject/name"));
        Assert.Null(replaced.AddMaterial(paper with { Id = "m-y" }, 1, replaced.Open(), AFiling.Applicant, Later).Error);
    }

    [Fact]
    public void Reject_WithAllPapersMarked_OpensEachOfThem()
    {
        var sent = AFiling.ModificationRequested(null, "/materials");

        Assert.All(sent.Snapshot.Materials, m => Assert.Null(sent.RemoveMaterial(m.Id, sent.Open(), AFiling.Applicant, Later).Error));
        Assert.False(sent.Open().Allows("/subject/name"));
    }

    [Theory]
    [InlineData("/sites/0/domain", "/verification/domain", "/verification/resource")]
    [InlineData("/sites/0/resource", "/verification/resource", "/verification/domain")]
    public void Reject_WithAFieldOfTheVerifiedSite_OpensItWhereItIsTyped(string marked, string open, string locked)
    {
        var sent = AFiling.ModificationRequested(null, marked);

        Assert.True(sent.Open().Allows(open));
        Assert.False(sent.Open().Allows(locked));
    }

    [Fact]
    public void Reject_WithTheWholeVerifiedSite_OpensDomainAndResource()
    {
        var sent = AFiling.ModificationRequested(null, "/sites/0");

        Assert.True(sent.Open().Allows("/verification/domain") && sent.Open().Allows("/verification/resource"));
        Assert.False(sent.Open().Allows("/verification/subjectNature"));
    }

    [Fact]
    public void Reject_WithPointersThatLeadNowhere_IsRefusedNamingEach()
    {
        FindingDraft[] drafts =
        [
            new("/sites/7/name", "made up", null, null), new("/subject/nickname", " ", null, null), new("/materials/99", "made up", null, null),
            new("/subject/name", "made up", null, "m-none"), new("/materials", "made up", null, null),
        ];

        var refused = AFiling.Called().Reject(true, drafts, null, AFiling.Reviewer, AFiling.DecidedAt).Error;

        Assert.Equal("review.badFindings", refused?.Code);
        Assert.Equal(
            [
                ("/findings/0/pointer", "review.pointerUnknown"), ("/findings/1/reason", "review.reasonMissing"), ("/findings/1/pointer", "review.pointerUnknown"),
                ("/findings/2/pointer", "review.pointerUnknown"), ("/findings/3/materialId", "review.materialUnknown"),
            ],
            refused!.Errors.Select(e => (e.Pointer, e.Code)));
    }

    [Fact]
    public void AddMaterial_BeyondWhatFits_ReplacesOneAndRefusesMore()
    {
        var draft = AFiling.Complete();
        var count = draft.Snapshot.Materials.Count;

        var replaced = Add(draft, draft.Snapshot.Materials[0] with { Id = "m-x" }, 1).Value;
        var two = Add(Add(draft, AForm.Paper("otherSupplement", id: "m-x"), 2).Value, AForm.Paper("otherSupplement", id: "m-y"), 2).Value;

        Assert.Equal(count, replaced.Snapshot.Materials.Count);
        Assert.Null(replaced.Snapshot.Materials.FirstOrDefault(m => m.Id == draft.Snapshot.Materials[0].Id));
        Assert.Equal("material.tooMany", Add(two, AForm.Paper("otherSupplement", id: "m-z"), 2).Error?.Code);
        Assert.Equal("site.notFound", Add(draft, AForm.Paper("otherSupplement", siteId: "site-none"), 2).Error?.Code);
    }

    [Fact]
    public void ChangeMaterials_WhereNothingWasMarked_IsLocked()
    {
        var sent = AFiling.ModificationRequested(null, "/subject/name");

        Assert.Equal("filing.fieldLocked", Add(sent, AForm.Paper("otherSupplement"), 2).Error?.Code);
        Assert.Equal("filing.fieldLocked", sent.RemoveMaterial("m-1", sent.Open(), AFiling.Applicant, Later).Error?.Code);
        Assert.Equal("material.notFound", sent.RemoveMaterial("m-none", sent.Open(), AFiling.Applicant, Later).Error?.Code);
    }

    private static Result<Filing> Put(Filing filing, Site site) => filing.PutSite(site, filing.Open(), AFiling.Applicant, Later);

    private static Result<Filing> Add(Filing filing, Material paper, int maxCount) => filing.AddMaterial(paper, maxCount, filing.Open(), AFiling.Applicant, Later);

    private static Filing RejectPaper(Filing called, string pointer, string? materialId) =>
        called.Reject(true, [new FindingDraft(pointer, "made up", null, materialId)], null, AFiling.Reviewer, AFiling.DecidedAt).Value;

    private static Filing SentBack(Filing draft, string pointer) => AFiling.Submitted(draft, AFiling.SubmittedAt)
        .Then(f => f.PassChecks(AFiling.ReviewDueAt, AFiling.ReviewSince))
        .Then(f => f.ClaimFor(AFiling.Reviewer, AFiling.ClaimedAt))
        .Then(f => f.Reject(true, [new FindingDraft(pointer, "made up", null, null)], null, AFiling.Reviewer, AFiling.DecidedAt));
}
