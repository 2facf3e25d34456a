using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What the inboxes promise.</summary>
public abstract class NotificationStoreContract(IStores stores) : StoreContract(stores)
{
    private INotificationStore Notifications => Stores.Notifications;

    [Fact]
    public async Task Add_Twice_IsOnceAndStaysRead()
    {
        await Notifications.AddAsync(AMessage(1, "a"), default);
        await Notifications.MarkReadAsync(AMessage(1, "a").Id, "a", StoredFilings.Noon, null, default);

        await Notifications.AddAsync(AMessage(1, "a") with { Code = "notification.other" }, default);

        var message = Assert.Single(await Notifications.ListAsync("a", null, 10, default));
        Assert.Equal(AMessage(1, "a") with { ReadAt = StoredFilings.Noon }, message);
    }

    [Fact]
    public async Task List_ByPages_IsTheAccountsNewestFirst()
    {
        foreach (var n in Enumerable.Range(1, 5))
        {
            await Notifications.AddAsync(AMessage(n, "a"), default);
            await Notifications.AddAsync(AMessage(100 + n, "b"), default);
        }

        var first = await Notifications.ListAsync("a", null, 3, default);
        await Notifications.AddAsync(AMessage(6, "a"), default);
        var second = await Notifications.ListAsync("a", first[^1].Id, 3, default);

        Assert.Equal(new[] { 5, 4, 3, 2, 1 }.Select(StoredFilings.Id), first.Concat(second).Select(m => m.Id));
    }

    [Fact]
    public async Task MarkRead_AgainOrByAnother_ChangesNothing()
    {
        await Notifications.AddAsync(AMessage(1, "a"), default);
        var id = AMessage(1, "a").Id;

        Assert.Null(await Notifications.MarkReadAsync(id, "b", StoredFilings.Noon, Record("b"), default));
        Assert.Null((await Notifications.ListAsync("a", null, 10, default))[0].ReadAt);
        var read = await Notifications.MarkReadAsync(id, "a", StoredFilings.Noon, Record("a"), default);
        var again = await Notifications.MarkReadAsync(id, "a", StoredFilings.Noon.AddDays(1), null, default);

        Assert.Equal((StoredFilings.Noon, StoredFilings.Noon), (read!.ReadAt, again!.ReadAt));
        Assert.NotNull(await KnownAsync("a"));
        Assert.Null(await KnownAsync("b"));
    }

    private static Notification AMessage(int n, string account) =>
        new(StoredFilings.Id(n), account, "f", "notification.approve", StoredFilings.Noon, null) { Number = "26112100000017", State = "pendingAuthority" };
}

/// <summary>What the store of settings promises.</summary>
public abstract class SettingStoreContract(IStores stores) : StoreContract(stores)
{
    [Fact]
    public async Task Save_ThenFind_GivesTheLastValue()
    {
        Assert.Null(Stores.Settings.Find("clock"));

        await Stores.Settings.SaveAsync("clock", "1", default);
        await Stores.Settings.SaveAsync("clock", "2", default);
        await Stores.Settings.SaveAsync("other", "3", default);

        Assert.Equal(("2", "3"), (Stores.Settings.Find("clock"), Stores.Settings.Find("other")));
    }
}

/// <summary>What the store of given answers promises.</summary>
public abstract class IdempotencyStoreContract(IStores stores) : StoreContract(stores)
{
    [Fact]
    public async Task Save_ThenFind_GivesItBackUntilItExpires()
    {
        var record = Record("k");

        await Stores.Idempotency.SaveAsync(record, default);

        var found = (await KnownAsync("k"))!;
        Assert.Equal((record.RequestHash, record.ExpiresAt), (found.RequestHash, found.ExpiresAt));
        Assert.Equal(record.Answer, found.Answer);
        Assert.NotNull(await KnownAsync("k", record.ExpiresAt.AddMilliseconds(-1)));
        Assert.Null(await KnownAsync("k", record.ExpiresAt));
        Assert.Null(await KnownAsync("other"));
    }

    [Fact]
    public async Task Save_KeyInUse_LetsTheFirstAnswerStand()
    {
        await Stores.Idempotency.SaveAsync(Record("k", "first"), default);

        await Stores.Idempotency.SaveAsync(Record("k", "second", 25), default);

        Assert.Equal("first", (await KnownAsync("k"))!.RequestHash);
    }

    [Fact]
    public async Task Save_KeyThatExpired_IsFreeAgain()
    {
        await Stores.Idempotency.SaveAsync(Record("k", "first"), default);

        await Stores.Idempotency.SaveAsync(Record("k", "second", 48), default);

        Assert.Equal("second", (await KnownAsync("k", StoredFilings.Noon.AddHours(24)))!.RequestHash);
    }

    [Fact]
    public async Task Prune_ForgetsOnlyWhatExpired()
    {
        await Stores.Idempotency.SaveAsync(Record("old", hours: 24), default);
        await Stores.Idempotency.SaveAsync(Record("young", hours: 25), default);

        Assert.Equal(1, await Stores.Idempotency.PruneAsync(StoredFilings.Noon.AddHours(24), default));

        Assert.Null(await KnownAsync("old"));
        Assert.NotNull(await KnownAsync("young"));
    }
}
