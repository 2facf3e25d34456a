using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Filings;

/// <summary>复审: two approvals by two people.</summary>
public sealed class SecondReviewTests
{
    private static readonly DateTimeOffset Later = AFiling.DecidedAt.AddMinutes(20);

    private static readonly UnknownExplanation Why = new("domain.holder", null, "made up");

    [Fact]
    public void Approve_TheFirstOfTwo_NotesItFreesTheClaimAndTellsNobody()
    {
        var called = AFiling.Called();

        var first = called.Approve([Why], [], AFiling.Reviewer, AFiling.DecidedAt, needsTwo: true).Value;

        Assert.Equal((FilingState.ProviderReview, FilingAction.ConfirmFirst), (first.State, first.Snapshot.History[^1].Action));
        Assert.Equal((AFiling.Reviewer.Id, AFiling.DecidedAt), (first.Snapshot.Rounds[^1].FirstApproval!.By, first.Snapshot.Rounds[^1].FirstApproval!.At));
        Assert.Null(first.Snapshot.Claim);
        Assert.Equal(called.Snapshot.Outbox, first.Snapshot.Outbox);
        Assert.Equal((called.Version, called.Snapshot.DueAt), (first.Version, first.Snapshot.DueAt));
    }

    [Fact]
    public void Approve_TheSecondByAnother_MovesOnWithBothExplanations()
    {
        var second = Claimed(AFiling.Colleague).Approve([Why with { Note = "also" }], [], AFiling.Colleague, Later, needsTwo: true).Value;

        Assert.Equal(FilingState.PendingAuthority, second.State);
        Assert.Equal(["made up", "also"], second.Snapshot.Rounds[^1].Explanations.Select(e => e.Note));
        Assert.Equal(Later + FilingTimes.AuthoritySubmission, second.Snapshot.DueAt);
    }

    [Fact]
    public void Approve_TheSecondByTheSame_IsRefusedAlsoForAnAdmin()
    {
        Assert.Equal("review.sameReviewer", Claimed(AFiling.Reviewer).Approve([], [], AFiling.Reviewer, Later, needsTwo: true).Error?.Code);

        var byAdmin = AFiling.InReview().ClaimFor(AFiling.Admin, AFiling.ClaimedAt)
            .Value.LogCall(AForm.Principal.Mobile!, CallOutcome.Reached, null, AFiling.Admin, AFiling.CalledAt)
            .Value.Approve([], [], AFiling.Admin, AFiling.DecidedAt, needsTwo: true)
            .Value.ClaimFor(AFiling.Admin, Later).Value;
        Assert.Equal("review.sameReviewer", byAdmin.Approve([], [], AFiling.Admin, Later, needsTwo: true).Error?.Code);
    }

    [Fact]
    public void Approve_TheSecondWithoutItsClaim_IsRefused() =>
        Assert.Equal("review.notClaimed", First().Approve([], [], AFiling.Colleague, Later, needsTwo: true).Error?.Code);

    [Fact]
    public void Approve_WithWhatIsUnexplained_NotesNothing() =>
        Assert.Equal("review.unknownUnexplained", AFiling.Called().Approve([], [new Finding("/explanations", "check.unavailable")], AFiling.Reviewer, AFiling.DecidedAt, needsTwo: true).Error?.Code);

    [Fact]
    public void Approve_AfterTheSwitchWasTurnedOff_TakesOneWord() =>
        Assert.Equal(FilingState.PendingAuthority, Claimed(AFiling.Reviewer).Approve([], [], AFiling.Reviewer, Later).Value.State);

    [Fact]
    public void Reject_AfterAFirstApproval_IsOpenToBothAndClearsItForTheNextRound()
    {
        var rejected = Claimed(AFiling.Reviewer).Reject(false, [], null, AFiling.Reviewer, Later).Value;
        var again = AFiling.Submitted(rejected, Later.AddHours(1)).PassChecks(Later.AddDays(3), Later.AddHours(1)).Value;

        Assert.Equal(FilingState.ProviderRejected, Claimed(AFiling.Colleague).Reject(false, [], null, AFiling.Colleague, Later).Value.State);
        Assert.Null(again.Snapshot.Rounds[^1].FirstApproval);
    }

    [Fact]
    public void Withdraw_AfterAFirstApproval_NeedsTwoAnew()
    {
        var withdrawn = First().Withdraw(AFiling.Applicant, Later).Value;
        var again = AFiling.Submitted(withdrawn, Later.AddHours(1)).PassChecks(Later.AddDays(3), Later.AddHours(1)).Value
            .ClaimFor(AFiling.Reviewer, Later.AddHours(2)).Value.LogCall(AForm.Principal.Mobile!, CallOutcome.Reached, null, AFiling.Reviewer, Later.AddHours(2)).Value;

        Assert.Equal(FilingState.ProviderReview, again.Approve([], [], AFiling.Reviewer, Later.AddHours(2), needsTwo: true).Value.State);
    }

    private static Filing First() => AFiling.Called().Approve([Why], [], AFiling.Reviewer, AFiling.DecidedAt, needsTwo: true).Value;

    private static Filing Claimed(Actor by) => First().ClaimFor(by, Later).Value;
}
