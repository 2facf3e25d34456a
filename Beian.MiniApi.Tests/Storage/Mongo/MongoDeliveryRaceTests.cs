#if CLUSTER
using System.Collections.Concurrent;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Mongo;
using Beian.MiniApi.Tests.Notify;
using MongoDB.Bson;

namespace Beian.MiniApi.Tests.Storage.Mongo;

/// <summary>The queue of deliveries with several instances at once.</summary>
#pragma warning disable CA1001 // xunit disposes through IAsyncLifetime.
public sealed class MongoDeliveryRaceTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private static readonly DateTimeOffset Noon = StoredFilings.Noon;

    private readonly TwoMongos _both = new();

    private MongoDeliveryStore Queue => new(_both.One);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _both.DisposeAsync();

    [Fact]
    public async Task Add_SameKeyByTwoInstances_QueuesOne()
    {
        var added = await _both.ManyAsync(20, (database, _) => new MongoDeliveryStore(database).AddAsync(ADelivery.Of("f", 1), default));

        Assert.Single(added, a => a);
        Assert.Equal(1, (await Queue.CountAsync(default)).Queued);
    }

    [Fact]
    public async Task Lease_ByTwoInstances_GivesEachToOne()
    {
        for (var n = 0; n < 30; n++)
        {
            await Queue.AddAsync(ADelivery.Of("f" + n, 1), default);
        }

        var leases = await _both.ManyAsync(20, (database, n) => LeaseAsync(database, "owner " + n, 10));

        var ids = leases.SelectMany(l => l).Select(l => l.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.NotEmpty(ids);
        Assert.All(await Queue.PageAsync(new DeliveryFilter(), null, 100, default), row => Assert.InRange(row.Attempts, 0, 1));
    }

    /// <summary>Of one that a dead owner had, one instance alone takes over, and counts the doubt once.</summary>
    [Fact]
    public async Task Lease_ThatLapsed_IsTakenOverByOne()
    {
        await Queue.AddAsync(ADelivery.Of("f", 1), default);
        Assert.Single(await LeaseAsync(_both.One, "dead", 1));

        var leases = await _both.ManyAsync(20, (database, n) => LeaseAsync(database, "owner " + n, 1, Noon.AddMinutes(1)));

        var taken = Assert.Single(leases.SelectMany(l => l));
        Assert.Equal((2, 1), (taken.Attempts, taken.Doubts));
    }

    [Fact]
    public async Task Work_ByTwoInstances_KeepsEachOrder()
    {
        const int Streams = 3;
        const int Each = 5;
        for (var seq = Each; seq >= 1; seq--)
        {
            for (var stream = 0; stream < Streams; stream++)
            {
                await Queue.AddAsync(ADelivery.Of("f" + stream, seq), default);
            }
        }

        var (underWay, done) = (new ConcurrentDictionary<string, string>(), new ConcurrentQueue<string>());
        await _both.ManyAsync(8, async (database, n) =>
        {
            var queue = new MongoDeliveryStore(database);
            while (done.Count < Streams * Each)
            {
                foreach (var leased in await LeaseAsync(database, "owner " + n, 2))
                {
                    var stream = leased.Body!.Values["filing"];
                    Assert.True(underWay.TryAdd(stream, leased.Key), $"{leased.Key} beside {underWay.GetValueOrDefault(stream)}");
                    await Task.Delay(2);
                    done.Enqueue(leased.Key);
                    Assert.True(underWay.TryRemove(stream, out _));
                    Assert.True(await queue.SettleAsync(leased.Id, "owner " + n, DeliveryEnd.Sent, null, null, null, Noon, default));
                }
            }

            return true;
        });

        Assert.Equal(Streams * Each, done.Count);
        Assert.All(done.GroupBy(k => k.Split('-')[0]), of => Assert.Equal(of.Order(StringComparer.Ordinal), of));
    }

    [Fact]
    public async Task Drop_ByTwoInstances_IsDoneAndNotedOnce()
    {
        await Queue.AddAsync(ADelivery.Of("f", 1), default);
        var id = (await Queue.PageAsync(new DeliveryFilter(), null, 1, default))[0].Id;

        var dropped = await _both.ManyAsync(20, (database, _) => new MongoDeliveryStore(database).DropAsync(id, Noon, default));

        Assert.Single(dropped, d => d);
        Assert.Equal([(AuditActs.Changed, $"{id}")], await _both.TrailAsync("deliveries"));
    }

    /// <summary>The urgent one is there, and whoever added it was killed before those in front of it were taken out of the quiet hours.</summary>
    [Fact]
    public async Task Add_UrgentAfterAKill_TakesThoseBeforeItAlong()
    {
        await Queue.AddAsync(ADelivery.Of("f", 1) with { IsQuiet = true }, default);
        await Queue.AddAsync(ADelivery.Of("g", 1), default);
        var step = new BsonDocument
        {
            ["c"] = "deliveries",
            ["f"] = new BsonDocument { ["stream"] = "f:webhook:w", ["quiet"] = 1L },
            ["u"] = new BsonDocument("$set", new BsonDocument("quiet", 0L)),
            ["m"] = true,
            ["s"] = false,
        };
        await _both.One["deliveries"].ChangeAsync(
            new BsonDocument("key", "g-1"), new BsonDocument("$set", new BsonDocument("todo", new BsonArray { ATodo.Of(step) })), default);

        Assert.Equal(1, await _both.Two.FinishAllAsync(TimeSpan.Zero, default));

        Assert.Equal(["f-1", "g-1"], (await _both.ManyAsync(1, (database, _) => LeaseAsync(database, "owner", 10, isQuiet: true)))[0].Select(l => l.Key));
        Assert.Equal(0, await _both.Two.FinishAllAsync(TimeSpan.Zero, default));
    }

    private static Task<IReadOnlyList<LeasedDelivery>> LeaseAsync(MongoDatabase database, string owner, int take, DateTimeOffset? now = null, bool isQuiet = false)
    {
        var at = now ?? Noon;
        return new MongoDeliveryStore(database).LeaseAsync(new DeliveryLease(owner, at, at.AddMinutes(1), take, 100, new Dictionary<string, int>(), isQuiet), default);
    }
}
#endif
