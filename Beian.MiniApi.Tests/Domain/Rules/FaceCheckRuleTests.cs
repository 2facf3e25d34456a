using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Rules;

public sealed class FaceCheckRuleTests
{
    private static readonly string Digest = PersonDigest.Of(AForm.Principal.Name!, 2, AForm.Principal.CertificateNumber!);

    private static readonly FaceCheck Started = FaceCheck.Started("check-2", "ref-2", Digest, "https://face.example/2", AFiling.Noon, FaceCheck.TimeToFinish);

    [Fact]
    public void Judge_WhileTheCheckRuns_IsPending()
    {
        var filing = Record(Unchecked(), Started);

        var set = Requirements.Of(filing, AForm.Context());

        Assert.Equal(("/sites/0/faceCheck", "faceCheck.awaitingResult", AForm.SiteId), set.Pending.Select(f => (f.Pointer, f.Code, f.SiteId)).Single());
        Assert.Empty(set.Due);
        Assert.False(set.IsComplete);
    }

    [Fact]
    public void Judge_ACheckNotFinishedInTime_IsToBeStartedAgain() =>
        Assert.Equal(["faceCheck.notStarted"], Codes(Record(Unchecked(), Started), AFiling.Noon + FaceCheck.TimeToFinish));

    [Fact]
    public void Judge_AFailedCheck_SaysSo() => Assert.Equal(["faceCheck.failed"], Codes(Record(Unchecked(), Started.Fail(FaceCheckReasons.Light, AFiling.Noon))));

    [Fact]
    public void Judge_NoCheck_AsksForOneOrForThePicture()
    {
        Assert.Equal(["faceCheck.notStarted"], Codes(Unchecked()));
        Assert.Equal(["faceCheck.pictureNeeded"], Codes(WithPrincipal(Unchecked(), AForm.Principal with { CertificateType = 7, CertificateNumber = "E00000000" })));
    }

    [Fact]
    public void Judge_APassedCheck_IsGoodForThirtyDays()
    {
        Assert.Empty(Codes(AFiling.Complete(), AFiling.Noon.AddDays(30).AddTicks(-1)));
        Assert.Equal(["faceCheck.notStarted"], Codes(AFiling.Complete(), AFiling.Noon.AddDays(30)));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("type")]
    [InlineData("number")]
    public void Judge_AfterOneOfTheThreeValuesChanged_TheCheckIsVoid(string changed)
    {
        var person = changed switch
        {
            "name" => AForm.Principal with { Name = "测试丙" },
            "type" => AForm.Principal with { CertificateType = 30, CertificateNumber = AForm.Principal.CertificateNumber },
            _ => AForm.Principal with { CertificateNumber = "11010519491231002X" },
        };

        var filing = WithPrincipal(AFiling.Complete(), person);

        Assert.Contains(Requirements.Of(filing, AForm.Context()).Due, f => f.Step == "faceCheck");
        Assert.Empty(Codes(WithPrincipal(filing, AForm.Principal)));
    }

    [Fact]
    public void Judge_AfterAnotherValueChanged_TheCheckStands() => Assert.Empty(Codes(WithPrincipal(AFiling.Complete(), AForm.Principal with { Mobile = "13700000000" })));

    [Fact]
    public void Judge_AResultAboutSomebodyElse_IsAFailure()
    {
        var other = Started.Pass("check-2", PersonDigest.Of("测试丙", 2, "11010519491231002X"), AFiling.Noon);

        Assert.Equal((FaceCheckStatus.Failed, FaceCheckReasons.RealnameMismatch), (other.Status, other.Reason));
        Assert.Equal(["faceCheck.failed"], Codes(Record(Unchecked(), other)));
        Assert.Equal(FaceCheckStatus.Failed, Started.Pass("check-9", Digest, AFiling.Noon).Status);
    }

    [Fact]
    public void Judge_TwoSitesOfOnePerson_OneCheckServesBoth()
    {
        var filing = AFiling.Complete();

        var two = filing.AddSite(AForm.Further(), filing.Open(), AFiling.Applicant, AFiling.Noon).Value;
        var typedAgain = two.PutSitePrincipal("site-b", false, AForm.Principal, two.Open(), AFiling.Applicant, AFiling.Noon).Value;
        var other = two.PutSitePrincipal("site-b", false, AForm.OtherPrincipal, two.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.Empty(Codes(two));
        Assert.Empty(Codes(typedAgain));
        Assert.Equal(["/sites/1/faceCheck"], Requirements.Of(other, AForm.Context()).Due.Where(f => f.Step == "faceCheck").Select(f => f.Pointer));
    }

    [Theory]
    [InlineData(false, null, true)]
    [InlineData(false, AForm.SiteId, true)]
    [InlineData(true, AForm.SiteId, true)]
    [InlineData(true, null, false)]
    public void Judge_WithThePictureInstead_LeavesItToTheReviewer(bool ownPrincipal, string? siteId, bool counts)
    {
        var filing = Record(AFiling.Complete(new Shape(OwnSitePrincipal: ownPrincipal)), Started.Fail(FaceCheckReasons.Other, AFiling.Noon));

        var pictured = filing.AddMaterial(AForm.Paper(FaceCheckRules.Fallback, siteId: siteId, id: "m-x"), 1, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.Equal(counts, Requirements.Of(pictured, AForm.Context()).Warnings.Any(f => f.Code == "faceCheck.byReviewer"));
        Assert.Equal(!counts, Requirements.Of(pictured, AForm.Context()).Due.Any(f => f.Step == "faceCheck"));
    }

    [Fact]
    public void StatusOf_WhileAValueIsMissing_IsNotStarted()
    {
        var filing = WithPrincipal(AFiling.Complete(), AForm.Principal with { Name = null });

        Assert.Null(FaceCheckRules.DigestOf(filing, filing.Snapshot.Sites[0]));
        Assert.Equal(FaceCheckStatus.NotStarted, FaceCheckRules.StatusOf(filing, filing.Snapshot.Sites[0], AFiling.Noon));
    }

    [Fact]
    public void Of_TheSamePersonTypedDifferently_IsOneDigest()
    {
        Assert.Equal(PersonDigest.Of("测试甲", 2, "11010519491231002X"), PersonDigest.Of(" 测试甲", 2, "11010519491231002x "));
        Assert.NotEqual(PersonDigest.Of("a", 2, "b"), PersonDigest.Of("a", 3, "b"));
    }

    /// <summary>Complete but for the check: the one there was for somebody else.</summary>
    private static Filing Unchecked() => Record(AFiling.Complete(), Started with { PersonDigest = "nobody" });

    private static Filing Record(Filing filing, FaceCheck check) => filing.RecordFaceCheck(AForm.SiteId, check, AFiling.Applicant).Value;

    private static Filing WithPrincipal(Filing filing, Person person) => filing.PutSubjectPrincipal(person, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

    private static List<string> Codes(Filing filing, DateTimeOffset? now = null) =>
        [.. Requirements.Of(filing, AForm.Context() with { Now = now ?? AFiling.Noon }).Open.Where(f => f.Step == "faceCheck").Select(f => f.Code)];
}
