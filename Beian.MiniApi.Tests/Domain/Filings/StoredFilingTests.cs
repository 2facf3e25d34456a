using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Filings;

public sealed class StoredFilingTests
{
    [Fact]
    public void Restore_OfEveryState_IsTheSameFiling() =>
        Assert.All(Enum.GetValues<FilingState>(), s => Assert.Equal(s, Filing.Restore(AFiling.In(s).Snapshot).State));

    public static TheoryData<string> Damages() => [.. Damaged.Keys];

    private static readonly Dictionary<string, Func<FilingSnapshot>> Damaged = new()
    {
        ["no id"] = () => AFiling.Complete().Snapshot with { Id = string.Empty },
        ["no account"] = () => AFiling.Complete().Snapshot with { AccountId = string.Empty },
        ["no version"] = () => AFiling.Complete().Snapshot with { Version = 0 },
        ["checked, from nowhere"] = () => AFiling.Submitted().Snapshot with { CameFrom = null },
        ["in review, never submitted"] = () => AFiling.InReview().Snapshot with { Rounds = [] },
        ["approved, never submitted"] = () => AFiling.Approved().Snapshot with { Rounds = [] },
        ["no such state"] = () => AFiling.Complete().Snapshot with { State = (FilingState)99 },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Restore_OfADamagedRow_Throws(string damage) => Assert.Throws<InvalidOperationException>(() => Filing.Restore(Damaged[damage]()));

    [Fact]
    public void CopyOf_AnotherFiling_TakesItsWordsAndNothingElse()
    {
        var source = AFiling.DraftExpired(Shape.TwoPeople);

        var copy = AFiling.Draft().CopyOf(source, id => "new-" + id).Snapshot;

        Assert.Equal(source.Snapshot.Subject, copy.Subject);
        Assert.Equal(("shop.cn", null, VerificationStatus.Unverified), (copy.Verification.Domain, copy.Verification.Resource, copy.Verification.Status));
        var site = Assert.Single(copy.Sites);
        Assert.Equal(("new-" + AForm.SiteId, "测试甲官网", false), (site.Id, site.Name, site.FromVerification));
        Assert.Equal((null, null, DomainChecks.None), (site.FaceCheck, site.Resource, site.Checks));
        Assert.Equal(AForm.OtherPrincipal, site.Principal);
        Assert.Empty(copy.Materials);
        Assert.Equal(["open:account-1"], copy.Holds);
        Assert.Equal((FilingState.Draft, 1), (copy.State, copy.Version));
    }

    [Fact]
    public void CopyOf_IntoAnAddedSite_LeavesTheFiledSubject()
    {
        var other = AFiling.DraftExpired().Snapshot with { Subject = AForm.Company1 with { Name = "测试乙有限公司" } };

        var copy = AFiling.Draft(Shape.Added).CopyOf(Filing.Restore(other), id => "new-" + id).Snapshot;

        Assert.Equal("测试甲有限公司", copy.Subject.Name);
        Assert.Null(copy.Verification.Domain);
        Assert.Single(copy.Sites);
    }

    [Fact]
    public void PutVerification_OfACopiedDomain_TakesTheCopiedSiteAsItsOwn()
    {
        var copy = AFiling.Draft().CopyOf(AFiling.DraftExpired(), id => "new-" + id);

        var verified = copy.PutVerification(AForm.Typed(Shape.Organisation), AForm.Outcome(), "site-x", copy.Open(), AFiling.Applicant, AFiling.Noon).Value;
        var other = copy.PutVerification(AForm.Typed(Shape.Organisation, "other.cn"), AForm.Outcome(AForm.Passed("other.cn")), "site-x", copy.Open(), AFiling.Applicant, AFiling.Noon).Value;

        var site = Assert.Single(verified.Snapshot.Sites);
        Assert.Equal(("new-" + AForm.SiteId, true, "测试甲官网", AForm.Server), (site.Id, site.FromVerification, site.Name, site.Resource));
        Assert.Equal(["site-x", "new-" + AForm.SiteId], other.Snapshot.Sites.Select(s => s.Id));
    }

    [Fact]
    public void Create_ANumber_CarriesTheDayInChinaAndACheckDigit()
    {
        var number = FilingNumber.Create(new DateTimeOffset(2026, 11, 21, 17, 0, 0, TimeSpan.Zero), 12_345_678_901);

        Assert.StartsWith("2611225678901", number, StringComparison.Ordinal);
        Assert.True(FilingNumber.IsValid(number));
    }

    [Fact]
    public void IsValid_WithAnyOneDigitWrong_IsFalse()
    {
        var number = FilingNumber.Create(AFiling.Noon, 4_711);

        for (var i = 0; i < number.Length; i++)
        {
            var at = i;
            Assert.All(
                Enumerable.Range(0, 10).Select(d => (char)('0' + d)).Where(d => d != number[at]),
                d => Assert.False(FilingNumber.IsValid(number[..at] + d + number[(at + 1)..])));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("2611210000001")]
    [InlineData("261121000000１2")]
    [InlineData("261121000000000")]
    public void IsValid_OfOtherText_IsFalse(string text) => Assert.False(FilingNumber.IsValid(text));
}
