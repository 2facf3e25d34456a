using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Filings;

public sealed class RoundTests
{
    private static readonly DateTimeOffset Later = AFiling.ResultAt.AddDays(1);

    [Fact]
    public void Submit_WithSomethingOpen_IsRefusedAndNamesIt()
    {
        var open = new Beian.MiniApi.Domain.Finding("/subject/name", "subject.name.missing");

        var refused = AFiling.Complete().Submit([open], [], [], "rules-1", AFiling.Applicant, AFiling.SubmittedAt).Error;

        Assert.Equal(("filing.incomplete", open), (refused!.Code, Assert.Single(refused.Errors)));
    }

    [Fact]
    public void Submit_OfAForm_KeepsItWithItsAgreementsAndRules()
    {
        var agreed = new AgreementAcceptance("filing", "1", AFiling.SubmittedAt);

        var round = AFiling.Complete().Submit([], [agreed], [], "rules-1", AFiling.Applicant, AFiling.SubmittedAt).Value.Snapshot.Rounds.Single();

        Assert.Equal((1, AFiling.SubmittedAt, "rules-1", null), (round.Number, round.SubmittedAt, round.RulesVersion, round.EndedBy));
        Assert.Equal([agreed], round.Agreements);
        Assert.Equal(FormFields.Of(AFiling.Complete().Snapshot), FormFields.Of(round.Form));
    }

    [Fact]
    public void Submit_AfterARejection_AddsARoundAndLeavesTheFirstAlone()
    {
        var rejected = AFiling.ProviderRejected(null, "/subject/name");
        var mended = rejected.PutSubject(AForm.Company1 with { Name = "测试乙有限公司" }, rejected.Open(), AFiling.Applicant, Later).Value;

        var again = AFiling.Submitted(mended, Later);

        Assert.Equal([1, 2], again.Snapshot.Rounds.Select(r => r.Number));
        Assert.Equal(["测试甲有限公司", "测试乙有限公司"], again.Snapshot.Rounds.Select(r => r.Form.Subject.Name));
        Assert.Equal(["reject", null], again.Snapshot.Rounds.Select(r => r.EndedBy));
        Assert.Equal("/subject/name", Assert.Single(again.Snapshot.Rounds[0].Findings).Path);
        Assert.Equal([new FieldChange("/subject/name", "测试甲有限公司", "测试乙有限公司")], FormFields.Diff(FormFields.Of(again.Snapshot.Rounds[0].Form), FormFields.Of(again.Snapshot.Rounds[1].Form)));
    }

    [Fact]
    public void Submit_AfterTheSmsStepFailed_GoesBackToTheQueueInTheSameRound()
    {
        var again = AFiling.Submitted(AFiling.SmsFailed(), Later);

        Assert.Equal(FilingState.PendingAuthority, again.State);
        Assert.Single(again.Snapshot.Rounds);
        Assert.Null(again.Snapshot.CameFrom);
    }

    public static TheoryData<FilingState> FormStates() => [FilingState.Draft, FilingState.ModificationRequested, FilingState.ProviderRejected, FilingState.AuthorityRejected];

    [Theory]
    [MemberData(nameof(FormStates))]
    public void Withdraw_FromTheChecks_GoesBackToWhereItCameFrom(FilingState origin)
    {
        var checking = AFiling.Submitted(AFiling.In(origin), Later);

        var withdrawn = checking.Withdraw(null, AFiling.Applicant, Later.AddMinutes(1)).Value;

        Assert.Equal(origin, withdrawn.State);
        Assert.Null(withdrawn.Snapshot.CameFrom);
        Assert.Equal(("withdraw", Later.AddMinutes(1)), (withdrawn.Snapshot.Rounds[^1].EndedBy, withdrawn.Snapshot.Rounds[^1].EndedAt));
    }

    [Fact]
    public void Withdraw_WithAReason_KeepsItUntilItsUserIsErased()
    {
        var withdrawn = AFiling.Submitted().Withdraw("made up", AFiling.Applicant, Later).Value;

        Assert.Equal(("made up", AFiling.Applicant.Id), (withdrawn.Snapshot.History[^1].Note, withdrawn.Snapshot.History[^1].ActorId));
        Assert.Equal("made up", withdrawn.WithoutUser("another").Snapshot.History[^1].Note);
        Assert.Equal((null, Filing.ErasedUser), (withdrawn.WithoutUser(AFiling.Applicant.Id).Snapshot.History[^1].Note, withdrawn.WithoutUser(AFiling.Applicant.Id).Snapshot.History[^1].ActorId));
    }

    /// <summary>The applicant's own words must not be read as the provider's.</summary>
    [Fact]
    public void Withdraw_FromTheChecksAfterARejection_LeavesTheReviewersWordsInPlace()
    {
        var sent = AFiling.Called().Reject(true, [], "the reviewer's words", AFiling.Reviewer, AFiling.DecidedAt).Value;

        var withdrawn = AFiling.Submitted(sent, Later).Withdraw("made up", AFiling.Applicant, Later).Value;
        var failed = AFiling.Submitted(withdrawn, Later).FailChecks(Later).Value;

        Assert.Equal("the reviewer's words", HistoryEntry.SentBackBy(withdrawn.Snapshot.History, withdrawn.State)?.Note);
        Assert.Equal("the reviewer's words", HistoryEntry.SentBackBy(failed.Snapshot.History, failed.State)?.Note);
    }

