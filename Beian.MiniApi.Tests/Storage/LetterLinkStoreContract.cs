using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What the store of single-use addresses promises.</summary>
public abstract class LetterLinkStoreContract(IStores stores) : StoreContract(stores)
{
    private ILetterLinkStore Links => Stores.LetterLinks;

    [Fact]
    public async Task Take_OfATicket_GivesItsLinkOnce()
    {
        await Links.AddAsync(ALink(1, "site-a"), default);
        await Links.AddAsync(ALink(2, null), default);

        var taken = (await Links.TakeAsync([1], StoredFilings.Noon, default))!;

        Assert.Equal(("f", "a", "principalAuthorization", "site-a", StoredFilings.Noon.AddMinutes(10)), (taken.FilingId, taken.AccountId, taken.Kind, taken.SiteId, taken.ExpiresAt));
        Assert.Null(await Links.TakeAsync([1], StoredFilings.Noon, default));
        Assert.Null(await Links.TakeAsync([3], StoredFilings.Noon, default));
        Assert.Null((await Links.TakeAsync([2], StoredFilings.Noon, default))!.SiteId);
    }

    [Fact]
    public async Task Take_ByManyAtOnce_GivesItToOne()
    {
        await Links.AddAsync(ALink(1, null), default);

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Links.TakeAsync([1], StoredFilings.Noon, default))));

        Assert.Single(taken.OfType<LetterLink>());
    }

    [Fact]
    public async Task IsOpen_AnyNumberOfTimes_LeavesItOpenUntilItExpires()
    {
        var link = ALink(1, null);
        await Links.AddAsync(link, default);

        Assert.True(await Links.IsOpenAsync([1], StoredFilings.Noon, default));
        Assert.True(await Links.IsOpenAsync([1], link.ExpiresAt.AddMilliseconds(-1), default));
        Assert.False(await Links.IsOpenAsync([1], link.ExpiresAt, default));
        Assert.False(await Links.IsOpenAsync([2], StoredFilings.Noon, default));
        Assert.Null(await Links.TakeAsync([1], link.ExpiresAt, default));
        Assert.NotNull(await Links.TakeAsync([1], StoredFilings.Noon, default));
    }

    [Fact]
    public async Task Prune_ForgetsOnlyWhatExpired()
    {
        await Links.AddAsync(ALink(1, null), default);
        await Links.AddAsync(ALink(2, null) with { ExpiresAt = StoredFilings.Noon.AddMinutes(11) }, default);

        Assert.Equal(1, await Links.PruneAsync(StoredFilings.Noon.AddMinutes(10), default));

        Assert.False(await Links.IsOpenAsync([1], StoredFilings.Noon, default));
        Assert.True(await Links.IsOpenAsync([2], StoredFilings.Noon, default));
    }

    private static LetterLink ALink(byte n, string? siteId) => new([n], "f", "a", "principalAuthorization", siteId, StoredFilings.Noon.AddMinutes(10));
}
