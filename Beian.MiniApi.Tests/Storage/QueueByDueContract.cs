using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What a store promises of the queue by due time.</summary>
public abstract class QueueByDueContract(IStores stores) : StoreContract(stores)
{
    private static readonly DateTimeOffset Noon = StoredFilings.Noon;

    private IFilingStore Filings => Stores.Filings;

    [Fact]
    public async Task Queue_IsOverdueThenDueThenTheRest_AndByIdWhereTheyAreAlike()
    {
        await AddAsync(Reviewed(1, Noon.AddDays(2)));
        await AddAsync(Reviewed(2, Noon.AddDays(-3)));
        await AddAsync(Reviewed(3, Noon.AddDays(9)).SentBack());
        await AddAsync(Reviewed(4, Noon.AddDays(2)));
        await AddAsync(Reviewed(5, Noon.AddDays(-1)));
        await AddAsync(Reviewed(6, Noon).SentBack());
        await AddAsync(Reviewed(7, Noon).Withdrawn());
        await AddAsync(StoredFilings.Draft(8, "a8"));

        Assert.Equal([2, 5, 1, 4, 3, 6], await QueueAsync(new(null, null, null, null)));
        Assert.Equal([2, 5], await QueueAsync(new(null, null, null, Noon)));
        Assert.Equal([2], await QueueAsync(new(null, null, null, Noon.AddDays(-1))));
        Assert.Equal([3, 6], await QueueAsync(new("modificationRequested", null, null, null)));
    }

    [Fact]
    public async Task Pages_OfAnySize_HaveEveryFilingOnceInOrder()
    {
        var all = new List<int>();
        foreach (var n in Enumerable.Range(1, 12))
        {
            var filing = Reviewed(n, Noon.AddHours(n % 3));
            await AddAsync(n % 4 == 0 ? filing.SentBack() : filing);
            all.Add(n);
        }

        var expected = all.OrderBy(n => n % 4 == 0 ? int.MaxValue : n % 3).ThenBy(n => n).ToArray();
        foreach (var size in new[] { 1, 2, 5, 12, 50 })
        {
            var (seen, after) = (new List<int>(), (QueueKey?)null);
            while (await Filings.QueueByDueAsync(new(null, null, null, null), after, size, default) is { Count: > 0 } page)
            {
                seen.AddRange(page.Select(Number));
                after = QueueKey.Parse(QueueKey.Of(page[^1]).ToString());
                Assert.NotNull(after);
            }

            Assert.Equal(expected, seen);
        }
    }

    [Fact]
    public async Task Page_AfterOneThatHasMovedMeanwhile_GoesOnWhereThatOneStood()
    {
        var first = (await Filings.AddAsync(Reviewed(1, Noon), null, default)).Saved!;
        foreach (var n in new[] { 2, 3, 4 })
        {
            await AddAsync(Reviewed(n, Noon.AddHours(n)));
        }

        var page = await Filings.QueueByDueAsync(new("providerReview", null, null, null), null, 1, default);
        await Filings.ReplaceAsync(first.SentBack(), null, default);
        await AddAsync(Reviewed(5, Noon.AddHours(-1)));
        var rest = await Filings.QueueByDueAsync(new("providerReview", null, null, null), QueueKey.Of(page[0]), 10, default);

        Assert.Equal([2, 3, 4], rest.Select(Number));
    }

    [Fact]
    public async Task Queue_EachFilter_NarrowsAloneAndWithTheOthers()
    {
        await AddAsync(Reviewed(1, Noon.AddDays(1)));
        await AddAsync(Reviewed(2, Noon.AddDays(3), "110000").ClaimedBy("r1"));
        await AddAsync(Reviewed(3, Noon.AddDays(2)).ClaimedBy("r2"));
        await AddAsync(Reviewed(4, Noon.AddDays(4), "110000"));

        Assert.Equal([1, 3], await QueueAsync(new(null, "330000", null, null)));
        Assert.Equal([2], await QueueAsync(new(null, null, "r1", null)));
        Assert.Equal([1, 4], await QueueAsync(new(null, null, "none", null)));
        Assert.Equal([4], await QueueAsync(new("providerReview", "110000", "none", null)));
        Assert.Equal([3], await QueueAsync(new("providerReview", "330000", "r2", null)));
        Assert.Equal([1], await QueueAsync(new(null, "330000", "none", Noon.AddDays(2))));
        Assert.Equal([], await QueueAsync(new("approved", "330000", null, null)));
        Assert.Equal([1, 3, 2, 4], await QueueAsync(Any with { Kind = "firstFiling" }));
        Assert.Equal([], await QueueAsync(Any with { Kind = "addSite" }));
        Assert.Equal([3], await QueueAsync(Any with { Number = Reviewed(3, Noon).Snapshot.Number }));
        Assert.Equal([2], await QueueAsync(Any with { Domain = "d2.cn" }));
        Assert.Equal([], await QueueAsync(Any with { Domain = "d2.cn", Province = "330000" }));
        Assert.Equal([], await QueueAsync(Any with { Domain = "d2" }));
        Assert.Equal([2], (await Filings.QueueAsync(Any with { Domain = "d2.cn" }, null, 10, default)).Select(Number));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1764230400000.")]
    [InlineData("-5.a")]
    [InlineData("99999999999999999.a")]
    [InlineData("00000000000000000000000000000001")]
    public void Key_OfAnotherOrder_IsNone(string text) => Assert.Null(QueueKey.Parse(text));

    private static QueueFilter Any => new(null, null, null, null);

    private static Filing Reviewed(int n, DateTimeOffset dueAt, string province = "330000") => StoredFilings.Draft(n, "a" + n).Verified($"d{n}.cn", "slot:r:" + n, province).InReview(dueAt);

    private static int Number(Filing filing) => Convert.ToInt32(filing.Id, 16);

    private async Task AddAsync(Filing filing) => Assert.True((await Filings.AddAsync(filing, null, default)).IsSaved);

    private async Task<IEnumerable<int>> QueueAsync(QueueFilter filter) => (await Filings.QueueByDueAsync(filter, null, 100, default)).Select(Number).ToArray();
}
