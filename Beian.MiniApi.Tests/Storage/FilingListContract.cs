using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What a store of filings promises about many: lists by key, the queue, timers and the outbox.</summary>
public abstract class FilingListContract(IStores stores) : StoreContract(stores)
{
    private static readonly DateTimeOffset Noon = StoredFilings.Noon;

    private IFilingStore Filings => Stores.Filings;

    [Fact]
    public async Task List_ByPages_IsNewestFirstWithoutShifting()
    {
        foreach (var n in Enumerable.Range(1, 5))
        {
            await AddAsync(StoredFilings.Draft(n, "a").Abandoned());
            await AddAsync(StoredFilings.Draft(100 + n, "b" + n));
        }

        var first = await Filings.ListAsync("a", null, 2, default);
        await AddAsync(StoredFilings.Draft(6, "a"));
        var second = await Filings.ListAsync("a", first[^1].Id, 2, default);
        var third = await Filings.ListAsync("a", second[^1].Id, 2, default);

        Assert.Equal([5, 4, 3, 2, 1], first.Concat(second).Concat(third).Select(Number));
        Assert.Equal([6, 5], (await Filings.ListAsync("a", null, 2, default)).Select(Number));
        Assert.Empty(await Filings.ListAsync("a", third[^1].Id, 2, default));
        Assert.Empty(await Filings.ListAsync("nobody", null, 2, default));
    }

    [Fact]
    public async Task Queue_EachFilter_NarrowsAndAllTogether()
    {
        await AddAsync(Reviewed(1, "330000", Noon.AddDays(1)));
        await AddAsync(Reviewed(2, "110000", Noon.AddDays(1)).ClaimedBy("r1"));
        await AddAsync(Reviewed(3, "330000", Noon.AddDays(5)).ClaimedBy("r2"));
        await AddAsync(StoredFilings.Draft(4, "a4"));
        await AddAsync(StoredFilings.Draft(5, "a5").Abandoned());

        Assert.Equal([3, 2, 1], await QueueAsync(new(null, null, null, null)));
        Assert.Equal([], await QueueAsync(new("draft", null, null, null)));
        Assert.Equal([], await QueueAsync(new("abandoned", null, null, null)));
        Assert.Equal([3, 2, 1], await QueueAsync(new("providerReview", null, null, null)));
        Assert.Equal([3, 1], await QueueAsync(new(null, "330000", null, null)));
        Assert.Equal([2], await QueueAsync(new(null, null, "r1", null)));
        Assert.Equal([1], await QueueAsync(new(null, null, "none", null)));
        Assert.Equal([2, 1], await QueueAsync(new(null, null, null, Noon.AddDays(2))));
        Assert.Equal([], await QueueAsync(new(null, null, null, Noon.AddDays(1))));
        Assert.Equal([1], await QueueAsync(new("providerReview", "330000", "none", Noon.AddDays(2))));
        Assert.Equal([3, 2], (await Filings.QueueAsync(new("providerReview", null, null, null), null, 2, default)).Select(Number));
        Assert.Equal([1], (await Filings.QueueAsync(new("providerReview", null, null, null), StoredFilings.Id(2), 2, default)).Select(Number));
    }

    [Fact]
    public async Task WithOpenFaceChecks_FollowsTheChecksAndTheState()
    {
        var check = FaceCheck.Started("c", "r", "nobody", null, Noon, TimeSpan.FromHours(1));
        await AddAsync(StoredFilings.Draft(1, "a1"));
        var first = (await Filings.AddAsync(Checked(StoredFilings.Draft(2, "a2").Verified("two.cn", "two"), check), null, default)).Saved!;
        var second = (await Filings.AddAsync(Checked(StoredFilings.Draft(3, "a3").Verified("three.cn", "three"), check), null, default)).Saved!;

        Assert.Equal([second.Id, first.Id], await Filings.WithOpenFaceChecksAsync(10, default));
        Assert.Equal([second.Id], await Filings.WithOpenFaceChecksAsync(1, default));
        await Filings.ReplaceAsync(Checked(second, check.Fail("light", Noon)), null, default);
        await Filings.ReplaceAsync(first.Abandoned(), null, default);

        Assert.Empty(await Filings.WithOpenFaceChecksAsync(10, default));
    }

