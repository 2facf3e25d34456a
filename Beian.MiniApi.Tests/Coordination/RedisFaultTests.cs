#if CLUSTER
using System.Diagnostics;
using Beian.MiniApi.Coordination;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Coordination;

/// <summary>Redis fails in every way it can; each instance goes on by itself at once, nobody waits, and what it says is said once.</summary>
public sealed class RedisFaultTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    /// <summary>What a page may wait for all its questions together: 200 ms, and as long again for a machine that does much else, once it is known to be away.</summary>
    private static readonly TimeSpan PageMayWait = TimeSpan.FromMilliseconds(400);

    [RedisFact]
    public async Task Killed_AndStartedAgain_IsDoneWithoutAndFoundAgain()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await (await RedisInstance.StartAsync(server.ConnectionString)).ReadyAsync(server);
        await using var other = await (await RedisInstance.StartAsync(server.ConnectionString)).ReadyAsync(server);
        var before = await one.Shared.Leases.TakeAsync("work", "one", Long, default);
        await one.Shared.Values.StoreAsync("token", [1], Long, before.Fence, default);

        await server.KillAsync();
        await AssertOnItsOwnAsync(one);
        Assert.Equal([1], await one.Shared.Values.FindAsync("token", default));
        await Wait.UntilAsync(() => Task.FromResult(Count(one, "Redis is away") == 1));

        await server.StartAgainAsync();
        await BackAsync(one);
        await other.Shared.Leases.TakeAsync("wakes it", "other", Long, default);
        await BackAsync(other);
        var after = await other.Shared.Leases.TakeAsync("work", "other", Long, default);
        Assert.True(after.Fence > before.Fence, after.ToString());
        Assert.Equal(LeaseState.Held, (await one.Shared.Leases.TakeAsync("work", "one", Long, default)).State);
        Assert.Null(await one.Shared.Values.FindAsync("token", default));
        Assert.Equal(1, Count(one, "Redis is away: it cannot be reached at the address of Cache:Redis. Until"));
        Assert.Equal(1, Count(one, "Redis is back"));
        await AssertHeardAsync(one, other);
    }

    [RedisFact]
    public async Task Silent_KeepsNobodyWaiting_AndIsFoundAgain()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await (await RedisInstance.StartAsync(server.ConnectionString, timeoutMilliseconds: 200)).ReadyAsync(server);

        await server.StopAsync();
        await AssertOnItsOwnAsync(one);
        await Wait.UntilAsync(() => Task.FromResult(Count(one, "Redis is away: it does not answer") == 1));
        await server.GoOnAsync();

        await BackAsync(one);
        Assert.Equal(LeaseState.Taken, (await one.Shared.Leases.TakeAsync("work", "one", Long, default)).State);
    }

    /// <summary>Longer than a connection is looked at: it is given up for a new one.</summary>
    [RedisFact]
    public async Task Silent_ForLong_IsFoundAgainOverANewConnection()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await (await RedisInstance.StartAsync(server.ConnectionString)).ReadyAsync(server);
        await using var other = await (await RedisInstance.StartAsync(server.ConnectionString)).ReadyAsync(server);

        await server.StopAsync();
        await AssertOnItsOwnAsync(one);
        await Task.Delay(TimeSpan.FromSeconds(13));
        await server.GoOnAsync();

        await BackAsync(one);
        await AssertHeardAsync(other, one);
        Assert.Equal(1, Count(one, "Redis is away"));
    }

    [RedisFact]
    public async Task Flushed_GoesOn_AndFencesStillGrow()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await (await RedisInstance.StartAsync(server.ConnectionString)).ReadyAsync(server);
        var before = await one.Shared.Leases.TakeAsync("work", "one", Long, default);

        await server.DoAsync("FLUSHALL");

        var after = await one.Shared.Leases.TakeAsync("work", "other", Long, default);
        Assert.Equal(LeaseState.Taken, after.State);
        Assert.True(after.Fence > before.Fence);
        Assert.Equal(LeaseState.Held, (await one.Shared.Leases.TakeAsync("work", "one", Long, default)).State);
        Assert.False(one.IsAway);
    }

    [RedisFact]
    public async Task ScriptsFlushed_GoesOn()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await (await RedisInstance.StartAsync(server.ConnectionString)).ReadyAsync(server);
        Assert.Null(await one.Shared.Counts.CountAsync("caller", 2, Long, default));
        Assert.Null(await one.Shared.Counts.CountAsync("caller", 2, Long, default));

        await server.DoAsync("SCRIPT", "FLUSH");

        Assert.NotNull(await one.Shared.Counts.CountAsync("caller", 2, Long, default));
        Assert.False(one.IsAway);
        Assert.Equal(0, Count(one, "Redis is away"));
    }

    [RedisFact]
    public async Task WrongPassword_IsSaidWithoutIt_AndDoneWithout()
    {
        await using var server = await RedisServer.StartAsync(RedisServer.Password);
        await using var one = await RedisInstance.StartAsync(server.Address + ",password=not-the-password");

        await AssertOnItsOwnAsync(one);

        await Wait.UntilAsync(() => Task.FromResult(Count(one, "Redis is away: it does not accept the user or password of Cache:Redis. Until") == 1));
        Assert.DoesNotContain("not-the-password", one.Log.Text, StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task AwayAtStart_StartsWithout_AndIsFoundWhenItComes()
    {
        await using var server = RedisServer.NotStarted();
        var watch = Stopwatch.StartNew();
        await using var one = await RedisInstance.StartAsync(server.ConnectionString);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"The start waited {watch.Elapsed}.");
        await AssertOnItsOwnAsync(one);
        await Wait.UntilAsync(() => Task.FromResult(Count(one, "Redis is away") == 1));

        await server.StartAgainAsync();

        await BackAsync(one);
        await one.ReadyAsync(server);
        Assert.Equal(LeaseState.Taken, (await one.Shared.Leases.TakeAsync("work", "one", Long, default)).State);
        Assert.Equal(1, Count(one, "Redis is back"));
    }

    /// <summary>Answers a look, but refuses what is asked of it.</summary>
    [RedisFact]
    public async Task ReadOnly_IsSaid_AndDoneWithout()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await (await RedisInstance.StartAsync(server.ConnectionString)).ReadyAsync(server);

        await server.DoAsync("REPLICAOF", "127.0.0.1", "1");
        await AssertOnItsOwnAsync(one);

        await Wait.UntilAsync(() => Task.FromResult(Count(one, "Redis is away: it ") == 1));
        await server.DoAsync("REPLICAOF", "NO", "ONE");
        await BackAsync(one);
    }

    [RedisFact]
    public async Task Keys_HaveThePrefix_AnEnd_AndNobodysName()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await (await RedisInstance.StartAsync(server.ConnectionString, "mine:", 5000)).ReadyAsync(server);
        await one.Shared.Leases.TakeAsync("work", "one", Long, default);
        await one.Shared.Counts.CountAsync("address:192.0.2.7", 2, Long, default);
        await one.Shared.SingleUse.TakeAsync("login-code:secret", Long, default);
        await one.Shared.Values.StoreAsync("token", [1], Long, 1, default);

        var keys = ((string[]?)await server.DoAsync("KEYS", "*"))!;

        Assert.True(keys.Length >= 6, string.Join(' ', keys));
        Assert.All(keys, k => Assert.StartsWith("mine:", k, StringComparison.Ordinal));
        Assert.DoesNotContain(keys, k => k.Contains("192.0.2.7", StringComparison.Ordinal) || k.Contains("secret", StringComparison.Ordinal));
        foreach (var key in keys)
        {
            Assert.InRange((long)await server.DoAsync("PTTL", key), 1, (long)TimeSpan.FromDays(8).TotalMilliseconds);
        }
    }

    /// <summary>A page asks several things; all of them together must not keep it waiting, and each has an answer of its own.</summary>
    private static async Task AssertOnItsOwnAsync(RedisInstance one)
    {
        // The first page finds it out, and may be the first in the process to do so; the second knows.
        await AskAllAsync(one);
        var waited = await AskAllAsync(one);
        Assert.True(waited < PageMayWait, $"It waited {waited}.");
    }

    private static async Task<TimeSpan> AskAllAsync(RedisInstance one)
    {
        var watch = Stopwatch.StartNew();
        var name = Guid.NewGuid().ToString("N");
        var answers = new List<object?>
        {
            await one.Shared.Counts.CountAsync(name, 1, Long, default),
            await one.Shared.Counts.CountAsync(name, 1, Long, default),
            (await one.Shared.Leases.TakeAsync(name, "one", Long, default)).State,
            await one.Shared.SingleUse.TakeAsync(name, Long, default),
            await one.Shared.SingleUse.TakeAsync(name, Long, default),
        };
        await one.Shared.Values.StoreAsync(name, [7], Long, 0, default);
        answers.Add((await one.Shared.Values.FindAsync(name, default))![0]);
        await one.Shared.Broadcast.TellAsync(name, "text");
        await one.Shared.Leases.ReleaseAsync(name, "one", default);
        var waited = watch.Elapsed;

        Assert.True(one.IsAway);
        Assert.Null(answers[0]);
        Assert.IsType<TimeSpan>(answers[1]);
        Assert.Equal([LeaseState.Unknown, true, false, (byte)7], answers.Skip(2));
        Assert.True(waited < TimeSpan.FromSeconds(3), $"It waited {waited}.");
        return waited;
    }

    private static async Task AssertHeardAsync(RedisInstance by, RedisInstance listener)
    {
        var heard = false;
        listener.Shared.Broadcast.Listen("after", _ => heard = true);
        await Wait.UntilAsync(async () =>
        {
            await by.Shared.Broadcast.TellAsync("after", "x");
            await Task.Delay(100);
            return heard;
        });
    }

    private static Task BackAsync(RedisInstance one) => Wait.UntilAsync(() => Task.FromResult(!one.IsAway), TimeSpan.FromSeconds(15));

    private static int Count(RedisInstance one, string text) => one.Log.Lines.Count(l => l.Contains(text, StringComparison.Ordinal));
}
#endif
