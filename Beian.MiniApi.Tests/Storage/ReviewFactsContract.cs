using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What the figures of the review promise.</summary>
public abstract class ReviewFactsContract(IStores stores) : StoreContract(stores)
{
    private static readonly DateTimeOffset Noon = StoredFilings.Noon;

    private static readonly Actor Second = new(Role.Reviewer, "reviewer-2");

    [Fact]
    public async Task Figures_OfThreeFilings_CountEachMoveOnceOnItsDay()
    {
        await AddAsync(Reviewed(1).Approved());
        await AddAsync(SentBack(Reviewed(2), Noon.AddHours(3), "/sites/0/name", "/sites/0/name", "/subject/name"));
        var third = await AddAsync(Reviewed(3, "110000"));
        await Stores.Filings.ReplaceAsync(SentBack(third, Noon.AddDays(1), "/sites/0/name"), null, default);
        await AddAsync(StoredFilings.Draft(4, "a4"));

        var figures = await Stores.Facts.FiguresAsync(Noon.AddDays(-1), Noon.AddDays(2), Noon, default);

        Assert.Equal(3, figures.Sample);
        Assert.Equal(
            [new DayFigures(new(2026, 11, 20), 0, 0, 0, 0, 0), new(new(2026, 11, 21), 3, 1, 1, 1, 0), new(new(2026, 11, 22), 0, 0, 1, 0, 0), new(new(2026, 11, 23), 0, 0, 0, 0, 0)], figures.Days);
        Assert.Equal([new ReasonFigures("/sites/*/name", 3), new("/subject/name", 1)], figures.Reasons);
        Assert.Equal([new ReviewShare("330000", 1, 1, 1.5), new("110000", 0, 1, 24)], figures.Provinces);
        Assert.Equal([new ReviewShare("reviewer-2", 0, 2, 13.5), new("reviewer-1", 1, 0, 0)], figures.Reviewers);
        Assert.Equal(1 / 3.0, figures.ApprovalRate);
    }

    [Fact]
    public async Task Figures_OfAnotherPeriod_LeaveTheseOut()
    {
        await AddAsync(Reviewed(1).Approved());

        var figures = await Stores.Facts.FiguresAsync(Noon.AddMilliseconds(1), Noon.AddDays(1), Noon, default);

        Assert.Equal((0, null), (figures.Sample, figures.ApprovalRate));
        Assert.Empty(figures.Reasons);
    }

    [Fact]
    public async Task Waiting_IsByStateWithAgesAndWhatIsOverdue()
    {
        await AddAsync(Reviewed(1));
        await AddAsync(Reviewed(2, dueAt: Noon.AddDays(9)));
        await AddAsync(Reviewed(3).SentBack());
        await AddAsync(Reviewed(4).Withdrawn());
        await AddAsync(StoredFilings.Draft(5, "a5").Verified("d5.cn", "slot:r:5").Submit([], [], [], "rules", new Actor(Role.Applicant, "user"), Noon).Value);

        var figures = await Stores.Facts.FiguresAsync(Noon, Noon, Noon.AddDays(5), default);

        Assert.Equal(["checking", "providerReview"], figures.Waiting.Select(w => w.State));
        var review = figures.Waiting[1];
        Assert.Equal((2, 1, Noon), (review.Count, review.Overdue, review.OldestSince));
        Assert.Equal([0, 0, 2, 0, 0], review.Ages);
        Assert.Equal([0, 0, 0, 0, 2], (await Stores.Facts.FiguresAsync(Noon, Noon, Noon.AddDays(50), default)).Waiting[1].Ages);
        Assert.Equal([2, 0, 0, 0, 0], (await Stores.Facts.FiguresAsync(Noon, Noon, Noon.AddHours(1), default)).Waiting[1].Ages);
    }

    [Fact]
    public async Task Reasons_OfPapersAndMissedCalls_AreFieldsAndCodesWithoutIds()
    {
        var reviewer = new Actor(Role.Reviewer, "reviewer-1");
        var missed = Reviewed(1).LogCall(MadeUp.Mobile(1), CallOutcome.NoAnswer, "家里没人", reviewer, Noon).Value;
        await AddAsync(missed.LogCall(MadeUp.Mobile(1), CallOutcome.NoAnswer, null, reviewer, Noon.AddHours(2)).Value);
        await AddAsync(SentBack(Reviewed(2), Noon, string.Empty, "/sites/0"));

        var figures = await Stores.Facts.FiguresAsync(Noon, Noon.AddDays(1), Noon, default);

        Assert.Equal(["/", "/sites/*", "callUnreachable"], figures.Reasons.Select(r => r.Reason));
    }

    [Fact]
    public async Task AuthorityDays_WithEnoughAnswers_AreTheQuickAndTheSlowOnes()
    {
        foreach (var n in Enumerable.Range(1, 20))
        {
            await AddAsync(Answered(n, Noon.AddDays(n).AddHours(-3)));
        }

        await AddAsync(Answered(21, Noon.AddDays(90), "110000"));

        Assert.Equal(new AuthorityDays(2, 19, 20), await Stores.Facts.AuthorityDaysAsync("330000", 20, default));
        Assert.Null(await Stores.Facts.AuthorityDaysAsync("330000", 21, default));
        Assert.Equal(new AuthorityDays(90, 90, 1), await Stores.Facts.AuthorityDaysAsync("110000", 1, default));
        Assert.Null(await Stores.Facts.AuthorityDaysAsync("440000", 0, default));
        Assert.Equal(new DaySpread(2, 19), await new OwnAuthorityWaits(Stores.Facts).DaysAsync("330000", default));
        Assert.Null(await new OwnAuthorityWaits(Stores.Facts).DaysAsync("110000", default));
    }

    private static Filing Reviewed(int n, string province = "330000", DateTimeOffset? dueAt = null) =>
        StoredFilings.Draft(n, "a" + n).Verified($"d{n}.cn", "slot:r:" + n, province).InReview(dueAt ?? Noon.AddDays(2));

    private static Filing SentBack(Filing inReview, DateTimeOffset at, params string[] pointers) =>
        inReview.ClaimFor(Second, at).Value.Reject(true, [.. pointers.Select(p => new FindingDraft(p, "made up", null, null))], "made up", Second, at).Value;

    /// <summary>Approved, after the authority had it from noon on.</summary>
    private static Filing Answered(int n, DateTimeOffset at, string province = "330000")
    {
        var approved = Reviewed(n, province).Approved(n).Snapshot;
        return Filing.Restore(approved with { History = [.. approved.History.Take(approved.History.Count - 1), approved.History[^1] with { At = at }] });
    }

    private async Task<Filing> AddAsync(Filing filing) => (await Stores.Filings.AddAsync(filing, null, default)).Saved!;
}
