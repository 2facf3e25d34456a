using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Filings;

public sealed class ClaimTests
{
    [Fact]
    public void ClaimFor_AFilingOfAColleague_IsRefusedUntilItLapses()
    {
        var claimed = AFiling.Claimed();

        Assert.Equal("review.claimedByOther", claimed.ClaimFor(AFiling.Colleague, AFiling.ClaimedAt.AddMinutes(30).AddTicks(-1)).Error?.Code);
        Assert.Equal(AFiling.Colleague.Id, claimed.ClaimFor(AFiling.Colleague, AFiling.ClaimedAt.AddMinutes(30)).Value.Snapshot.Claim!.ReviewerId);
    }

    [Fact]
    public void ClaimFor_AnAdmin_DoesNotTakeAColleaguesFiling() =>
        Assert.Equal("review.claimedByOther", AFiling.Claimed().ClaimFor(AFiling.Admin, AFiling.ClaimedAt).Error?.Code);

    [Fact]
    public void ClaimFor_OnesOwnAgain_KeepsItAlive()
    {
        var again = AFiling.Claimed().ClaimFor(AFiling.Reviewer, AFiling.ClaimedAt.AddMinutes(20)).Value;

        Assert.Equal(new Claim(AFiling.Reviewer.Id, AFiling.ClaimedAt, AFiling.ClaimedAt.AddMinutes(20)), again.Snapshot.Claim);
        Assert.Equal(AFiling.ClaimedAt.AddMinutes(50), again.NextTimer()!.At);
    }

    [Fact]
    public void LogCall_ByTheClaimant_KeepsTheClaimAlive() => Assert.Equal(AFiling.CalledAt, AFiling.Called().Snapshot.Claim!.LastActiveAt);

    [Fact]
    public void Release_OfANobodysFiling_ChangesNothing()
    {
        var free = AFiling.InReview();

        Assert.Same(free, free.Release(AFiling.Reviewer, AFiling.ClaimedAt).Value);
    }

    [Fact]
    public void Release_OfAColleaguesFiling_IsForAdminsOnly()
    {
        Assert.Equal("review.claimedByOther", AFiling.Claimed().Release(AFiling.Colleague, AFiling.ClaimedAt).Error?.Code);
        Assert.Null(AFiling.Claimed().Release(AFiling.Admin, AFiling.ClaimedAt).Value.Snapshot.Claim);
        Assert.Null(AFiling.Claimed().Release(AFiling.Reviewer, AFiling.ClaimedAt).Value.Snapshot.Claim);
    }

    [Fact]
    public void Decide_WithoutALiveClaim_IsRefused()
    {
        var free = AFiling.Called().Release(AFiling.Reviewer, AFiling.DecidedAt).Value;
        var stale = AFiling.Called();
        var late = AFiling.CalledAt.AddMinutes(30);

        Assert.Equal("review.notClaimed", free.Approve([], [], AFiling.Reviewer, AFiling.DecidedAt).Error?.Code);
        Assert.Equal("review.notClaimed", free.Reject(true, [], null, AFiling.Reviewer, AFiling.DecidedAt).Error?.Code);
        Assert.Equal("review.notClaimed", stale.Approve([], [], AFiling.Reviewer, late).Error?.Code);
    }

    [Fact]
    public void Decide_OnAColleaguesClaim_IsRefused()
    {
        Assert.Equal("review.claimedByOther", AFiling.Called().Approve([], [], AFiling.Colleague, AFiling.DecidedAt).Error?.Code);
        Assert.Equal("review.claimedByOther", AFiling.Called().Reject(false, [], null, AFiling.Colleague, AFiling.DecidedAt).Error?.Code);
    }

    [Theory]
    [InlineData(FilingState.PendingAuthority)]
    [InlineData(FilingState.SmsFailed)]
    public void Reject_AfterTheReview_NeedsAClaimToo(FilingState state)
    {
        var filing = AFiling.In(state);
        var at = filing.Snapshot.StateSince.AddMinutes(1);

        Assert.Equal("review.notClaimed", filing.Reject(false, [], null, AFiling.Reviewer, at).Error?.Code);
        Assert.Equal(FilingState.ProviderRejected, filing.ClaimFor(AFiling.Reviewer, at).Value.Reject(false, [], null, AFiling.Reviewer, at).Value.State);
    }

    [Fact]
    public void Withdraw_WhileClaimed_GoesBackToTheDraftAndFreesTheClaim()
    {
        var withdrawn = AFiling.Called().Withdraw(null, AFiling.Applicant, AFiling.DecidedAt).Value;

        Assert.Equal(FilingState.Draft, withdrawn.State);
        Assert.Null(withdrawn.Snapshot.Claim);
    }

    [Fact]
    public void Approve_WithUnknownChecksUnexplained_IsRefusedAndNamesThem()
    {
        var unknown = new Finding("/sites/0/domain", "check.unavailable");

        var refused = AFiling.Called().Approve([], [unknown], AFiling.Reviewer, AFiling.DecidedAt).Error;

        Assert.Equal(("review.unknownUnexplained", unknown), (refused!.Code, Assert.Single(refused.Errors)));
    }

    [Fact]
    public void Approve_WithExplanations_KeepsThemInTheRound()
    {
        var why = new UnknownExplanation("domain.holder", null, "made up");

        var approved = AFiling.Called().Approve([why], [], AFiling.Reviewer, AFiling.DecidedAt).Value;

        Assert.Equal([why], approved.Snapshot.Rounds[^1].Explanations);
        Assert.Equal(AFiling.DecidedAt.AddHours(24), approved.Snapshot.DueAt);
        Assert.Null(approved.Snapshot.Claim);
    }
}
