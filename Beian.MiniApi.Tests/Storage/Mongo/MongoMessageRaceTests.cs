#if CLUSTER
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Mongo;
using MongoDB.Bson;

namespace Beian.MiniApi.Tests.Storage.Mongo;

/// <summary>Messages and their permissions with several instances at once, and after one was killed in the middle.</summary>
#pragma warning disable CA1001 // xunit disposes through IAsyncLifetime.
public sealed class MongoMessageRaceTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private static readonly DateTimeOffset Noon = StoredFilings.Noon;

    private readonly TwoMongos _both = new();

    private MongoMessageStore Messages => new(_both.One);

    private MongoMessageCredits Credits => new(_both.Two);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _both.DisposeAsync();

    [Fact]
    public async Task Begin_ByTwoInstances_LetsOneThroughForOnePermission()
    {
        await GrantAsync(3);
        for (var round = 1; round <= 3; round++)
        {
            var id = await AddedAsync("n" + round);

            var starts = await _both.ManyAsync(20, (database, _) => new MongoMessageStore(database).BeginAsync(id, Noon, default));

            Assert.Single(starts, s => s == MessageStart.Begun);
            Assert.Equal(19, starts.Count(s => s == MessageStart.Gone));
            Assert.Equal(3 - round, await LeftAsync());
            Assert.True(await Messages.EndAsync(id, MessageState.Sent, null, false, Noon, default));
        }
    }

    [Fact]
    public async Task Begin_OfManyMessagesByTwoInstances_SpendsEachPermissionOnce()
    {
        await GrantAsync(5);
        var ids = new List<long>();
        for (var n = 0; n < 12; n++)
        {
            ids.Add(await AddedAsync("n" + n));
        }

        var starts = await _both.ManyAsync(24, (database, n) => new MongoMessageStore(database).BeginAsync(ids[n / 2], Noon, default));

        Assert.Equal((5, 7), (starts.Count(s => s == MessageStart.Begun), starts.Count(s => s == MessageStart.NoPermission)));
        var spentFor = (await _both.One["message_credits"].ListAsync([], null, 0, default)).Select(c => c["spent_for"].AsString).ToList();
        Assert.Equal(5, spentFor.Distinct().Count());
    }

    [Fact]
    public async Task PostponeAndBegin_ByTwoInstances_LoseNoPermission()
    {
        await GrantAsync(2);
        var id = await AddedAsync("n");

        await _both.ManyAsync(40, async (database, n) =>
        {
            var messages = new MongoMessageStore(database);
            return n % 4 < 2 ? await messages.BeginAsync(id, Noon, default) == MessageStart.Begun : await messages.PostponeAsync(id, Noon, default);
        });
        await Messages.PostponeAsync(id, Noon, default);

        Assert.Equal(2, await LeftAsync());
    }

    [Fact]
    public async Task Begin_AfterAKillBetweenSpendingAndRecording_GoesOnWithThatPermission()
    {
        await GrantAsync(2);
        var id = await AddedAsync("n");
        await MongoMessageCredits.SpendAsync(_both.One, "u", "t", $"{id} 1", Noon, default);

        Assert.Equal(MessageStart.Begun, await new MongoMessageStore(_both.Two).BeginAsync(id, Noon, default));

        Assert.Equal(1, await LeftAsync());
    }

    [Fact]
    public async Task End_AfterAKillBetweenSpendingAndRecording_GivesThatPermissionBack()
    {
        await GrantAsync(2);
        var id = await AddedAsync("n");
        await MongoMessageCredits.SpendAsync(_both.One, "u", "t", $"{id} 1", Noon, default);

        Assert.True(await Messages.EndAsync(id, MessageState.Expired, null, false, Noon, default));

        Assert.Equal(2, await LeftAsync());
    }

    /// <summary>The message says that its permission is given back, and whoever saved that was killed before it was.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GiveBack_AfterAKillBeforeIt_IsDoneByWhoeverNeedsItOrSweeps(bool sweeps)
    {
        await GrantAsync(1);
        var id = await AddedAsync("n");
        Assert.Equal(MessageStart.Begun, await Messages.BeginAsync(id, Noon, default));
        var (filter, update) = await MongoMessageCredits.GiveBackAsync(_both.One, "0", $"{id} 1", default);
        var step = new BsonDocument { ["c"] = "message_credits", ["f"] = filter, ["u"] = update, ["m"] = false, ["s"] = false };
        await _both.One["wechat_messages"].ChangeAsync(
            new BsonDocument("_id", id),
            new BsonDocument
            {
                ["$set"] = new BsonDocument { ["state"] = "queued", ["todo"] = new BsonArray { ATodo.Of(step) } },
                ["$unset"] = new BsonDocument("credit", ""),
                ["$inc"] = new BsonDocument("rev", 1L),
            },
            default);
        Assert.Equal(0, await LeftAsync());

        if (sweeps)
        {
            Assert.Equal(1, await _both.Two.FinishAllAsync(TimeSpan.Zero, default));
            Assert.Equal(1, await LeftAsync());
        }

        Assert.Equal(MessageStart.Begun, await new MongoMessageStore(_both.Two).BeginAsync(id, Noon, default));
        Assert.Equal(0, await LeftAsync());
    }

    [Fact]
    public async Task Report_ByTwoInstances_SettlesOneMessage()
    {
        await GrantAsync(2);
        foreach (var notification in (string[])["1", "2"])
        {
            var id = await AddedAsync(notification);
            await Messages.BeginAsync(id, Noon, default);
            await Messages.EndAsync(id, MessageState.Sent, null, false, Noon, default);
        }

        var told = await _both.ManyAsync(20, (database, _) => new MongoMessageStore(database).ReportAsync("r", "u", "t", null, Noon, default));

        Assert.Single(told, t => t);
    }

    /// <summary>A refusal counts also while what it takes back is not deleted yet.</summary>
    [Fact]
    public async Task Refusal_BeforeItsPermissionsAreDeleted_Counts()
    {
        await GrantAsync(1);
        await _both.One["message_refusals"].AddAsync(new BsonDocument { ["_id"] = "u t", ["openid_index"] = "u", ["template_id"] = "t", ["refused_at"] = Noon.ToUnixTimeMilliseconds() }, default);

        Assert.Equal(0, await LeftAsync());
        Assert.Equal(MessageStart.NoPermission, await Messages.BeginAsync(await AddedAsync("n"), Noon, default));
    }

    [Fact]
    public async Task AddEvent_ByTwoInstances_StoresOne()
    {
        var pushed = new PushedEvent("key", "name", "body", Noon, Noon.AddDays(1));

        var receipts = await _both.ManyAsync(20, (database, _) => new MongoWeChatEventStore(database, TimeProvider.System).AddAsync(pushed, new PushOnce("s", "b"), default));

        Assert.Single(receipts, r => r == PushReceipt.Stored);
        Assert.Equal(19, receipts.Count(r => r == PushReceipt.Duplicate));
    }

    private async Task GrantAsync(int count)
    {
        for (var n = 0; n < count; n++)
        {
            await Credits.GrantAsync(new MessageCredit("u", "t", $"{n}", Noon), default);
        }
    }

    private async Task<long> AddedAsync(string notification)
    {
        await Messages.AddAsync(new QueuedMessage(notification, "user", "account", "u", "t", "notification.approve", null, new Dictionary<string, string>(), Noon, Noon.AddDays(1)), default);
        return (await _both.One["wechat_messages"].FirstAsync(new BsonDocument("notification_id", notification), null, default))!["_id"].ToInt64();
    }

    private Task<int> LeftAsync() => Credits.CountAsync("u", "t", default);
}
#endif
