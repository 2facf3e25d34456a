using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Filings;

public sealed class TimerTests
{
    private static readonly DateTimeOffset Noon = AFiling.Noon;

    [Fact]
    public void PassTime_OverAnIdleDraft_RemindsTwiceAndExpiresIt()
    {
        var (expired, fired) = AFiling.Complete().PassTime(Noon.AddDays(400));

        Assert.Equal(
            [(Noon.AddDays(23), "draftExpiring.23"), (Noon.AddDays(29), "draftExpiring.29"), (Noon.AddDays(30), "draftIdle")],
            fired.Select(t => (t.At, t.Code)));
        Assert.Equal(FilingState.DraftExpired, expired.State);
        Assert.Null(expired.NextTimer());
    }

    [Fact]
    public void NextTimer_OfADraftSavedAgain_CountsFromTheSaveAndRemindsAnew()
    {
        var (reminded, _) = AFiling.Complete().PassTime(Noon.AddDays(29));
        var savedAt = Noon.AddDays(29).AddHours(12);

        var saved = reminded.PutSubjectPrincipal(AForm.Principal, reminded.Open(), AFiling.Applicant, savedAt).Value;

        Assert.Equal((savedAt.AddDays(23), FilingAction.Remind), (saved.NextTimer()!.At, saved.NextTimer()!.Action));
        Assert.Equal(savedAt.AddDays(30), saved.PassTime(Noon.AddDays(400)).Fired[^1].At);
    }

    [Fact]
    public void NextTimer_AfterAPaperCameOrWent_CountsFromThereAndRemindsAnew()
    {
        var (reminded, _) = AFiling.Complete().PassTime(Noon.AddDays(29));
        var at = Noon.AddDays(29).AddHours(12);

        var added = reminded.AddMaterial(AForm.Paper("otherSupplement", id: "m-x"), 5, reminded.Open(), AFiling.Applicant, at).Value;
        var removed = reminded.RemoveMaterial("m-1", reminded.Open(), AFiling.Applicant, at).Value;

        Assert.Equal(at.AddDays(23), added.NextTimer()!.At);
        Assert.Equal(at.AddDays(23), removed.NextTimer()!.At);
    }

    [Fact]
    public void NextTimer_OfAConfirmedDraft_CountsFromTheConfirmation()
    {
        var (reminded, _) = AFiling.Verified(Shape.Added).PassTime(Noon.AddDays(23));

        var confirmed = reminded.ConfirmSubject(true, AFiling.Rules, AFiling.Applicant, Noon.AddDays(24)).Value;

        Assert.Equal(Noon.AddDays(24 + 23), confirmed.NextTimer()!.At);
    }

    [Theory]
    [InlineData(FilingState.ModificationRequested)]
    [InlineData(FilingState.ProviderRejected)]
    [InlineData(FilingState.AuthorityRejected)]
    [InlineData(FilingState.SmsFailed)]
    public void PassTime_OverAFilingThatWaitsForItsApplicant_RemindsThreeTimesAndReturnsItToTheDraft(FilingState state)
    {
        var waiting = AFiling.In(state);
        var since = waiting.Snapshot.StateSince;

        var (draft, fired) = waiting.PassTime(since.AddDays(45));

        Assert.Equal(
            [(since.AddDays(5), "waitingForYou.5"), (since.AddDays(10), "waitingForYou.10"), (since.AddDays(15), "waitingForYou.15"), (since.AddDays(45), "applicantIdle")],
            fired.Select(t => (t.At, t.Code)));
        Assert.Equal(FilingState.Draft, draft.State);
        Assert.Equal(waiting.Snapshot.Subject, draft.Snapshot.Subject);
        Assert.Equal(since.AddDays(45 + 23), draft.NextTimer()!.At);
    }

    [Fact]
    public void NextTimer_OfARejectedFilingSavedAgain_Gives45DaysFromTheSave()
    {
        var rejected = AFiling.ProviderRejected();
        var savedAt = AFiling.DecidedAt.AddDays(44);

        var saved = rejected.PutSubject(AForm.Company1 with { Remark = "测试" }, rejected.Open(), AFiling.Applicant, savedAt).Value;

        Assert.Equal(savedAt.AddDays(45), saved.PassTime(savedAt.AddDays(400)).Fired.Single(t => t.Action == FilingAction.ReturnToDraft).At);
    }

    [Fact]
    public void NextTimer_RemindedBeforeTheSecondTextHadWordsOfItsOwn_IsTheOneAfter()
    {
        var reminded = Filing.Restore(AFiling.InSms().Snapshot with { Reminded = ["smsWaiting.1", "smsWaiting.6", "smsWaiting.12"] });

        Assert.Equal("smsWaiting.20", reminded.NextTimer()!.Code);
    }

    [Fact]
    public void PassTime_OverTheSmsStep_RemindsAndFailsItAfterADay()
    {
        var (failed, fired) = AFiling.InSms().PassTime(AFiling.HandedOverAt.AddHours(24));

        Assert.Equal(["smsWaiting.1", "smsWaiting.6", "smsSecondText.12", "smsWaiting.20", "timeout"], fired.Select(t => t.Code));
        Assert.Equal(AFiling.HandedOverAt.AddHours(24), fired[^1].At);
        Assert.Equal(FilingState.SmsFailed, failed.State);
        Assert.Equal("timeout", failed.Snapshot.History[^1].Code);
    }

