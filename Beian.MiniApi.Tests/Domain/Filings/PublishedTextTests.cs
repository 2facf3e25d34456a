using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Filings;

/// <summary>What the content safety said, and for how long it counts.</summary>
public sealed class PublishedTextTests
{
    private const string Name = "/sites/" + AForm.SiteId + "/name";

    private static readonly CheckResult Pass = CheckResult.Passed(CheckNames.ContentSafety, null, AFiling.Noon);
    private static readonly CheckResult Risky = CheckResult.Failed(CheckNames.ContentSafety, ContentSafety.Risky, null, AFiling.Noon);
    private static readonly CheckResult Doubtful = CheckResult.Warned(CheckNames.ContentSafety, ContentSafety.ForReview, "label 21000", AFiling.Noon);
    private static readonly CheckResult Unasked = CheckResult.Unknown(CheckNames.ContentSafety, UnknownReason.Unavailable, null, AFiling.Noon);

    [Fact]
    public void Texts_AreNamesAndRemarks_WithoutBlanks()
    {
        var filing = AFiling.Complete(Shape.Person);
        filing = filing.PutSubject(filing.Snapshot.Subject with { Remark = "  " }, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.Equal([Name, "/sites/" + AForm.SiteId + "/remark"], filing.PublishedTexts().Select(t => t.Field));
    }

    [Fact]
    public void Judge_RiskyText_IsDueAtItsField()
    {
        var due = Assert.Single(Requirements.Of(Judged(Risky), AForm.Context()).Due);

        Assert.Equal(("/sites/0/name", "content.risky", "site", AForm.SiteId, CheckNames.ContentSafety), (due.Pointer, due.Code, due.Step, due.SiteId, due.Check));
    }

    [Fact]
    public void Judge_TextNobodyJudged_IsAWarning()
    {
        var set = Requirements.Of(Judged(Unasked), AForm.Context());

        Assert.True(set.IsComplete);
        Assert.Contains(set.Warnings, w => w.Code == "check.unavailable" && w.Pointer == "/sites/0/name");
    }

    [Fact]
    public void Judge_DoubtfulText_IsTheReviewersAlone()
    {
        var filing = Judged(Doubtful);

        Assert.DoesNotContain(Requirements.Of(filing, AForm.Context()).Warnings, w => w.Check == CheckNames.ContentSafety);
        Assert.Contains(filing.ResultsOf(filing.FindSite(AForm.SiteId)!), r => r.Code == ContentSafety.ForReview);
    }

    [Fact]
    public void Record_TextChangedSince_CountsForNothing()
    {
        var filing = Judged(Risky);
        var site = filing.FindSite(AForm.SiteId)!;
        var changed = filing.PutSite(site with { Name = "测试甲新站" }, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;

        Assert.Empty(changed.TextResults());
        Assert.Empty(Requirements.Of(changed, AForm.Context()).Due);
        Assert.Empty(Record(changed, Judgement(filing, Risky)).TextResults());
    }

    [Theory]
    [InlineData(CheckOutcome.Failed)]
    [InlineData(CheckOutcome.Passed)]
    public void Record_NobodyCouldBeAskedAgain_KeepsTheVerdict(CheckOutcome known)
    {
        var filing = Judged(known == CheckOutcome.Failed ? Risky : Pass);

        Assert.Equal(known, Assert.Single(Record(filing, Judgement(filing, Unasked)).TextResults()).Result.Outcome);
    }

    [Fact]
    public void Record_AnotherVerdict_TakesItsPlace()
    {
        var filing = Judged(Risky);

        Assert.Equal(CheckOutcome.Passed, Assert.Single(Record(filing, Judgement(filing, Pass)).TextResults()).Result.Outcome);
        Assert.Equal(CheckOutcome.Failed, Assert.Single(filing.RecordChecks([], new Dictionary<string, DomainChecks>(), AFiling.Applicant).Value.TextResults()).Result.Outcome);
    }

    private static Filing Judged(CheckResult result)
    {
        var filing = AFiling.Complete();
        return Record(filing, Judgement(filing, result));
    }

    private static TextJudgement Judgement(Filing filing, CheckResult result) =>
        new(filing.PublishedTexts().Single(t => t.Field == Name).Digest, result with { Field = Name });

    private static Filing Record(Filing filing, params TextJudgement[] texts) =>
        filing.RecordChecks([], new Dictionary<string, DomainChecks>(), AFiling.Applicant, null, texts).Value;
}
