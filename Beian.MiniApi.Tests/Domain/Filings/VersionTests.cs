using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Filings;

public sealed class VersionTests
{
    private static readonly DateTimeOffset Later = AFiling.Noon.AddMinutes(10);

    public static TheoryData<string> QuietVerbs() => [.. Quiet.Keys];

    private static readonly Dictionary<string, (Func<Filing> From, Func<Filing, Result<Filing>> Verb)> Quiet = new()
    {
        ["upload"] = (() => AFiling.Complete(), f => f.AddMaterial(AForm.Paper("otherSupplement", id: "m-x"), 5, f.Open(), AFiling.Applicant, Later)),
        ["remove paper"] = (() => AFiling.Complete(), f => f.RemoveMaterial("m-1", f.Open(), AFiling.Applicant, Later)),
        ["face check"] = (() => AFiling.Complete(), f => f.RecordFaceCheck(AForm.SiteId, AForm.Face(AForm.Principal, Later), AFiling.Applicant)),
        ["check evidence"] = (() => AFiling.Complete(), f => f.RecordChecks([], new Dictionary<string, DomainChecks>(), AFiling.Applicant)),
        ["claim"] = (() => AFiling.InReview(), f => f.ClaimFor(AFiling.Reviewer, AFiling.ClaimedAt)),
        ["release"] = (() => AFiling.Claimed(), f => f.Release(AFiling.Reviewer, AFiling.ClaimedAt)),
        ["call"] = (() => AFiling.Claimed(), f => f.LogCall(AForm.Principal.Mobile!, CallOutcome.Reached, null, AFiling.Reviewer, AFiling.CalledAt)),
        ["one of two SMS results"] = (() => AFiling.InSms(Shape.TwoPeople), f => f.RecordSms("sitePrincipal", null, true, null, "staff", AFiling.AuthorityDueAt, AFiling.Reviewer, AFiling.SmsAt)),
        ["reminder"] = (() => AFiling.Complete(), f => f.Fire(f.NextTimer()!)),
        ["claim lapse"] = (() => AFiling.Claimed(), f => f.Fire(f.NextTimer()!)),
        ["same verification"] = (() => AFiling.Verified(), f => f.PutVerification(AForm.Typed(Shape.Organisation), AForm.Outcome(), "site-x", f.Open(), AFiling.Applicant, Later)),
        ["same subject"] = (() => AFiling.Complete(), f => f.PutSubject(AForm.Company1, f.Open(), AFiling.Applicant, Later)),
        ["same principal"] = (() => AFiling.Complete(), f => f.PutSubjectPrincipal(AForm.Principal, f.Open(), AFiling.Applicant, Later)),
        ["same site"] = (() => AFiling.Complete(), f => f.PutSite(f.FindSite(AForm.SiteId)!, f.Open(), AFiling.Applicant, Later)),
        ["second confirmation"] = (() => AFiling.Complete(Shape.Added), f => f.ConfirmSubject(true, AFiling.Rules, AFiling.Applicant, Later)),
    };

    [Theory]
    [MemberData(nameof(QuietVerbs))]
    public void Version_AfterSomethingThatIsNoEdit_StaysTheSame(string verb)
    {
        var filing = Quiet[verb].From();

        Assert.Equal(filing.Version, Quiet[verb].Verb(filing).Value.Version);
    }

    [Fact]
    public void Version_AfterEachEdit_GrowsByOne()
    {
        var draft = AFiling.Draft();
        var verified = AFiling.Verified();
        var subject = verified.PutSubject(AForm.Company1, verified.Open(), AFiling.Applicant, Later).Value;
        var two = subject.AddSite(AForm.Further(), subject.Open(), AFiling.Applicant, Later).Value;
        var empty = two.AddSite(new Site { Id = "site-c" }, two.Open(), AFiling.Applicant, Later).Value;
        var without = empty.RemoveSite("site-c", empty.Open(), AFiling.Applicant, Later).Value;

        Assert.Equal([1, 2, 3, 4, 5, 6], new[] { draft, verified, subject, two, empty, without }.Select(f => f.Version));
    }

    [Fact]
    public void Version_WhenTheSameValuesNowFail_Grows()
    {
        var verified = AFiling.Verified();

        var failed = verified.PutVerification(AForm.Typed(Shape.Organisation), AForm.Outcome(AForm.Failed()), "site-x", verified.Open(), AFiling.Applicant, Later).Value;

        Assert.Equal(verified.Version + 1, failed.Version);
    }

    [Fact]
    public void Version_AlongTheWholeWay_GrowsByOneWithEveryState()
    {
        Filing[] way = [AFiling.Complete(), AFiling.Submitted(), AFiling.InReview(), AFiling.PendingAuthority(), AFiling.InSms(), AFiling.InAuthorityReview(), AFiling.Approved()];

        Assert.Equal(Enumerable.Range(way[0].Version, way.Length), way.Select(f => f.Version));
        Assert.Equal(Enumerable.Range(1, way[^1].Snapshot.History.Count), way[^1].Snapshot.History.Select(e => e.Seq));
    }

    [Fact]
    public void Saved_WithTheStoresRevision_LeavesTheVersionAlone()
    {
        var saved = AFiling.Complete().Saved(7);

        Assert.Equal((7, AFiling.Complete().Version), (saved.Revision, saved.Version));
    }
}