    [Fact]
    public void PassTime_AMomentBeforeTheSmsStepEnds_LeavesIt() =>
        Assert.Equal(FilingState.SmsVerification, AFiling.InSms().PassTime(AFiling.HandedOverAt.AddHours(24).AddTicks(-1)).Filing.State);

    [Fact]
    public void PassTime_AfterAMissedCall_RemindsOnceEscalatesOnceAndRejectsNothing()
    {
        var missed = Missed(AFiling.InReview(), AFiling.CalledAt);

        var (reminded, fired) = missed.PassTime(AFiling.CalledAt.AddDays(60));

        Assert.Equal([(AFiling.CalledAt.AddHours(1), FilingAction.Remind), (AFiling.ReviewDueAt, FilingAction.Escalate)], fired.Select(t => (t.At, t.Action)));
        Assert.Equal(FilingState.ProviderReview, reminded.State);
    }

    [Fact]
    public void NextTimer_AfterAnAnsweredCall_IsTheEscalation() =>
        Assert.Equal(new DueTimer(AFiling.ReviewDueAt, FilingAction.Escalate, "reviewOverdue"), AFiling.Called().Release(AFiling.Reviewer, AFiling.DecidedAt).Value.NextTimer());

    [Fact]
    public void PassTime_OverAnIdleClaim_LapsesItAfterHalfAnHour()
    {
        var (lapsed, fired) = AFiling.Claimed().PassTime(AFiling.ClaimedAt.AddDays(1));

        Assert.Equal([(AFiling.ClaimedAt.AddMinutes(30), FilingAction.LapseClaim)], fired.Select(t => (t.At, t.Action)));
        Assert.Null(lapsed.Snapshot.Claim);
        Assert.Equal(FilingState.ProviderReview, lapsed.State);
    }

    [Theory]
    [InlineData(FilingState.DraftExpired)]
    [InlineData(FilingState.Checking)]
    [InlineData(FilingState.Abandoned)]
    public void NextTimer_WhereNobodyIsLate_IsNone(FilingState state) => Assert.Null(AFiling.In(state).NextTimer());

    [Theory]
    [InlineData(FilingState.ProviderReview, "reviewOverdue")]
    [InlineData(FilingState.PendingAuthority, "handOverOverdue")]
    [InlineData(FilingState.AuthorityReview, "authorityOverdue")]
    public void PassTime_OverAPromise_EscalatesOnceAndTellsNobody(FilingState state, string code)
    {
        var promised = AFiling.In(state).Then(f => f.State == FilingState.ProviderReview ? f.Release(AFiling.Reviewer, AFiling.DecidedAt) : f);
        var due = promised.Snapshot.DueAt!.Value;

        var (late, fired) = promised.PassTime(due.AddDays(400));

        Assert.Equal([new DueTimer(due, FilingAction.Escalate, code)], fired);
        Assert.Equal((state, due, promised.Version), (late.State, late.EscalatedAt(), late.Version));
        Assert.Equal(promised.Snapshot.Outbox, late.Snapshot.Outbox);
        Assert.Null(promised.EscalatedAt());
    }

    [Fact]
    public void PassTime_AMomentBeforeTheDueTime_EscalatesNothing() =>
        Assert.Empty(AFiling.PendingAuthority().PassTime(AFiling.DecidedAt.AddHours(24).AddTicks(-1)).Fired);

    [Fact]
    public void PassTime_AfterTheApproval_RemindsTwiceOfThePoliceFilingAndStops()
    {
        var approved = AFiling.Approved();

        var (reminded, fired) = approved.PassTime(AFiling.ResultAt.AddDays(400));

        Assert.Equal([(AFiling.ResultAt.AddDays(20), "policeFiling.20"), (AFiling.ResultAt.AddDays(27), "policeFiling.27")], fired.Select(t => (t.At, t.Code)));
        Assert.Null(reminded.NextTimer());

        // Approved on 30 November at 12:00 in Shanghai: the thirtieth day after it is 30 December.
        Assert.Equal(new DateTimeOffset(2026, 12, 30, 16, 0, 0, TimeSpan.Zero), approved.PoliceFilingBy());
        Assert.Null(AFiling.InAuthorityReview().PoliceFilingBy());
    }

    [Fact]
    public void Fire_AnyTimer_LeavesAHistoryEntryAtItsOwnTimeAndTellsTheApplicant()
    {
        var draft = AFiling.Complete();

        var (reminded, _) = draft.PassTime(Noon.AddDays(23));

        var entry = reminded.Snapshot.History[^1];
        Assert.Equal((Noon.AddDays(23), "draftExpiring.23", Beian.MiniApi.Domain.Role.System), (entry.At, entry.Code, entry.Role));
        Assert.Equal(entry.Seq, reminded.Snapshot.Outbox[^1].Seq);
        Assert.Equal(draft.Version, reminded.Version);
    }

    private static Filing Missed(Filing filing, DateTimeOffset at) =>
        filing.LogCall(AForm.Principal.Mobile!, CallOutcome.NoAnswer, null, AFiling.Reviewer, at).Value;
}
