using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Filings;

/// <summary>Adding a site to a filed subject: what is filed comes along, is confirmed and stays.</summary>
public sealed class AddedSiteTests
{
    private static readonly DateTimeOffset Now = AFiling.Noon;

    [Fact]
    public void ForSubject_ANewDraft_BringsTheSubjectAndNoDomain()
    {
        var draft = AFiling.Draft(Shape.Added).Snapshot;

        Assert.Equal((FilingKind.AddSite, AFiling.SubjectNumber, "测试甲有限公司"), (draft.Kind, draft.SubjectNumber, draft.Subject.Name));
        Assert.Equal((null, null, VerificationStatus.Unverified), (draft.Verification.Domain, draft.Verification.Resource, draft.Verification.Status));
        Assert.Equal(["open:account-1"], draft.Holds);
    }

    [Fact]
    public void PutVerification_WithAnotherSubject_IsLocked()
    {
        var draft = AFiling.Draft(Shape.Added);
        var other = AForm.Typed(Shape.Organisation) with { Region = new Region("320000", "320100", "320102"), SubjectNature = 3, CertificateType = 4, CertificateNumber = "91110000000000000E" };

        var refused = draft.PutVerification(other, AForm.Outcome(), AForm.SiteId, draft.Open(), AFiling.Applicant, Now).Error;

        Assert.Equal("filing.fieldLocked", refused?.Code);
        Assert.Equal(["/region", "/subjectNature", "/certificateType", "/certificateNumber"], refused!.Errors.Select(e => e.Pointer));
    }

    [Fact]
    public void PutVerification_WithDomainAndResourceOnly_IsVerified()
    {
        var draft = AFiling.Draft(Shape.Added);

        var verified = draft.PutVerification(new Verification { Domain = "shop.cn", Resource = AForm.Server }, AForm.Outcome(), AForm.SiteId, draft.Open(), AFiling.Applicant, Now).Value;

        Assert.Equal(FilingKind.AddSite, verified.Snapshot.Kind);
        Assert.Equal(AForm.Company, verified.Snapshot.Verification.SubjectNature);
    }

    [Fact]
    public void PutSubject_WithOtherWords_IsLocked()
    {
        var draft = AFiling.Complete(Shape.Added);

        Assert.Equal("filing.fieldLocked", draft.PutSubject(AForm.Company1 with { Name = "测试乙有限公司" }, draft.OpenWithDue(Shape.Added), AFiling.Applicant, Now).Error?.Code);
        Assert.Equal("filing.fieldLocked", draft.PutSubjectPrincipal(AForm.OtherPrincipal, draft.OpenWithDue(Shape.Added), AFiling.Applicant, Now).Error?.Code);
        Assert.Null(draft.PutSubject(AForm.Company1, draft.OpenWithDue(Shape.Added), AFiling.Applicant, Now).Error);
    }

    [Fact]
    public void PutSubjectPrincipal_WhereTheRecordLacksSomething_MayFillThatIn()
    {
        var started = Filing.Start("filing-1", FilingNumber.Create(Now, 1), "account-1", AFiling.Applicant, Now);
        var draft = started.ForSubject("subject-1", AFiling.SubjectNumber, "subject-key", AForm.Identity(Shape.Added), AForm.Company1 with { Principal = AForm.Principal with { Email = null } });

        var filled = draft.PutSubjectPrincipal(AForm.Principal, draft.OpenWithDue(Shape.Added), AFiling.Applicant, Now);

        Assert.Equal(AForm.Principal.Email, filled.Value.Snapshot.Subject.Principal.Email);
    }

    [Fact]
    public void PutSubjectPrincipal_WithAWrongValueFilled_MayMendIt()
    {
        var draft = AFiling.Complete(Shape.Added);
        var filled = draft.PutSubjectPrincipal(AForm.Principal with { Landline = "1" }, draft.OpenWithDue(Shape.Added), AFiling.Applicant, Now).Value;

        var mended = filled.PutSubjectPrincipal(AForm.Principal with { Landline = "0571-80000000" }, filled.OpenWithDue(Shape.Added), AFiling.Applicant, Now);

        Assert.Equal("0571-80000000", mended.Value.Snapshot.Subject.Principal.Landline);
    }

    [Fact]
    public void PutSubjectPrincipal_AfterUnansweredCalls_MayChangeThePhones()
    {
        var sent = AFiling.Unreachable(Shape.Added);

        Assert.Null(sent.PutSubjectPrincipal(AForm.Principal with { Mobile = "13700000000" }, sent.OpenWithDue(Shape.Added), AFiling.Applicant, Now).Error);
        Assert.Equal("filing.fieldLocked", sent.PutSubjectPrincipal(AForm.Principal with { Email = "c@example.com" }, sent.OpenWithDue(Shape.Added), AFiling.Applicant, Now).Error?.Code);
    }

    [Fact]
    public void PutSubject_WhereTheAccountHasAnotherName_StaysLocked()
    {
        var draft = AFiling.Complete(Shape.Added);
        var due = Requirements.Of(draft, AForm.Context(Shape.Person)).DuePaths(draft.Snapshot);

        var renamed = draft.PutSubject(AForm.Company1 with { Name = "测试甲" }, OpenFields.Of(draft.Snapshot, due), AFiling.Applicant, Now);

        Assert.Equal("filing.fieldLocked", renamed.Error?.Code);
    }

    [Fact]
    public void Edit_OfSitesAndPapers_IsOpenAllTheSame()
    {
        var draft = AFiling.Complete(Shape.Added);

        Assert.Null(draft.AddSite(AForm.Further(), draft.Open(), AFiling.Applicant, Now).Error);
        Assert.Null(draft.PutSite(AForm.SiteOf(draft, Shape.Added) with { Name = "测试新站" }, draft.Open(), AFiling.Applicant, Now).Error);
        Assert.Null(draft.RemoveMaterial("m-1", draft.Open(), AFiling.Applicant, Now).Error);
        Assert.Null(draft.PutVerification(AForm.Typed(Shape.Added, "other.cn"), AForm.Outcome(AForm.Passed("other.cn")), "site-x", draft.Open(), AFiling.Applicant, Now).Error);
    }

    [Fact]
    public void ConfirmSubject_SaidToHaveChanged_IsRefusedAndCanBeConfirmedLater()
    {
        var draft = AFiling.Verified(Shape.Added);

        Assert.Equal("filing.subjectChanged", draft.ConfirmSubject(false, AFiling.Rules, AFiling.Applicant, Now).Error?.Code);
        Assert.True(draft.ConfirmSubject(true, AFiling.Rules, AFiling.Applicant, Now).Value.Snapshot.SubjectConfirmed);
    }

    [Fact]
    public void ConfirmSubject_OfAFirstFiling_HasNothingToConfirm() =>
        Assert.Equal("filing.noSubjectToConfirm", AFiling.Verified().ConfirmSubject(true, AFiling.Rules, AFiling.Applicant, Now).Error?.Code);

    [Fact]
    public void Judge_UntilTheSubjectIsConfirmed_SaysSo()
    {
        Assert.Contains(Requirements.Of(AFiling.Verified(Shape.Added), AForm.Context(Shape.Added)).Due, f => f.Code == "subject.notConfirmed");
        Assert.Empty(Requirements.Of(AFiling.Complete(Shape.Added), AForm.Context(Shape.Added)).Due);
    }
}
