using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Rules;

public sealed class RealNameRuleTests
{
    private static readonly DateTimeOffset LongAgo = AFiling.Noon.AddYears(-1);

    [Fact]
    public void Judge_AnAccountWithoutRealName_SaysSo() => Assert.Equal(["account.realNameMissing"], Codes(Shape.Organisation, RealName.None));

    [Theory]
    [InlineData(RealNameKind.Organisation, "测试甲有限公司", "91330000MA0000007W", false)]
    [InlineData(RealNameKind.Organisation, " 测试甲有限公司 ", "91330000ma0000007w", false)]
    [InlineData(RealNameKind.Organisation, "测试甲有限公司", null, false)]
    [InlineData(RealNameKind.Organisation, "测试乙有限公司", "91330000MA0000007W", true)]
    [InlineData(RealNameKind.Organisation, "测试甲有限公司", "91110000000000000E", true)]
    [InlineData(RealNameKind.Individual, "测试甲有限公司", "91330000MA0000007W", true)]
    public void Judge_AnAccountOfThatName_MustBeTheSubject(RealNameKind kind, string name, string? number, bool mismatch) =>
        Assert.Equal(mismatch ? ["account.realNameMismatch"] : [], Codes(Shape.Organisation, Verified(kind, name, number, LongAgo)));

    [Fact]
    public void Judge_BeforeTheSubjectIsTyped_HasNothingToCompare()
    {
        var context = AForm.Context() with { RealName = Verified(RealNameKind.Individual, "测试丁", null, LongAgo) };

        Assert.DoesNotContain(Requirements.Of(AFiling.Draft(), context).Due, f => f.Code == "account.realNameMismatch");
    }

    [Theory]
    [InlineData(RealNameKind.Individual, 24 * 60, false)]
    [InlineData(RealNameKind.Individual, (24 * 60) - 1, true)]
    [InlineData(RealNameKind.Organisation, 1, false)]
    public void Judge_AFreshRealName_LetsAPersonWaitADay(RealNameKind kind, int minutesAgo, bool waits)
    {
        var shape = kind == RealNameKind.Individual ? Shape.Person : Shape.Organisation;
        var verifiedAt = AFiling.Noon.AddMinutes(-minutesAgo);

        var due = Requirements.Of(AFiling.Complete(shape), AForm.Context(shape) with { RealName = Verified(kind, AForm.SubjectOf(shape).Name!, null, verifiedAt) }).Due;

        Assert.Equal(waits ? ["account.realNameTooNew"] : [], due.Select(f => f.Code));
        Assert.All(due, f => Assert.Equal("2026-11-21 12:01", f.Args["from"]));
    }

    [Fact]
    public void Judge_WithThePolicyOff_AsksForNoRealName() =>
        Assert.Empty(Requirements.Of(AFiling.Complete(), AForm.Context() with { RealName = RealName.None, RealNameMustMatch = false }).Due);

    private static RealName Verified(RealNameKind kind, string name, string? number, DateTimeOffset at) =>
        RealName.Verified(kind, name, number is null ? null : 1, number, at).Value;

    private static List<string> Codes(Shape shape, RealName realName) =>
        [.. Requirements.Of(AFiling.Complete(shape), AForm.Context(shape) with { RealName = realName }).Due.Select(f => f.Code)];
}
