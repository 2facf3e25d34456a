using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What the ledger of permissions for messages promises.</summary>
public abstract class MessageCreditsContract(IStores stores) : StoreContract(stores)
{
    private static readonly DateTimeOffset Noon = StoredFilings.Noon;

    private IMessageCredits Credits => Stores.MessageCredits;

    [Fact]
    public async Task Grant_SameSourceAgain_CountsOnceAlsoAfterItWasSpent()
    {
        Assert.True(await Credits.GrantAsync(ACredit("1"), default));
        Assert.False(await Credits.GrantAsync(ACredit("1"), default));
        Assert.True(await Credits.GrantAsync(ACredit("2"), default));
        Assert.Equal(2, await Credits.CountAsync("u", "t", default));
        Assert.Equal((0, 0), (await Credits.CountAsync("v", "t", default), await Credits.CountAsync("u", "s", default)));

        await SpendAsync();
        Assert.Equal(["1"], await SpentAsync());
        Assert.False(await Credits.GrantAsync(ACredit("1"), default));
        Assert.Equal(1, await Credits.CountAsync("u", "t", default));
    }

    [Fact]
    public async Task Spend_ByManyAtOnce_GivesEachToOne()
    {
        foreach (var n in Enumerable.Range(0, 5))
        {
            await Credits.GrantAsync(ACredit($"{n}"), default);
        }

        var ids = new List<long>();
        foreach (var n in Enumerable.Range(0, 20))
        {
            ids.Add(await AddedAsync($"many {n}"));
        }

        var starts = await Task.WhenAll(ids.Select(id => Task.Run(() => Stores.Messages.BeginAsync(id, Noon, default))));

        Assert.Equal((5, 15), (starts.Count(s => s == MessageStart.Begun), starts.Count(s => s == MessageStart.NoPermission)));
        Assert.Equal(["0", "1", "2", "3", "4"], await SpentAsync());
        Assert.Equal(0, await Credits.CountAsync("u", "t", default));
    }

    [Fact]
    public async Task Refuse_TakesBackWhatWasGrantedUntilThen_AlsoWhatArrivesLater()
    {
        await Credits.GrantAsync(ACredit("before"), default);
        await Credits.GrantAsync(ACredit("after") with { GrantedAt = Noon.AddMinutes(2) }, default);
        await Credits.GrantAsync(ACredit("other") with { TemplateId = "s" }, default);

        await Credits.RefuseAsync("u", "t", Noon.AddMinutes(1), default);
        await Credits.RefuseAsync("u", "t", Noon.AddMinutes(-1), default);

        Assert.False(await Credits.GrantAsync(ACredit("late"), default));
        Assert.Equal((1, 1), (await Credits.CountAsync("u", "t", default), await Credits.CountAsync("u", "s", default)));
        await SpendAsync();
        Assert.Equal(["after"], await SpentAsync());
        Assert.Equal(MessageStart.NoPermission, await Stores.Messages.BeginAsync(await AddedAsync("one more"), Noon, default));
    }

    [Fact]
    public async Task Return_OfASpentCredit_CountsAgainUnlessRefusedMeanwhile()
    {
        await Credits.GrantAsync(ACredit("1"), default);
        var first = await SpendAsync();

        await Stores.Messages.EndAsync(first, MessageState.Failed, null, givesBack: true, Noon, default);
        Assert.Equal(1, await Credits.CountAsync("u", "t", default));

        var second = await SpendAsync();
        await Credits.RefuseAsync("u", "t", Noon, default);
        await Stores.Messages.EndAsync(second, MessageState.Failed, null, givesBack: true, Noon, default);
        Assert.Equal(0, await Credits.CountAsync("u", "t", default));
    }

    [Fact]
    public async Task Record_Again_LeavesTheFirst()
    {
        var first = new MessageDelivery("1", "u", "t", "m1", "0", "success", Noon);
        var second = first with { Source = "2", MessageId = null, ErrorCode = "43101", ErrorStatus = null, At = Noon.AddMinutes(1) };
        await Credits.RecordAsync(first, default);
        await Credits.RecordAsync(first with { ErrorCode = "1" }, default);
        await Credits.RecordAsync(second, default);

        Assert.Equal([first, second], await Stores.MessageRecords.DeliveriesAsync("u", null, 10, default));
        Assert.Equal([first], await Stores.MessageRecords.DeliveriesAsync("u", null, 1, default));
    }

    [Fact]
    public async Task Prune_ForgetsReportsAndSpentCreditsOnly()
    {
        await Credits.GrantAsync(ACredit("1"), default);
        await Credits.GrantAsync(ACredit("2"), default);
        await SpendAsync();
        await Credits.RecordAsync(new MessageDelivery("1", "u", "t", null, "0", null, Noon), default);

        Assert.Equal(0, await Credits.PruneAsync(Noon, default));
        Assert.Equal(2, await Credits.PruneAsync(Noon.AddSeconds(1), default));

        Assert.Equal(1, await Credits.CountAsync("u", "t", default));
    }

    /// <summary>As the program does it: a message's call begins. Returns the message.</summary>
    private async Task<long> SpendAsync()
    {
        var id = await AddedAsync(Guid.NewGuid().ToString("N"));
        Assert.Equal(MessageStart.Begun, await Stores.Messages.BeginAsync(id, Noon, default));
        return id;
    }

    /// <summary>One more message to the user, found by what it tells: of those that wait the oldest alone is due.</summary>
    private async Task<long> AddedAsync(string notification)
    {
        await Stores.Messages.AddAsync(new QueuedMessage(notification, "user", "account", "u", "t", "notification.approve", null, new Dictionary<string, string>(), Noon, Noon.AddDays(1)), default);
        for (var id = 1L; id < 1_000; id++)
        {
            if ((await Stores.Messages.FindAsync(id, default))?.Message.NotificationId == notification)
            {
                return id;
            }
        }

        throw new InvalidOperationException("It does not wait.");
    }

    private async Task<IEnumerable<string>> SpentAsync() =>
        (await Stores.MessageRecords.PermissionsAsync("u", null, 100, default)).Where(p => p.SpentAt is not null).Select(p => p.Source);

    private static MessageCredit ACredit(string source) => new("u", "t", source, Noon);
}
