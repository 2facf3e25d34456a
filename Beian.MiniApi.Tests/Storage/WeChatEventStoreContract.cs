using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What the stores of pushed events, and of what came of them, promise.</summary>
public abstract class WeChatEventStoreContract(IStores stores) : StoreContract(stores)
{
    private static readonly DateTimeOffset Noon = StoredFilings.Noon;

    private IWeChatEventStore Events => Stores.WeChatEvents;

    [Fact]
    public async Task Add_SameEventAgain_IsStoredOnceAlsoAfterItWasHandled()
    {
        Assert.Equal(PushReceipt.Stored, await Events.AddAsync(AnEvent("k"), null, default));
        Assert.Equal(PushReceipt.Duplicate, await Events.AddAsync(AnEvent("k") with { Body = "other" }, null, default));

        var id = Assert.Single(await Events.DueAsync(Noon, 10, default));
        Assert.Equal(new WaitingEvent(id, "k", "name", "the body", 0), await Events.FindAsync(id, default));
        await Events.DoneAsync(id, default);

        Assert.Null(await Events.FindAsync(id, default));
        Assert.Empty(await Events.DueAsync(Noon.AddYears(1), 10, default));
        Assert.Equal(PushReceipt.Duplicate, await Events.AddAsync(AnEvent("k"), null, default));
    }

    [Fact]
    public async Task Add_ByManyAtOnce_StoresOne()
    {
        var receipts = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Events.AddAsync(AnEvent("k"), new PushOnce("s", "b"), default))));

        Assert.Single(receipts, r => r == PushReceipt.Stored);
        Assert.Equal(19, receipts.Count(r => r == PushReceipt.Duplicate));
    }

    [Fact]
    public async Task Add_SignatureWithAnotherBody_WritesNothing()
    {
        await Events.AddAsync(AnEvent("k"), new PushOnce("s", "body"), default);

        Assert.Equal(PushReceipt.SignatureReused, await Events.AddAsync(AnEvent("other"), new PushOnce("s", "forged"), default));
        Assert.Equal(PushReceipt.Duplicate, await Events.AddAsync(AnEvent("k"), new PushOnce("s", "body"), default));
        Assert.Single(await Events.DueAsync(Noon, 10, default));
    }

    [Fact]
    public async Task Postpone_AfterAFailure_WaitsAndCounts()
    {
        await Events.AddAsync(AnEvent("a"), null, default);
        await Events.AddAsync(AnEvent("b"), null, default);
        var ids = await Events.DueAsync(Noon, 10, default);

        await Events.PostponeAsync(ids[0], Noon.AddMinutes(1), default);

        Assert.Equal([ids[1]], await Events.DueAsync(Noon, 10, default));
        Assert.Equal(ids, await Events.DueAsync(Noon.AddMinutes(1), 10, default));
        Assert.Equal([ids[0]], await Events.DueAsync(Noon.AddMinutes(1), 1, default));
        Assert.Equal(1, (await Events.FindAsync(ids[0], default))!.Attempts);
    }

    [Fact]
    public async Task Prune_ForgetsOnlyWhatIsHandledAndExpired()
    {
        await Events.AddAsync(AnEvent("handled"), new PushOnce("s", "b"), default);
        await Events.AddAsync(AnEvent("waits"), null, default);
        await Events.AddAsync(AnEvent("young") with { ExpiresAt = Noon.AddDays(2) }, null, default);
        var ids = await Events.DueAsync(Noon, 10, default);
        await Events.DoneAsync(ids[0], default);
        await Events.DoneAsync(ids[2], default);

        Assert.Equal(0, await Events.PruneAsync(Noon.AddDays(1).AddMilliseconds(-1), default));
        Assert.Equal(2, await Events.PruneAsync(Noon.AddDays(1), default));

        Assert.Equal([ids[1]], await Events.DueAsync(Noon, 10, default));
        Assert.Equal(PushReceipt.Stored, await Events.AddAsync(AnEvent("handled"), new PushOnce("s", "another"), default));
        Assert.Equal(PushReceipt.Duplicate, await Events.AddAsync(AnEvent("young"), null, default));
    }

    [Fact]
    public async Task AddVerdict_Again_LeavesTheFirst()
    {
        var first = new MediaVerdict("t", 0, "pass", 100, Noon);

        Assert.True(await Stores.MediaVerdicts.AddAsync(first, default));
        Assert.False(await Stores.MediaVerdicts.AddAsync(first with { Suggestion = "risky", Label = 20001 }, default));
        Assert.True(await Stores.MediaVerdicts.AddAsync(new MediaVerdict("u", -1008, null, null, Noon.AddDays(1)), default));

        Assert.Equal(first, await Stores.MediaVerdicts.FindAsync("t", default));
        Assert.Equal(1, await Stores.MediaVerdicts.PruneAsync(Noon.AddDays(1), default));
        Assert.Null(await Stores.MediaVerdicts.FindAsync("t", default));
        Assert.Equal(new MediaVerdict("u", -1008, null, null, Noon.AddDays(1)), await Stores.MediaVerdicts.FindAsync("u", default));
    }

    [Fact]
    public async Task AddRevocation_Again_IsListedOnce()
    {
        var first = new AuthorizationRevocation("u", "301", Noon);
        await Stores.Revocations.AddAsync(first, default);
        await Stores.Revocations.AddAsync(first, default);
        await Stores.Revocations.AddAsync(first with { Info = null, At = Noon.AddDays(1) }, default);
        await Stores.Revocations.AddAsync(first with { OpenIdIndex = "v" }, default);

        Assert.Equal([first, new AuthorizationRevocation("u", null, Noon.AddDays(1))], await Stores.Revocations.ListAsync("u", default));
    }

    private static PushedEvent AnEvent(string key) => new(key, "name", "the body", Noon, Noon.AddDays(1));
}
