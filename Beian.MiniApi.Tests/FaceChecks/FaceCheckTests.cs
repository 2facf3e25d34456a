using Beian.MiniApi.Domain.FaceChecks;

namespace Beian.MiniApi.Tests.FaceChecks;

public sealed class FaceCheckTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);
    private static readonly string Person = PersonDigest.Of("测试甲", 2, "00000019000101000X");

    private static FaceCheck Started => FaceCheck.Started("c", "r", Person, "https://face.example/x", Noon, TimeSpan.FromDays(3));

    [Fact]
    public void Covers_PassedCheck_UntilThirtyDaysLaterAndForThatPersonOnly()
    {
        var passed = Started.Pass("c", Person, Noon);

        Assert.True(passed.Covers(Person, Noon.AddDays(30).AddTicks(-1)));
        Assert.False(passed.Covers(Person, Noon.AddDays(30)));
        Assert.False(passed.Covers(PersonDigest.Of("测试乙", 2, "00000019000101000X"), Noon));
        Assert.False(Started.Covers(Person, Noon));
        Assert.Null(passed.Url);
    }

    [Theory]
    [InlineData("other", true)]
    [InlineData("c", false)]
    public void Pass_ResultOfAnotherCheckOrPerson_Fails(string checkId, bool samePerson)
    {
        var judged = Started.Pass(checkId, samePerson ? Person : "someone", Noon);

        Assert.Equal((FaceCheckStatus.Failed, FaceCheckReasons.RealnameMismatch), (judged.Status, judged.Reason));
    }

    [Fact]
    public void IsOpen_AfterTwentyFourHours_IsOver()
    {
        Assert.True(Started.IsOpen(Noon.AddHours(24).AddTicks(-1)));
        Assert.False(Started.IsOpen(Noon.AddHours(24)));
    }

    [Fact]
    public void Of_SamePersonWrittenOtherwise_IsEqualAndOthersAreNot()
    {
        Assert.Equal(Person, PersonDigest.Of(" 测试甲 ", 2, "00000019000101000x"));
        Assert.NotEqual(Person, PersonDigest.Of("测试甲", 41, "00000019000101000X"));
        Assert.NotEqual(PersonDigest.Of("a|2|1:b", 2, "c"), PersonDigest.Of("a", 2, "1:b|2|1:c"));
    }
}
