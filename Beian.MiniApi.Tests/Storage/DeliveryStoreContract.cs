using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Notify;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What the queue of messages to the outside promises.</summary>
public abstract class DeliveryStoreContract(IStores stores) : StoreContract(stores)
{
    private static readonly DateTimeOffset Noon = StoredFilings.Noon;

    private IDeliveryStore Queue => Stores.Deliveries;

    [Fact]
    public async Task Add_SameKeyAgain_ChangesNothing()
    {
        Assert.True(await Queue.AddAsync(ADelivery.Of("f", 1), default));
        Assert.False(await Queue.AddAsync(ADelivery.Of("f", 1) with { Event = "other" }, default));

        Assert.Equal("approve", Assert.Single(await ListAsync()).Event);
    }

    [Fact]
    public async Task Lease_Due_IsAsItWasAdded_AndCountsTheAttempt()
    {
        await Queue.AddAsync(ADelivery.Of("f", 1), default);

        Assert.Empty(await LeaseAsync("one", Noon.AddSeconds(-1)));
        var leased = Assert.Single(await LeaseAsync("one", Noon));

        Assert.Equal(("f-1", "webhook", "webhook:w", "approve", 1, 0), (leased.Key, leased.Channel, leased.Lane, leased.Event, leased.Attempts, leased.Doubts));
        Assert.Equal(("w", "", "示例"), (leased.Body!.Address, leased.Body.Text, leased.Body.Values["subject"]));
        Assert.Equal([1, 2, 3], leased.Body.Payload);
        Assert.DoesNotContain("示例", leased.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lease_ByTwoOwners_GivesEachToOne()
    {
        for (var i = 0; i < 40; i++)
        {
            await Queue.AddAsync(ADelivery.Of("f" + i, 1), default);
        }

        var leases = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => LeaseAsync(n % 2 == 0 ? "one" : "two", Noon, take: 10))));

