using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Filings;

public sealed class SiteTests
{
    private static readonly DateTimeOffset Later = AFiling.ResultAt.AddDays(1);

    [Fact]
    public void PutVerification_ThatPasses_MakesTheFirstSiteOnce()
    {
        var verified = AFiling.Verified();

        var again = verified.PutVerification(AForm.Typed(Shape.Organisation, "other.cn"), AForm.Outcome(AForm.Passed("other.cn")), "site-x", verified.Open(), AFiling.Applicant, Later).Value;

        var site = Assert.Single(again.Snapshot.Sites);
        Assert.Equal((AForm.SiteId, "other.cn", true), (site.Id, site.Domain, site.FromVerification));
        Assert.Equal(FilingKind.FirstFiling, again.Snapshot.Kind);
    }

    [Theory]
    [InlineData(false, 10)]
    [InlineData(true, 1)]
    public void AddSite_BeyondTheLimitOfTheSubject_IsRefused(bool individual, int limit)
    {
        var filing = AFiling.Verified(new Shape(individual));
        while (filing.Snapshot.Sites.Count < limit)
        {
            filing = filing.AddSite(AForm.Further("site-" + filing.Snapshot.Sites.Count, $"site-{filing.Snapshot.Sites.Count}.cn"), filing.Open(), AFiling.Applicant, Later).Value;
        }

        var refused = filing.AddSite(AForm.Further("one-more"), filing.Open(), AFiling.Applicant, Later).Error;

        Assert.Equal(("site.tooMany", limit.ToString(System.Globalization.CultureInfo.InvariantCulture)), (refused?.Code, refused!.Args["limit"]));
    }

    [Fact]
    public void Judge_AnIndividualWhoBroughtSeveralSites_SaysSo()
    {
        var draft = AFiling.Draft();
        var two = draft.AddSite(AForm.Further("site-b"), draft.Open(), AFiling.Applicant, Later).Value;
        var person = two.PutVerification(AForm.Typed(Shape.Person), AForm.Outcome(), AForm.SiteId, two.Open(), AFiling.Applicant, Later).Value;

        var due = Requirements.Of(person, AForm.Context(Shape.Person)).Due;

        Assert.Contains(due, f => f is { Code: "site.tooMany", Pointer: "/sites", Step: "site" } && f.Args["limit"] == "1");
    }

    [Fact]
    public void AddSite_WhereSitesWereNotMarked_IsLocked()
    {
        var sent = AFiling.ModificationRequested(null, "/sites/0/name");

        Assert.Equal("filing.fieldLocked", sent.AddSite(AForm.Further(), sent.Open(), AFiling.Applicant, Later).Error?.Code);
    }

    [Fact]
    public void ChangeTheListOfSites_WhereItWasMarked_IsOpen()
    {
        var draft = AFiling.Complete();
        var two = draft.AddSite(AForm.Further(), draft.Open(), AFiling.Applicant, AFiling.Noon).Value;
        two = two.AddMaterial(AForm.Paper("otherSupplement", siteId: "site-b", id: "m-x"), 1, two.Open(), AFiling.Applicant, AFiling.Noon).Value;
        var sent = SentBack(two, "/sites");

        var without = sent.RemoveSite("site-b", sent.Open(), AFiling.Applicant, Later);
        var three = sent.AddSite(AForm.Further("site-c", "more.cn"), sent.Open(), AFiling.Applicant, Later);

        Assert.Equal([AForm.SiteId], without.Value.Snapshot.Sites.Select(s => s.Id));
        Assert.Equal(3, three.Value.Snapshot.Sites.Count);
    }

    [Fact]
    public void RemoveSite_WithItsPapers_TakesThemAlong()
    {
        var draft = AFiling.Complete();
        var two = draft.AddSite(AForm.Further(), draft.Open(), AFiling.Applicant, Later).Value;
        two = two.AddMaterial(AForm.Paper("otherSupplement", siteId: "site-b", id: "m-x"), 1, two.Open(), AFiling.Applicant, Later).Value;

        var one = two.RemoveSite("site-b", two.Open(), AFiling.Applicant, Later).Value;

        Assert.DoesNotContain(one.Snapshot.Materials, m => m.Id == "m-x");
        Assert.Equal(draft.Snapshot.Materials.Count, one.Snapshot.Materials.Count);
    }

