using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What reading the ledger of messages promises to the user it is about.</summary>
public abstract class MessageRecordsContract(IStores stores) : StoreContract(stores)
{
    [Fact]
    public async Task Records_OfOneUser_AreAllThereByPages()
    {
        foreach (var n in Enumerable.Range(1, 5))
        {
            await Stores.MessageCredits.GrantAsync(new MessageCredit("i", "t", "source" + n, StoredFilings.Noon.AddMinutes(n)), default);
            await Stores.MessageCredits.RecordAsync(new MessageDelivery("delivery" + n, "i", "t", null, "0", "success", StoredFilings.Noon), default);
        }

        await Stores.MessageCredits.GrantAsync(new MessageCredit("other", "t", "source9", StoredFilings.Noon), default);
        var noon = StoredFilings.Noon;
        await Stores.Messages.AddAsync(new QueuedMessage("n", "user", "account", "i", "t", "notification.approve", null, new Dictionary<string, string>(), noon, noon.AddDays(1)), default);
        await Stores.Messages.BeginAsync(Assert.Single(await Stores.Messages.DueAsync(noon, 10, default)), noon.AddHours(1), default);
        await Stores.MessageCredits.RefuseAsync("i", "u", StoredFilings.Noon, default);

        var first = await Stores.MessageRecords.PermissionsAsync("i", null, 3, default);
        var second = await Stores.MessageRecords.PermissionsAsync("i", first[^1].Source, 3, default);
        var deliveries = await Stores.MessageRecords.DeliveriesAsync("i", "delivery2", 9, default);

        Assert.Equal(["source1", "source2", "source3", "source4", "source5"], first.Concat(second).Select(p => p.Source));
        Assert.Equal(StoredFilings.Noon.AddHours(1), first[0].SpentAt);
        Assert.Null(first[1].SpentAt);
        Assert.Equal(["delivery3", "delivery4", "delivery5"], deliveries.Select(d => d.Source));
        Assert.Equal([new MessageRefusal("u", StoredFilings.Noon)], await Stores.MessageRecords.RefusalsAsync("i", default));
        Assert.Empty(await Stores.MessageRecords.RefusalsAsync("other", default));
    }
}