        var ids = leases.SelectMany(l => l).Select(l => l.Id).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(await ListAsync(), row => Assert.InRange(row.Attempts, 0, 1));
    }

    [Fact]
    public async Task Lease_SeveralOfOneFilingAndTarget_IsTheFirstAlone()
    {
        await Queue.AddAsync(ADelivery.Of("f", 2), default);
        await Queue.AddAsync(ADelivery.Of("f", 1), default);
        await Queue.AddAsync(ADelivery.Of("f", 3) with { Target = "v", Key = "v-3" }, default);

        var first = await LeaseAsync("one", Noon);
        Assert.Equal(["f-1", "v-3"], first.Select(l => l.Key).Order(StringComparer.Ordinal));
        Assert.Empty(await LeaseAsync("two", Noon));
        Assert.True(await SettleAsync(first.Single(l => l.Key == "v-3").Id, "one", DeliveryEnd.Sent, null, null));

        // Also while it waits for its next attempt, and no longer once it has ended, however.
        var id = first.Single(l => l.Key == "f-1").Id;
        Assert.True(await SettleAsync(id, "one", DeliveryEnd.Again, "http503", Noon.AddMinutes(5)));
        Assert.Empty(await LeaseAsync("two", Noon.AddMinutes(4)));
        Assert.Equal("f-1", Assert.Single(await LeaseAsync("two", Noon.AddMinutes(5))).Key);
        Assert.True(await SettleAsync(id, "two", DeliveryEnd.Dead, "http400", null));
        Assert.Equal("f-2", Assert.Single(await LeaseAsync("one", Noon.AddMinutes(5))).Key);
    }

    [Fact]
    public async Task Settle_AfterTheLeaseLapsedAndWasTaken_ChangesNothing()
    {
        await Queue.AddAsync(ADelivery.Of("f", 1), default);
        var id = Assert.Single(await LeaseAsync("one", Noon)).Id;

        Assert.Empty(await LeaseAsync("two", Noon.AddSeconds(59)));
        Assert.Equal(2, Assert.Single(await LeaseAsync("two", Noon.AddSeconds(60))).Attempts);

        Assert.False(await SettleAsync(id, "one", DeliveryEnd.Sent, null, null));
        Assert.Equal(DeliveryState.Queued, (await Queue.FindAsync(id, default))!.State);
        Assert.True(await SettleAsync(id, "two", DeliveryEnd.Sent, null, null));
        Assert.False(await SettleAsync(id, "two", DeliveryEnd.Dead, "late", null));
        Assert.Equal((DeliveryState.Sent, null), (Assert.Single(await ListAsync()).State, (await ListAsync())[0].Reason));
    }

    [Fact]
    public async Task Settle_InDoubt_IsCounted()
    {
        await Queue.AddAsync(ADelivery.Of("f", 1), default);
        var id = Assert.Single(await LeaseAsync("one", Noon)).Id;

        await SettleAsync(id, "one", DeliveryEnd.Doubt, "answerLost", Noon);

        Assert.Equal((2, 1), Assert.Single(await LeaseAsync("one", Noon)) is var l ? (l.Attempts, l.Doubts) : default);
    }

    [Fact]
    public async Task Lease_OfAFullLane_LeavesRoomForOthers()
    {
        for (var i = 0; i < 6; i++)
        {
            await Queue.AddAsync(ADelivery.Of("f" + i, 1), default);
        }

        await Queue.AddAsync(ADelivery.Of("g", 1) with { Lane = "sms", Channel = "sms" }, default);

        var leased = await Queue.LeaseAsync(new DeliveryLease("one", Noon, Noon.AddMinutes(1), 16, 2, new Dictionary<string, int> { ["webhook:w"] = 1 }, false), default);
        Assert.Equal(["f0-1", "g-1"], leased.Select(l => l.Key));
        var full = await Queue.LeaseAsync(new DeliveryLease("one", Noon, Noon.AddMinutes(1), 16, 2, new Dictionary<string, int> { ["webhook:w"] = 2 }, false), default);
        Assert.Empty(full);
    }

    [Fact]
    public async Task Lease_InTheQuietHours_LeavesWhatMayWait_UnlessSomethingUrgentIsBehindIt()
    {
        await Queue.AddAsync(ADelivery.Of("f", 1) with { IsQuiet = true }, default);
        await Queue.AddAsync(ADelivery.Of("g", 1), default);

        Assert.Equal("g-1", Assert.Single(await LeaseAsync("one", Noon, isQuiet: true)).Key);
        await Queue.AddAsync(ADelivery.Of("f", 2), default);
        Assert.Equal("f-1", Assert.Single(await LeaseAsync("one", Noon, isQuiet: true)).Key);
    }

    [Fact]
    public async Task Lease_WhoseOwnerEndedWithoutAWord_IsADoubt()
    {
        await Queue.AddAsync(ADelivery.Of("f", 1), default);
        var doubts = new List<int>();
        for (var minutes = 0; minutes < 3; minutes++)
        {
            doubts.Add(Assert.Single(await LeaseAsync("one", Noon.AddMinutes(minutes))) is { } l && l.Attempts == minutes + 1 ? l.Doubts : -1);
        }

        Assert.Equal([0, 1, 2], doubts);
        Assert.True(await SettleAsync((await ListAsync())[0].Id, "one", DeliveryEnd.Again, "http503", Noon.AddMinutes(5)));
        Assert.Equal(2, Assert.Single(await LeaseAsync("one", Noon.AddMinutes(5))).Doubts);
    }

    [Fact]
    public async Task Retry_AgainAndAgain_LastsUntilItIsSaid_AndForgetsWhatWasAttempted()
    {
        var id = await DeadAsync("f");

        Assert.True(await Queue.RetryAsync(id, Noon.AddDays(4), Noon.AddDays(7), default));
        Assert.True(await Queue.RetryAsync(id, Noon.AddDays(6), Noon.AddDays(9), default));

        var leased = Assert.Single(await LeaseAsync("one", Noon.AddDays(6)));
        Assert.Equal(("f-1", 1, 0, Noon.AddDays(9)), (leased.Key, leased.Attempts, leased.Doubts, leased.ExpiresAt));
        Assert.False(await Queue.RetryAsync(id, Noon.AddDays(6), Noon.AddDays(9), default));
        Assert.False(await Queue.RetryAsync(id + 1, Noon, Noon.AddDays(3), default));
    }

    [Fact]
    public async Task Retry_OfWhatWasTaken_IsForWebhooksAlone()
    {
        await Queue.AddAsync(ADelivery.Of("f", 1), default);
        await Queue.AddAsync(ADelivery.Of("g", 1) with { Channel = "sms", Lane = "sms" }, default);
        foreach (var leased in await LeaseAsync("one", Noon))
        {
            await SettleAsync(leased.Id, "one", DeliveryEnd.Sent, null, null, "r");
        }

        var rows = await ListAsync();
        Assert.Equal([("sms", "r"), ("webhook", "r")], rows.Select(r => (r.Channel, r.Receipt!)));
        Assert.False(await Queue.RetryAsync(rows[0].Id, Noon, Noon.AddDays(3), default));
        Assert.True(await Queue.RetryAsync(rows[1].Id, Noon, Noon.AddDays(3), default));
        Assert.Equal([1, 2, 3], Assert.Single(await LeaseAsync("one", Noon)).Body!.Payload);
    }

    [Fact]
    public async Task Drop_ForgetsWhatItSays()
    {
        var id = await DeadAsync("f");

        Assert.True(await Queue.DropAsync(id, Noon, default));
        Assert.False(await Queue.DropAsync(id, Noon, default));
        Assert.False(await Queue.RetryAsync(id, Noon, Noon.AddDays(3), default));

        Assert.Equal(DeliveryState.Dropped, (await Queue.FindAsync(id, default))!.State);
        Assert.Equal(0, (await Queue.CountAsync(default)).Dead);
    }

    [Fact]
    public async Task Page_ByFilter_IsNewestFirst()
    {
        await DeadAsync("f");
        await Queue.AddAsync(ADelivery.Of("f", 2), default);
        await Queue.AddAsync(ADelivery.Of("g", 1) with { Channel = "mail", Target = "m" }, default);

        async Task<IEnumerable<string>> KeysAsync(DeliveryFilter filter) => (await Queue.PageAsync(filter, null, 10, default)).Select(r => r.Key);
        Assert.Equal(["g-1", "f-2", "f-1"], await KeysAsync(new DeliveryFilter()));
        Assert.Equal(["f-1"], await KeysAsync(new DeliveryFilter(DeliveryState.Dead)));
        Assert.Equal(["g-1"], await KeysAsync(new DeliveryFilter(Channel: "mail")));
        Assert.Equal(["f-2", "f-1"], await KeysAsync(new DeliveryFilter(FilingId: "f")));
        Assert.Equal(["f-2"], await KeysAsync(new DeliveryFilter(DeliveryState.Queued, Target: "w")));
        var first = (await ListAsync())[0].Id;
        Assert.Equal(["f-2"], (await Queue.PageAsync(new DeliveryFilter(), first, 1, default)).Select(r => r.Key));
        Assert.Equal(new DeliveryCounts(2, 1, Noon), await Queue.CountAsync(default));
    }

    [Fact]
    public async Task Prune_ForgetsWhatEndedBefore()
    {
        await DeadAsync("f");
        await Queue.AddAsync(ADelivery.Of("g", 1), default);

        Assert.Equal(0, await Queue.PruneAsync(Noon, default));
        Assert.Equal(1, await Queue.PruneAsync(Noon.AddMilliseconds(1), default));

        Assert.Equal("g-1", Assert.Single(await ListAsync()).Key);
    }

    private async Task<long> DeadAsync(string filing)
    {
        await Queue.AddAsync(ADelivery.Of(filing, 1), default);
        var id = Assert.Single(await LeaseAsync("one", Noon)).Id;
        Assert.True(await SettleAsync(id, "one", DeliveryEnd.Dead, "http400", null));
        return id;
    }

    private Task<IReadOnlyList<DeliveryRow>> ListAsync() => Queue.PageAsync(new DeliveryFilter(), null, 100, default);

    private Task<IReadOnlyList<LeasedDelivery>> LeaseAsync(string owner, DateTimeOffset now, int take = 100, bool isQuiet = false) =>
        Queue.LeaseAsync(new DeliveryLease(owner, now, now.AddMinutes(1), take, 100, new Dictionary<string, int>(), isQuiet), default);

    private Task<bool> SettleAsync(long id, string owner, DeliveryEnd end, string? reason, DateTimeOffset? dueAt, string? receipt = null) =>
        Queue.SettleAsync(id, owner, end, reason, dueAt, receipt, Noon, default);
}
