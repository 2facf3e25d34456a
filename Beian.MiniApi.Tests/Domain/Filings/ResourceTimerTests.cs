using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Filings;

/// <summary>A resource or code that comes near its end while a filing is open.</summary>
public sealed class ResourceTimerTests
{
    private static readonly DateTimeOffset Noon = AFiling.Noon;

    [Theory]
    [InlineData(FilingState.Draft)]
    [InlineData(FilingState.Checking)]
    [InlineData(FilingState.ProviderReview)]
    [InlineData(FilingState.ModificationRequested)]
    [InlineData(FilingState.ProviderRejected)]
    [InlineData(FilingState.PendingAuthority)]
    [InlineData(FilingState.SmsVerification)]
    [InlineData(FilingState.SmsFailed)]
    [InlineData(FilingState.AuthorityReview)]
    [InlineData(FilingState.AuthorityRejected)]
    public void PassTime_OverAResourceThatEndsWhileTheFilingIsOpen_RemindsOnceAndTellsTheApplicant(FilingState state)
    {
        var since = AFiling.In(state).Snapshot.StateSince;
        var tooShort = since.AddHours(2);
        var bound = AFiling.In(state).RecordTerm("ins-1", tooShort.AddDays(30), 30, Noon)!;

        var (later, fired) = bound.PassTime(since.AddHours(3));

        var timer = Assert.Single(fired, t => t.Code.StartsWith("resourceEnding", StringComparison.Ordinal));
        Assert.Equal((tooShort, FilingAction.Remind), (timer.At, timer.Action));
        Assert.Equal((state, bound.Version), (later.State, later.Version));
        var entry = Assert.Single(later.Snapshot.History, e => e.Code == timer.Code);
        Assert.Contains(later.Snapshot.Outbox, o => o.Seq == entry.Seq);
        Assert.DoesNotContain(later.PassTime(since.AddDays(400)).Fired, t => t.Code == timer.Code);
    }

    [Fact]
    public void NextTimer_OfAResourceThatWasRemindedOf_StaysSilentThroughSavesAndMovesUntilItIsRenewed()
    {
        var end = Noon.AddDays(31);
        var (reminded, _) = AFiling.Complete().RecordTerm("ins-1", end, 30, Noon)!.PassTime(Noon.AddDays(1));

        var saved = reminded.PutSubjectPrincipal(AForm.Principal, reminded.Open(), AFiling.Applicant, Noon.AddDays(2)).Value;
        var moved = AFiling.Submitted(saved, Noon.AddDays(3));
        var renewed = moved.RecordTerm("ins-1", end.AddDays(5), 30, Noon.AddDays(3))!;

        Assert.Single(reminded.Snapshot.History, e => e.Code == "resourceEnding.20261222");
        Assert.DoesNotContain(saved.PassTime(end).Fired, t => t.Code == "resourceEnding.20261222");
        Assert.Empty(moved.PassTime(end).Fired);
        Assert.Equal([(Noon.AddDays(6), "resourceEnding.20261227")], renewed.PassTime(end).Fired.Select(t => (t.At, t.Code)));
    }

    [Fact]
    public void NextTimer_OfAnEndLearnedLate_IsTheMomentItWasLearned()
    {
        var checking = AFiling.Submitted();

        var late = checking.RecordTerm("ins-1", Noon.AddDays(12), 30, Noon.AddDays(5))!;

        Assert.Equal(Noon.AddDays(5), late.NextTimer()!.At);
        Assert.Null(late.RecordTerm("ins-1", Noon.AddDays(12), 30, Noon.AddDays(6)));
        Assert.Null(late.RecordTerm("another", Noon.AddDays(40), 30, Noon.AddDays(6)));
        Assert.Null(late.RecordTerm("ins-1", null, 30, Noon.AddDays(6))!.NextTimer());
    }

    [Theory]
    [InlineData(FilingState.Approved)]
    [InlineData(FilingState.DraftExpired)]
    [InlineData(FilingState.Abandoned)]
    public void PassTime_OverAResourceOfAFilingThatIsOver_RemindsOfNothing(FilingState state)
    {
        var over = AFiling.In(state);
        var bound = over.RecordTerm("ins-1", over.Snapshot.StateSince.AddDays(32), 30, Noon)!;

        Assert.DoesNotContain(bound.PassTime(Noon.AddDays(400)).Fired, t => t.Code.StartsWith("resourceEnding", StringComparison.Ordinal));
        Assert.Empty(bound.NearResourceTerms());
    }

    [Fact]
    public void RecordChecks_ThatSawAnOlderEnd_KeepsTheOneLearnedLast()
    {
        var before = AFiling.Submitted().RecordTerm("ins-1", Noon.AddDays(40), 30, Noon)!;
        var seen = before.FindSite(AForm.SiteId)!.Checks;
        var renewed = before.RecordTerm("ins-1", Noon.AddDays(400), 30, Noon.AddHours(2))!;

        var recorded = renewed.RecordChecks([], new Dictionary<string, DomainChecks> { [AForm.SiteId] = seen }, AFiling.Applicant).Value;

        Assert.Equal(Noon.AddDays(400), Assert.Single(recorded.ResourceTerms()).EndsAt);
    }
}
