using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What the store of handed-over face checks promises.</summary>
public abstract class FaceHandoverStoreContract(IStores stores) : StoreContract(stores)
{
    private static readonly DateTimeOffset Noon = StoredFilings.Noon;
    private static readonly DateTimeOffset Tomorrow = Noon.AddDays(1);

    private IFaceHandoverStore Handovers => Stores.FaceHandovers;

    [Fact]
    public async Task Redeem_OfACode_BindsItToTheFirstUser()
    {
        await Handovers.PutAsync(AHandover(1), default);

        var mine = (await Handovers.RedeemAsync([1], "mine", Noon, Tomorrow, default))!;

        Assert.Equal(("h1", "f", "s1", "person", Tomorrow, "mine"), (mine.Id, mine.FilingId, mine.SiteId, mine.PersonKey, mine.ExpiresAt, mine.RedeemedBy));
        Assert.Null(await Handovers.RedeemAsync([1], "other", Noon, Tomorrow, default));
        Assert.Null(await Handovers.RedeemAsync([2], "mine", Noon, Tomorrow, default));
        Assert.Null(await Handovers.FindAsync("h1", "other", Noon, default));
        Assert.Equal("h1", (await Handovers.FindAsync("h1", "mine", Noon, default))?.Id);
        Assert.Null(await Handovers.FindAsync("h1", "mine", Tomorrow, default));
    }

    [Fact]
    public async Task Redeem_ByTheSameUserAgain_LengthensNothing()
    {
        await Handovers.PutAsync(AHandover(1), default);
        await Handovers.RedeemAsync([1], "mine", Noon, Tomorrow, default);

        var again = await Handovers.RedeemAsync([1], "mine", Noon.AddHours(5), Tomorrow.AddHours(5), default);

        Assert.Equal(Tomorrow, again?.ExpiresAt);
    }

    [Fact]
    public async Task Redeem_AtItsEnd_GivesNothing()
    {
        await Handovers.PutAsync(AHandover(1), default);

        Assert.Null(await Handovers.RedeemAsync([1], "mine", Noon.AddHours(2), Tomorrow, default));
        Assert.NotNull(await Handovers.RedeemAsync([1], "mine", Noon.AddHours(2).AddMilliseconds(-1), Tomorrow, default));
    }

    [Fact]
    public async Task Redeem_ByManyAtOnce_GivesItToOne()
    {
        await Handovers.PutAsync(AHandover(1), default);

        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() => Handovers.RedeemAsync([1], $"user-{n}", Noon, Tomorrow, default))));

        Assert.Single(taken.OfType<FaceHandover>());
    }

    [Fact]
    public async Task Find_BeforeItWasRedeemed_GivesNothing()
    {
        await Handovers.PutAsync(AHandover(1), default);

        Assert.Null(await Handovers.FindAsync("h1", "mine", Noon, default));
    }

    [Fact]
    public async Task Put_ForASiteThatHasOne_ReplacesItEvenRedeemed()
    {
        await Handovers.PutAsync(AHandover(1), default);
        await Handovers.PutAsync(AHandover(2) with { SiteId = "s2" }, default);
        await Handovers.RedeemAsync([1], "mine", Noon, Tomorrow, default);

        await Handovers.PutAsync(AHandover(3), default);

        Assert.Null(await Handovers.FindAsync("h1", "mine", Noon, default));
        Assert.Null(await Handovers.RedeemAsync([1], "mine", Noon, Tomorrow, default));
        Assert.NotNull(await Handovers.RedeemAsync([2], "mine", Noon, Tomorrow, default));
        Assert.NotNull(await Handovers.RedeemAsync([3], "other", Noon, Tomorrow, default));
    }

    [Fact]
    public async Task Prune_ForgetsOnlyWhatExpired()
    {
        await Handovers.PutAsync(AHandover(1), default);
        await Handovers.PutAsync(AHandover(2) with { SiteId = "s2", ExpiresAt = Noon.AddHours(3) }, default);

        Assert.Equal(1, await Handovers.PruneAsync(Noon.AddHours(2), default));

        Assert.Null(await Handovers.RedeemAsync([1], "mine", Noon, Tomorrow, default));
        Assert.NotNull(await Handovers.RedeemAsync([2], "mine", Noon, Tomorrow, default));
    }

    private static FaceHandover AHandover(byte n) => new($"h{n}", [n], "f", "s1", "person", Noon.AddHours(2), null);
}
