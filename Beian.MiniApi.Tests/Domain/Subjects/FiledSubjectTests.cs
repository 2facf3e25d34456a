using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Subjects;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Subjects;

public sealed class FiledSubjectTests
{
    [Fact]
    public void Project_AFirstFiling_IsTheSubjectWithItsSite()
    {
        var approved = AFiling.Approved(Shape.TwoPeople);

        var subject = Project(null, approved);

        Assert.Equal((AFiling.SubjectNumber, "subject-key", "filing", AFiling.ResultAt), (subject.Number, subject.SubjectKey, subject.Source, subject.FiledAt));
        Assert.Equal((null, null), (subject.Identity.Domain, subject.Identity.Resource));
        var site = Assert.Single(subject.Sites);
        Assert.Equal((AFiling.SubjectNumber + "-1", "shop.cn", "ins-1", "accessed"), (site.Number, site.Domain, site.ResourceId, site.AccessState));
        Assert.Equal(AForm.OtherPrincipal, site.Principal);
        Assert.Equal(["203.0.113.7"], site.PublicIps);
    }

    [Fact]
    public void Project_TheSameFilingTwice_ChangesNothing()
    {
        var once = Project(null, AFiling.Approved());

        var twice = Project(once, AFiling.Approved());

        Assert.Single(twice.Sites);
        Assert.Equal(once with { Sites = [] }, twice with { Sites = [] });
    }

    [Fact]
    public void Project_AnAddedSite_JoinsTheOthersAndLeavesTheSubject()
    {
        var known = Project(null, AFiling.Approved());
        var added = AFiling.Approve(AFiling.InAuthorityReview(Shape.Added), new Dictionary<string, string> { [AForm.SiteId] = AFiling.SubjectNumber + "-2" }, AFiling.Reviewer, null).Value;

        var subject = Project(known, added);

        Assert.Equal([AFiling.SubjectNumber + "-1", AFiling.SubjectNumber + "-2"], subject.Sites.Select(s => s.Number));
        Assert.Equal(known.Subject, subject.Subject);
    }

    private static FiledSubject Project(FiledSubject? known, Filing approved) => FiledSubject.Project(known, approved.Snapshot, approved);
}
