using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Filings;

/// <summary>When the next call of the review is to be made. The filing came into the review on Saturday 2026-11-21 at 14:00 in Shanghai.</summary>
public sealed class CallPlanTests
{
    private static readonly CallWindow Mornings = new(new TimeOnly(9, 30), new TimeOnly(11, 0), "made up");

    [Fact]
    public void Plan_BeforeAnyCall_BeginsOnTheNextWorkingDayAndIsDueWithTheReview()
    {
        var plan = Plan(AFiling.InReview())!;

        Assert.Equal((0, null, Shanghai(23, 9, 0), AFiling.ReviewDueAt), (plan.Attempts, plan.LastMissAt, plan.NextFrom, plan.DueAt));
    }

    [Fact]
    public void Plan_InTheApplicantsWindow_BeginsThere() =>
        Assert.Equal(Shanghai(23, 9, 30), Plan(AFiling.InReview().SetCallWindow(Mornings, AFiling.Applicant).Value)!.NextFrom);

    [Fact]
    public void Plan_AfterAMissInTheWindow_IsAnHourLaterAndDueWithTheWindowOfTheNextWorkingDay()
    {
        var missed = Call(AFiling.InReview().SetCallWindow(Mornings, AFiling.Applicant).Value, CallOutcome.NoAnswer, Shanghai(23, 9, 40));

        var plan = Plan(missed)!;

        Assert.Equal((1, Shanghai(23, 10, 40), Shanghai(24, 11, 0)), (plan.Attempts, plan.NextFrom, plan.DueAt));
    }

    [Fact]
    public void Plan_AfterAMissLateInTheWindow_WaitsForTheNextDay() =>
        Assert.Equal(Shanghai(24, 9, 30), Plan(Call(AFiling.InReview().SetCallWindow(Mornings, AFiling.Applicant).Value, CallOutcome.NoAnswer, Shanghai(23, 10, 30)))!.NextFrom);

    [Fact]
    public void Plan_AfterSeveralMisses_CountsThemAndKeepsItsDeadline()
    {
        var first = Call(AFiling.InReview(), CallOutcome.NoAnswer, Shanghai(23, 10, 0));
        var second = Call(first, CallOutcome.WrongNumber, Shanghai(23, 10, 20));

        Assert.Equal((2, Shanghai(23, 10, 20), Plan(first)!.DueAt), (Plan(second)!.Attempts, Plan(second)!.LastMissAt, Plan(second)!.DueAt));
    }

    [Fact]
    public void Plan_OnceSomebodyAnswered_IsNone()
    {
        Assert.Null(Plan(AFiling.Called()));
        Assert.Null(Plan(AFiling.PendingAuthority()));
        Assert.Null(Plan(AFiling.Complete()));
    }

    [Fact]
    public void SetCallWindow_ChangesNothingElse()
    {
        var draft = AFiling.Complete();

        var set = draft.SetCallWindow(Mornings, AFiling.Applicant).Value;

        Assert.Equal(draft.Snapshot with { CallWindow = Mornings }, set.Snapshot);
        Assert.Null(set.SetCallWindow(null, AFiling.Applicant).Value.Snapshot.CallWindow);
        Assert.Equal("filing.stateConflict", AFiling.PendingAuthority().SetCallWindow(Mornings, AFiling.Applicant).Error?.Code);
    }

    private static CallPlan? Plan(Filing filing) => CallPlan.Of(filing.Snapshot, TheBook.Shipped.WorkingDays);

    private static Filing Call(Filing filing, CallOutcome outcome, DateTimeOffset at) => filing.LogCall(AForm.Principal.Mobile!, outcome, null, AFiling.Reviewer, at).Value;

    private static DateTimeOffset Shanghai(int day, int hour, int minute) => new(2026, 11, day, hour - 8, minute, 0, TimeSpan.Zero);
}