    [Fact]
    public async Task WithPicturesDue_IsByTheirDay()
    {
        var check = FaceCheck.Started("c", "r", "nobody", null, Noon, TimeSpan.FromHours(1)) with { Picture = new FaceCheckPicture("m", Noon.AddDays(2), null) };
        var filing = StoredFilings.Draft(1, "a").Verified("one.cn", "one");
        var picture = new Material("m", "livenessPhoto", null, filing.Snapshot.Sites[0].Id, "face-check.jpg", "image/jpeg", 1, "00", 1, 1, null, Noon, []) { DeleteAt = Noon.AddDays(2) };
        await AddAsync(StoredFilings.Draft(2, "b"));

        // Of somebody who is not the principal: due whatever its day.
        var orphan = (await Filings.AddAsync(filing.RecordFaceCheck(filing.Snapshot.Sites[0].Id, check, new Actor(Role.Applicant, "user"), picture).Value, null, default)).Saved!;
        Assert.Equal([orphan.Id], await Filings.WithPicturesDueAsync(Noon.AddYears(-1), 10, default));
        Assert.Empty(await Filings.WithPicturesDueAsync(Noon, 0, default));

        var (swept, gone) = orphan.DeleteFacePictures(Noon);
        await Filings.ReplaceAsync(swept, null, default);

        Assert.Equal(["m"], gone);
        Assert.Equal(Noon, swept.Snapshot.Sites[0].FaceCheck!.Picture!.DeletedAt);
        Assert.Empty(await Filings.WithPicturesDueAsync(Noon.AddYears(1), 10, default));
    }

    [Fact]
    public async Task InState_IsOldestFirstAndFollowsChanges()
    {
        await AddAsync(Reviewed(2, "330000", Noon));
        var oldest = (await Filings.AddAsync(Reviewed(1, "330000", Noon), null, default)).Saved!;
        await AddAsync(StoredFilings.Draft(3, "a3"));

        Assert.Equal([StoredFilings.Id(1), StoredFilings.Id(2)], await Filings.InStateAsync(FilingState.ProviderReview, 10, default));
        Assert.Equal([StoredFilings.Id(1)], await Filings.InStateAsync(FilingState.ProviderReview, 1, default));

        await Filings.ReplaceAsync(oldest.Approved(), null, default);

        Assert.Equal([StoredFilings.Id(2)], await Filings.InStateAsync(FilingState.ProviderReview, 10, default));
        Assert.Equal([StoredFilings.Id(1)], await Filings.InStateAsync(FilingState.Approved, 10, default));
    }

    [Fact]
    public async Task NextDue_GivesTimersInTheOrderTheyAreDue()
    {
        var late = StoredFilings.Draft(1, "a1", Noon.AddHours(2));
        var early = StoredFilings.Draft(2, "a2", Noon.AddHours(1));
        var never = StoredFilings.Draft(3, "a3").Abandoned();
        foreach (var filing in new[] { late, early, never })
        {
            await AddAsync(filing);
        }

        var due = early.NextTimer()!.At;

        Assert.Null(await Filings.NextDueAsync(due.AddMilliseconds(-1), [], default));
        Assert.Equal(early.Id, await Filings.NextDueAsync(due, [], default));
        Assert.Null(await Filings.NextDueAsync(due, [early.Id], default));
        Assert.Equal(late.Id, await Filings.NextDueAsync(Noon.AddYears(1), [early.Id], default));
        Assert.Null(await Filings.NextDueAsync(Noon.AddYears(1), [early.Id, late.Id], default));
    }

    [Fact]
    public async Task NextDue_AfterATimerFired_IsTheFollowingOne()
    {
        var filing = (await Filings.AddAsync(StoredFilings.Draft(1, "a"), null, default)).Saved!;
        var first = filing.NextTimer()!;

        var reminded = (await Filings.ReplaceAsync(filing.Fire(first).Value, null, default)).Saved!;

        Assert.Null(await Filings.NextDueAsync(first.At, [], default));
        Assert.Equal(filing.Id, await Filings.NextDueAsync(reminded.NextTimer()!.At, [], default));
    }

    [Fact]
    public async Task WithOutbox_IsOldestFirstUntilDone()
    {
        var second = (await Filings.AddAsync(Reviewed(2, "330000", Noon), null, default)).Saved!;
        await AddAsync(Reviewed(1, "330000", Noon));
        await AddAsync(StoredFilings.Draft(3, "a3"));

        Assert.Equal([StoredFilings.Id(1), StoredFilings.Id(2)], await Filings.WithOutboxAsync(10, default));
        Assert.Equal([StoredFilings.Id(1)], await Filings.WithOutboxAsync(1, default));

        await Filings.ReplaceAsync(second.OutboxDone(second.Snapshot.Outbox), null, default);

        Assert.Equal([StoredFilings.Id(1)], await Filings.WithOutboxAsync(10, default));
    }

    private static Filing Checked(Filing filing, FaceCheck check) => filing.RecordFaceCheck(filing.Snapshot.Sites[0].Id, check, new Actor(Role.Applicant, "user")).Value;

    private static Filing Reviewed(int n, string province, DateTimeOffset dueAt) => StoredFilings.Draft(n, "a" + n).Verified($"d{n}.cn", "slot:r:" + n, province).InReview(dueAt);

    private async Task AddAsync(Filing filing) => Assert.True((await Filings.AddAsync(filing, null, default)).IsSaved);

    private async Task<IEnumerable<int>> QueueAsync(QueueFilter filter) => (await Filings.QueueAsync(filter, null, 100, default)).Select(Number).ToArray();

    private static int Number(Filing filing) => Convert.ToInt32(filing.Id, 16);
}