    [Fact]
    public void RemoveSite_TheVerifiedOrNoneOrALockedOne_IsRefused()
    {
        var draft = AFiling.Complete();
        var two = draft.AddSite(AForm.Further(), draft.Open(), AFiling.Applicant, AFiling.Noon).Value;
        var sent = SentBack(two, "/subject/name");

        Assert.Equal("site.fromVerification", draft.RemoveSite(AForm.SiteId, draft.Open(), AFiling.Applicant, Later).Error?.Code);
        Assert.Equal("site.notFound", draft.RemoveSite("site-none", draft.Open(), AFiling.Applicant, Later).Error?.Code);
        Assert.Equal("filing.fieldLocked", sent.RemoveSite("site-b", sent.Open(), AFiling.Applicant, Later).Error?.Code);
        Assert.Equal("filing.stateConflict", AFiling.InReview().RemoveSite(AForm.SiteId, draft.Open(), AFiling.Applicant, Later).Error?.Code);
    }

    [Fact]
    public void PutSite_OfTheVerifiedSite_KeepsItsDomainAndResource()
    {
        var draft = AFiling.Complete();
        var site = draft.FindSite(AForm.SiteId)!;

        var absent = draft.PutSite(site with { Domain = null, Resource = null }, draft.Open(), AFiling.Applicant, Later).Value;
        var other = draft.PutSite(site with { Domain = "other.cn", Resource = AForm.Code }, draft.Open(), AFiling.Applicant, Later).Error;

        Assert.Equal(("shop.cn", AForm.Server), (absent.FindSite(AForm.SiteId)!.Domain, absent.FindSite(AForm.SiteId)!.Resource));
        Assert.Equal(["/domain", "/resource"], other!.Errors.Select(e => e.Pointer));
    }

    [Fact]
    public void PutOrRecord_OfASiteThatIsNotThere_IsNotFound()
    {
        var draft = AFiling.Complete();

        Assert.Equal("site.notFound", draft.PutSite(AForm.Further("site-none"), draft.Open(), AFiling.Applicant, Later).Error?.Code);
        Assert.Equal("site.notFound", draft.PutSitePrincipal("site-none", true, AForm.Principal, draft.Open(), AFiling.Applicant, Later).Error?.Code);
        Assert.Equal("site.notFound", draft.RecordFaceCheck("site-none", AForm.Face(AForm.Principal, Later), AFiling.Applicant).Error?.Code);
    }

    [Fact]
    public void PutSitePrincipal_SaidToBeTheSame_FollowsTheSubjectsAndKeepsTheOther()
    {
        var own = AFiling.Complete(Shape.TwoPeople);

        var same = own.PutSitePrincipal(AForm.SiteId, true, Person.Empty, own.Open(), AFiling.Applicant, Later).Value;
        var changed = same.PutSubjectPrincipal(AForm.Principal with { Email = "c@example.com" }, same.Open(), AFiling.Applicant, Later).Value;

        Assert.Equal("c@example.com", changed.PrincipalOf(changed.FindSite(AForm.SiteId)!).Email);
        Assert.Equal(AForm.OtherPrincipal, changed.FindSite(AForm.SiteId)!.Principal);
    }

    [Fact]
    public void PrincipalOf_AnIndividualsSite_IsTheIndividual()
    {
        var person = AFiling.Complete(new Shape(Individual: true, OwnSitePrincipal: true));

        Assert.Equal(AForm.Principal, person.PrincipalOf(person.FindSite(AForm.SiteId)!));
        Assert.Null(AFiling.Draft().IsIndividual);
    }

    private static Filing SentBack(Filing draft, string pointer) => AFiling.Submitted(draft, AFiling.SubmittedAt)
        .Then(f => f.PassChecks(AFiling.ReviewDueAt, AFiling.ReviewSince))
        .Then(f => f.ClaimFor(AFiling.Reviewer, AFiling.ClaimedAt))
        .Then(f => f.Reject(true, [new FindingDraft(pointer, "made up", null, null)], null, AFiling.Reviewer, AFiling.DecidedAt));
}
