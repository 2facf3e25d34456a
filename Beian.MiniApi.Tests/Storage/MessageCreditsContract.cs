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

        Assert.Equal("1", await Credits.SpendAsync("u", "t", Noon, default));
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

        var spent = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Credits.SpendAsync("u", "t", Noon, default))));

        Assert.Equal(["0", "1", "2", "3", "4"], spent.OfType<string>().Order(StringComparer.Ordinal));
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
        Assert.Equal("after", await Credits.SpendAsync("u", "t", Noon, default));
        Assert.Null(await Credits.SpendAsync("u", "t", Noon, default));
    }

    [Fact]
    public async Task Return_OfASpentCredit_CountsAgainUnlessRefusedMeanwhile()
    {
        await Credits.GrantAsync(ACredit("1"), default);
        await Credits.SpendAsync("u", "t", Noon, default);

        await Credits.ReturnAsync("1", default);
        Assert.Equal(1, await Credits.CountAsync("u", "t", default));

        await Credits.SpendAsync("u", "t", Noon, default);
        await Credits.RefuseAsync("u", "t", Noon, default);
        await Credits.ReturnAsync("1", default);
        Assert.Equal(0, await Credits.CountAsync("u", "t", default));
    }

    [Fact]
    public async Task Record_Again_LeavesTheFirstAndListsTheNewestFirst()
    {
        var first = new MessageDelivery("1", "u", "t", "m1", "0", "success", Noon);
        var second = first with { Source = "2", MessageId = null, ErrorCode = "43101", ErrorStatus = null, At = Noon.AddMinutes(1) };
        await Credits.RecordAsync(first, default);
        await Credits.RecordAsync(first with { ErrorCode = "1" }, default);
        await Credits.RecordAsync(second, default);

        Assert.Equal([second, first], await Credits.DeliveriesAsync("u", "t", 10, default));
        Assert.Equal([second], await Credits.DeliveriesAsync("u", "t", 1, default));
    }

    [Fact]
    public async Task Prune_ForgetsReportsAndSpentCreditsOnly()
    {
        await Credits.GrantAsync(ACredit("1"), default);
        await Credits.GrantAsync(ACredit("2"), default);
        await Credits.SpendAsync("u", "t", Noon, default);
        await Credits.RecordAsync(new MessageDelivery("1", "u", "t", null, "0", null, Noon), default);

        Assert.Equal(0, await Credits.PruneAsync(Noon, default));
        Assert.Equal(2, await Credits.PruneAsync(Noon.AddSeconds(1), default));

        Assert.Equal(1, await Credits.CountAsync("u", "t", default));
    }

    private static MessageCredit ACredit(string source) => new("u", "t", source, Noon);
}
