using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Filings;

public sealed class CallTests
{
    private static readonly DateTimeOffset First = AFiling.CalledAt;

    [Theory]
    [InlineData(CallOutcome.NoAnswer, CallOutcome.NoAnswer)]
    [InlineData(CallOutcome.NoAnswer, CallOutcome.WrongNumber)]
    [InlineData(CallOutcome.WrongNumber, CallOutcome.WrongNumber)]
    public void LogCall_SecondMissAnHourLater_Rejects(CallOutcome first, CallOutcome second)
    {
        var rejected = Call(Call(AFiling.Claimed(), first, First), second, First.AddHours(1));

        Assert.Equal(FilingState.ProviderRejected, rejected.State);
        Assert.Equal("callUnreachable", rejected.Snapshot.History[^1].Code);
        Assert.Equal("rejectUnreachable", rejected.Snapshot.Rounds[^1].EndedBy);
        Assert.All(rejected.Snapshot.Rounds[^1].Calls, c => Assert.True(c.Counted));
    }

    [Fact]
    public void LogCall_SecondMissTooSoon_IsLoggedAndNotCounted()
    {
        var soon = Call(Call(AFiling.Claimed(), CallOutcome.NoAnswer, First), CallOutcome.NoAnswer, First.AddHours(1).AddTicks(-1));

        Assert.Equal(FilingState.ProviderReview, soon.State);
        Assert.Equal([true, false], soon.Snapshot.Rounds[^1].Calls.Select(c => c.Counted));
    }

    [Fact]
    public void LogCall_MissAnHourAfterTheFirstButNotAfterTheSecond_Rejects()
    {
        var soon = Call(Call(AFiling.Claimed(), CallOutcome.NoAnswer, First), CallOutcome.NoAnswer, First.AddMinutes(50));

        Assert.Equal(FilingState.ProviderRejected, Call(soon, CallOutcome.NoAnswer, First.AddHours(1)).State);
    }

    [Fact]
    public void LogCall_AnsweredBetween_StartsTheCountAnew()
    {
        var answered = Call(Call(AFiling.Claimed(), CallOutcome.NoAnswer, First), CallOutcome.Reached, First.AddMinutes(30));

        var missed = Call(answered, CallOutcome.NoAnswer, First.AddHours(2));

        Assert.Equal(FilingState.ProviderReview, missed.State);
        Assert.Equal(FilingState.ProviderRejected, Call(missed, CallOutcome.NoAnswer, First.AddHours(3)).State);
    }

    [Fact]
    public void LogCall_InANewRound_CountsFromNothing()
    {
        var missed = Call(AFiling.Claimed(), CallOutcome.NoAnswer, First);
        var again = AFiling.Submitted(missed.Withdraw(null, AFiling.Applicant, First.AddHours(1)).Value, First.AddHours(2)).PassChecks(AFiling.ReviewDueAt, First.AddHours(2)).Value;

        var second = Call(again, CallOutcome.NoAnswer, First.AddHours(3));

        Assert.Equal(FilingState.ProviderReview, second.State);
        Assert.Single(second.Snapshot.Rounds[^1].Calls);
        Assert.Single(second.Snapshot.Rounds[0].Calls);
    }

    [Theory]
    [InlineData("13800000000", true)]
    [InlineData("13800000001", true)]
    [InlineData("13900000000", true)]
    [InlineData("13700000000", false)]
    [InlineData("", false)]
    public void LogCall_OfANumber_MustBeOneOfTheFiling(string phone, bool known)
    {
        var filing = AFiling.Complete(Shape.TwoPeople);
        filing = filing.PutSubjectPrincipal(AForm.Principal with { Phone2 = string.Empty }, filing.Open(), AFiling.Applicant, AFiling.Noon).Value;
        var inReview = AFiling.Submitted(filing, AFiling.SubmittedAt).PassChecks(AFiling.ReviewDueAt, AFiling.ReviewSince).Value;

        var called = inReview.LogCall(phone, CallOutcome.Reached, null, AFiling.Reviewer, First);

        Assert.Equal(known ? null : "review.phoneUnknown", called.Error?.Code);
    }

    [Fact]
    public void LogCall_WhileAColleagueHasTheClaim_IsRefused() =>
        Assert.Equal("review.claimedByOther", AFiling.Claimed().LogCall(AForm.Principal.Mobile!, CallOutcome.Reached, null, AFiling.Colleague, First).Error?.Code);

    [Fact]
    public void Approve_WithoutAnAnsweredCall_IsRefused() =>
        Assert.Equal("review.callNotReached", Call(AFiling.Claimed(), CallOutcome.NoAnswer, First).Approve([], [], AFiling.Reviewer, AFiling.DecidedAt).Error?.Code);

    [Fact]
    public void Approve_WithACallOfAnEarlierRoundOnly_IsRefused()
    {
        var withdrawn = AFiling.Called().Withdraw(null, AFiling.Applicant, AFiling.DecidedAt).Value;
        var again = AFiling.Submitted(withdrawn, AFiling.DecidedAt).PassChecks(AFiling.ReviewDueAt, AFiling.DecidedAt).Value.ClaimFor(AFiling.Reviewer, AFiling.DecidedAt).Value;

        Assert.Equal("review.callNotReached", again.Approve([], [], AFiling.Reviewer, AFiling.DecidedAt).Error?.Code);
    }

    private static Filing Call(Filing filing, CallOutcome outcome, DateTimeOffset at) =>
        filing.LogCall(AForm.Principal.Mobile!, outcome, null, AFiling.Reviewer, at).Value;
}
