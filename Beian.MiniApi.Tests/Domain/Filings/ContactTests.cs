using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Filings;

/// <summary>A filing's contacts from its submission on, and what is remembered of a check of them.</summary>
public sealed class ContactTests
{
    private const string Subject = "/subject/principal";
    private const string Site = "/sites/" + AForm.SiteId + "/principal";
    private static readonly ContactKey[] Contacts = [new(ContactKinds.Phone, "digest", "person")];

    [Fact]
    public void Submit_WithContacts_KeepsThemUntilItIsADraftAgainOrOver()
    {
        var submitted = AFiling.Complete().Submit([], [], Contacts, "rules", AFiling.Applicant, AFiling.SubmittedAt).Value;
        var inReview = submitted.PassChecks(AFiling.ReviewDueAt, AFiling.ReviewSince).Value;
        var back = inReview.ClaimFor(AFiling.Reviewer, AFiling.ClaimedAt).Value.Reject(true, [], "words", AFiling.Reviewer, AFiling.DecidedAt).Value;

        Assert.Equal(Contacts, inReview.Snapshot.Contacts);
        Assert.Equal(Contacts, back.Snapshot.Contacts);
        Assert.Empty(submitted.FailChecks(AFiling.Noon).Value.Snapshot.Contacts);
        Assert.Empty(inReview.Withdraw(null, AFiling.Applicant, AFiling.DecidedAt).Value.Snapshot.Contacts);
        Assert.Empty(back.Abandon(null, AFiling.Applicant, AFiling.DecidedAt).Value.Snapshot.Contacts);
        Assert.Empty(back.Fire(new DueTimer(AFiling.DecidedAt, FilingAction.ReturnToDraft, "applicantIdle")).Value.Snapshot.Contacts);
    }

    [Theory]
    [InlineData("mobile", "/mobile")]
    [InlineData("email", "/email")]
    [InlineData("certificateNumber", "/mobile", "/email", "/certificateNumber")]
    [InlineData("name")]
    public void PutPrincipal_ThatChangesAField_DropsWhatWasFoundOfIt(string changed, params string[] dropped)
    {
        var filing = Found(AFiling.Complete());
        var person = filing.Snapshot.Subject.Principal;
        var typed = changed switch
        {
            "mobile" => person with { Mobile = MadeUp.Mobile(77) },
            "email" => person with { Email = "other@example.cn" },
            "certificateNumber" => person with { CertificateNumber = MadeUp.IdentityNumber(77) },
            _ => person with { Name = "测试丁" },
        };

        var edited = filing.PutSubjectPrincipal(typed, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.Equal(filing.Snapshot.ContactResults.Select(r => r.Field).Except(dropped.Select(d => Subject + d)), edited.Snapshot.ContactResults.Select(r => r.Field));
    }

    [Fact]
    public void PutSitePrincipal_ByReference_DropsWhatWasFoundOfTheSitesOwn()
    {
        var filing = Found(AFiling.Complete(Shape.TwoPeople));

        var shared = filing.PutSitePrincipal(AForm.SiteId, true, Person.Empty, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.Contains(filing.Snapshot.ContactResults, r => r.Field == Site + "/mobile");
        Assert.All(shared.Snapshot.ContactResults, r => Assert.StartsWith(Subject, r.Field, StringComparison.Ordinal));
        Assert.NotEmpty(shared.Snapshot.ContactResults);
    }

    [Fact]
    public void PutVerification_InAnotherProvince_DropsEverythingFound()
    {
        var filing = Found(AFiling.Complete());
        var elsewhere = AForm.Typed(Shape.Organisation) with { Region = new Region("120000", "120100", "120101") };

        var moved = filing.PutVerification(elsewhere, AForm.Outcome(), AForm.SiteId, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.Empty(moved.Snapshot.ContactResults);
    }

    [Fact]
    public void RecordChecks_OfTheContactsOfAnotherVersion_AreDropped()
    {
        var filing = AFiling.Complete();

        var late = filing.RecordChecks([], new Dictionary<string, DomainChecks>(), AFiling.Applicant, new ContactOutcome(filing.Version - 1, [Failed(Subject + "/mobile")])).Value;

        Assert.Empty(late.Snapshot.ContactResults);
    }

    [Fact]
    public void Requirements_WithContactsFound_PointAtTheirFields()
    {
        var filing = Found(AFiling.Complete(Shape.TwoPeople));

        var due = Requirements.Of(filing, AForm.Context()).Due.Where(f => f.Check == CheckNames.ContactReuse).Select(f => (f.Pointer, f.Step, f.SiteId));

        Assert.Equal(
            [
                ("/subject/principal/mobile", "subjectPrincipal", null), ("/subject/principal/email", "subjectPrincipal", null),
                ("/subject/principal/certificateNumber", "subjectPrincipal", null), ("/sites/0/principal/mobile", "sitePrincipal", AForm.SiteId),
            ],
            due);
    }

    private static Filing Found(Filing filing) => filing.RecordChecks(
        [],
        new Dictionary<string, DomainChecks>(),
        AFiling.Applicant,
        new ContactOutcome(filing.Version, [Failed(Subject + "/mobile"), Failed(Subject + "/email"), Failed(Subject + "/certificateNumber"), Failed(Site + "/mobile")])).Value;

    private static CheckResult Failed(string field) => CheckResult.Failed(CheckNames.ContactReuse, "person.mobile.usedElsewhere", null, AFiling.Noon) with { Field = field };
}