    [Theory]
    [MemberData(nameof(FormStates))]
    public void FailChecks_OfAnySubmission_GoesBackToWhereItCameFrom(FilingState origin) =>
        Assert.Equal(origin, AFiling.Submitted(AFiling.In(origin), Later).FailChecks(Later.AddMinutes(1)).Value.State);

    [Fact]
    public void Withdraw_FromTheChecksAfterARejection_LeavesOpenWhatWasMarked()
    {
        var sent = AFiling.ModificationRequested(null, "/subject/name");

        var back = AFiling.Submitted(AFiling.Submitted(sent, Later).Withdraw(null, AFiling.Applicant, Later).Value, Later).FailChecks(Later).Value;

        Assert.Equal(["/subject/name"], back.Open().Paths);
    }

    [Fact]
    public void Withdraw_FromTheChecksAfterUnansweredCalls_LeavesThePhonesOpen()
    {
        var back = AFiling.Submitted(AFiling.Unreachable(), Later).Withdraw(null, AFiling.Applicant, Later).Value;

        Assert.True(back.Open().Allows("/subject/principal/mobile"));
        Assert.False(back.Open().Allows("/subject/name"));
    }

    [Theory]
    [InlineData(FilingState.ProviderReview)]
    [InlineData(FilingState.PendingAuthority)]
    public void Withdraw_AfterTheChecks_GoesToTheDraftWithEverythingKeptAndOpen(FilingState state)
    {
        var filing = AFiling.In(state);

        var draft = filing.Withdraw(null, AFiling.Applicant, Later).Value;

        Assert.Equal(FilingState.Draft, draft.State);
        Assert.True(draft.Open().Everything);
        Assert.Equal(FormFields.Of(filing.Snapshot), FormFields.Of(draft.Snapshot));
        Assert.Equal("withdraw", draft.Snapshot.Rounds[^1].EndedBy);
    }

    [Fact]
    public void Withdraw_FromTheReviewAfterUnansweredCalls_EndsTheRoundAsWithdrawn()
    {
        var second = AFiling.Submitted(AFiling.Unreachable(), Later).PassChecks(Later, Later).Value;

        Assert.Equal(["rejectUnreachable", "withdraw"], second.Withdraw(null, AFiling.Applicant, Later).Value.Snapshot.Rounds.Select(r => r.EndedBy));
    }

    [Theory]
    [InlineData(FilingState.Checking)]
    [InlineData(FilingState.PendingAuthority)]
    [InlineData(FilingState.SmsFailed)]
    public void Abandon_WhileARoundRuns_EndsIt(FilingState state)
    {
        var abandoned = AFiling.In(state).Abandon("made up", AFiling.Applicant, Later).Value;

        Assert.Equal(("abandon", Later), (abandoned.Snapshot.Rounds[^1].EndedBy, abandoned.Snapshot.Rounds[^1].EndedAt));
        Assert.Equal("made up", abandoned.Snapshot.History[^1].Note);
    }

    [Fact]
    public void Submit_AfterAFailedSmsStep_IsDueAtTheAuthorityAgain() =>
        Assert.Equal(Later + FilingTimes.AuthoritySubmission, AFiling.Submitted(AFiling.SmsFailed(), Later).Snapshot.DueAt);

    [Fact]
    public void Abandon_AfterARejection_LeavesTheRoundAsItEnded() =>
        Assert.Equal("reject", AFiling.ProviderRejected().Abandon(null, AFiling.Applicant, Later).Value.Snapshot.Rounds[^1].EndedBy);

    [Fact]
    public void ReturnToDraft_AfterAFailedSmsStep_EndsTheRound() =>
        Assert.Equal("returnToDraft", AFiling.SmsFailed().PassTime(AFiling.SmsAt.AddDays(45)).Filing.Snapshot.Rounds[^1].EndedBy);

    [Fact]
    public void PassChecks_OfASubmission_PromisesTheReview()
    {
        var inReview = AFiling.InReview();

        Assert.Equal(AFiling.ReviewDueAt, inReview.Snapshot.DueAt);
        Assert.Null(inReview.Snapshot.CameFrom);
        Assert.Null(AFiling.ProviderRejected().Snapshot.DueAt);
    }

    [Fact]
    public void FindPaper_OfAnEarlierRound_IsStillFound()
    {
        var sent = AFiling.ModificationRequested();
        var first = sent.Snapshot.Materials[0];
        var without = sent.RemoveMaterial(first.Id, sent.Open(), AFiling.Applicant, Later).Value;

        Assert.Equal(first, without.FindPaper(first.Id));
        Assert.Null(without.FindPaper("m-none"));
    }

    [Fact]
    public void OutboxDone_WithSomeOfTheWork_LeavesTheRest()
    {
        var approved = AFiling.Approved();
        var all = approved.Snapshot.Outbox;

        Assert.Contains(all, e => e.Kind == OutboxEntry.ProjectSubject && e.Seq == approved.Snapshot.History[^1].Seq);
        Assert.Equal([all[^1]], approved.OutboxDone([.. all.Take(all.Count - 1)]).Snapshot.Outbox);
    }
}
