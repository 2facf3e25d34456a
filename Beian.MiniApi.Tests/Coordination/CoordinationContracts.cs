using System.Collections.Concurrent;
using System.Diagnostics;
using Beian.MiniApi.Coordination;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.WeChat;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Tests.Coordination;

/// <summary>What one instance of the service has of what all share.</summary>
public sealed record Shared(ILeases Leases, ICallCounts Counts, ISingleUse SingleUse, ISharedValues Values, IBroadcast Broadcast)
{
    /// <summary>Of a single process: whoever is in it shares it.</summary>
    public static Shared InProcess() => new(
        new InProcessLeases(TimeProvider.System), new InProcessCallCounts(TimeProvider.System), new InProcessSingleUse(TimeProvider.System), new InProcessSharedValues(TimeProvider.System),
        new InProcessBroadcast());
}

/// <summary>What each way of sharing promises to two instances, one and the other.</summary>
public abstract class CoordinationContracts
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    /// <summary>Unlike that of any other test.</summary>
    private readonly string _name = Guid.NewGuid().ToString("N");

    protected abstract Shared One { get; }

    protected abstract Shared Other { get; }

    [ContractFact]
    public async Task TakeLease_ByTwo_OneHasIt()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? One : Other).Leases.TakeAsync(_name, "holder-" + i, Long, default).AsTask()));

        Assert.Single(answers, a => a.State == LeaseState.Taken);
        Assert.Equal(19, answers.Count(a => a == LeaseAnswer.Held));
    }

    [ContractFact]
    public async Task TakeLease_ByItsHolder_ProlongsItUnderTheSameFence()
    {
        var first = await One.Leases.TakeAsync(_name, "a", Short, default);
        var again = await One.Leases.TakeAsync(_name, "a", Long, default);
        await Task.Delay(2 * Short);

        Assert.Equal(LeaseState.Taken, again.State);
        Assert.Equal(first.Fence, again.Fence);
        Assert.Equal(LeaseState.Held, (await Other.Leases.TakeAsync(_name, "b", Long, default)).State);
    }

    [ContractFact]
    public async Task TakeLease_AfterItsEnd_HasALargerFence()
    {
        var first = await One.Leases.TakeAsync(_name, "a", Short, default);
        await Task.Delay(2 * Short);
        var second = await Other.Leases.TakeAsync(_name, "b", Long, default);

        Assert.Equal(LeaseState.Taken, second.State);
        Assert.True(first.Fence > 0 && second.Fence > first.Fence);
        Assert.Equal(LeaseState.Held, (await One.Leases.TakeAsync(_name, "a", Long, default)).State);
    }

    [ContractFact]
    public async Task ReleaseLease_ByItsHolderAlone_FreesIt()
    {
        var first = await One.Leases.TakeAsync(_name, "a", Long, default);
        await Other.Leases.ReleaseAsync(_name, "b", default);
        Assert.Equal(LeaseState.Held, (await Other.Leases.TakeAsync(_name, "b", Long, default)).State);

        await One.Leases.ReleaseAsync(_name, "a", default);

        Assert.True((await Other.Leases.TakeAsync(_name, "b", Long, default)).Fence > first.Fence);
    }

    [ContractFact]
    public async Task CountCalls_OfTwo_AllowsSoManyTogether()
    {
        var waits = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? One : Other).Counts.CountAsync(_name, 7, Long, default).AsTask()));

        Assert.Equal(7, waits.Count(w => w is null));
        Assert.All(waits.OfType<TimeSpan>(), w => Assert.InRange(w, TimeSpan.FromSeconds(1), Long + TimeSpan.FromSeconds(1)));
        Assert.Null(await One.Counts.CountAsync(_name + "another", 7, Long, default));
    }

    [ContractFact]
    public async Task CountCalls_InAnySpanOfTheWindow_NeverAllowsMore()
    {
        const int Permits = 5;
        var window = TimeSpan.FromMilliseconds(600);
        var allowed = new List<TimeSpan>();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(2.5))
        {
            if (await (allowed.Count % 2 == 0 ? One : Other).Counts.CountAsync(_name, Permits, window, default) is null)
            {
                allowed.Add(watch.Elapsed);
            }

            await Task.Delay(20);
        }

        // A call is seen here a little after it was counted: so much is left out of the span.
        var span = window - TimeSpan.FromMilliseconds(100);
        Assert.All(allowed, first => Assert.InRange(allowed.Count(a => a >= first && a < first + span), 1, Permits));
        Assert.InRange(allowed.Count, 2 * Permits, 5 * Permits);
    }

    [ContractFact]
    public async Task CountCalls_AfterTheWaitThatWasTold_AllowsTheNext()
    {
        var window = TimeSpan.FromMilliseconds(600);
        Assert.Null(await One.Counts.CountAsync(_name, 1, window, default));
        var wait = await Other.Counts.CountAsync(_name, 1, window, default);

        await Task.Delay(wait!.Value + TimeSpan.FromMilliseconds(20));

        Assert.Null(await Other.Counts.CountAsync(_name, 1, window, default));
    }

    [ContractFact]
    public async Task Use_ByMany_SucceedsOnce()
    {
        var uses = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? One : Other).SingleUse.TakeAsync(_name, Long, default).AsTask()));

        Assert.Single(uses, used => used);
    }

    [ContractFact]
    public async Task Use_GivenBackOrForgotten_SucceedsAgain()
    {
        Assert.True(await One.SingleUse.TakeAsync(_name, Long, default));
        await One.SingleUse.GiveBackAsync(_name, default);
        Assert.True(await One.SingleUse.TakeAsync(_name, Short, default));
        Assert.False(await One.SingleUse.TakeAsync(_name, Short, default));
        await Task.Delay(2 * Short);

        Assert.True(await One.SingleUse.TakeAsync(_name, Long, default));
    }

    [ContractFact]
    public async Task Value_StoredByOne_IsFoundByTheOtherUntilItsEnd()
    {
        Assert.Null(await Other.Values.FindAsync(_name, default));
        await One.Values.StoreAsync(_name, [1, 0, 255], Short, 0, default);

        Assert.Equal([1, 0, 255], await Other.Values.FindAsync(_name, default));
        await Task.Delay(2 * Short);
        Assert.Null(await Other.Values.FindAsync(_name, default));
    }

    [ContractFact]
    public async Task Value_StoredUnderASmallerFence_IsNotKept()
    {
        await One.Values.StoreAsync(_name, [2], Long, 2, default);
        await Other.Values.StoreAsync(_name, [1], Long, 1, default);
        Assert.Equal([2], await One.Values.FindAsync(_name, default));

        await Other.Values.StoreAsync(_name, [3], Long, 3, default);

        Assert.Equal([3], await One.Values.FindAsync(_name, default));
    }

    [ContractFact]
    public async Task Tell_ByOne_IsHeardByEachWithinASecond()
    {
        var heard = new ConcurrentQueue<string>();
        One.Broadcast.Listen(_name, t => heard.Enqueue("one:" + t));
        Other.Broadcast.Listen(_name, t => heard.Enqueue("other:" + t));
        Other.Broadcast.Listen(_name + "another", t => heard.Enqueue("never:" + t));

        await One.Broadcast.TellAsync(_name, "a\nb");

        Assert.Contains("one:a\nb", heard);
        await Wait.UntilAsync(() => Task.FromResult(heard.Count == 2), TimeSpan.FromSeconds(1));
        Assert.Contains("other:a\nb", heard);
    }

    [ContractFact]
    public async Task SignOut_ToldByOne_IsKnownToTheOther()
    {
        var (one, other) = (new SignOuts(One.Broadcast, TimeProvider.System), new SignOuts(Other.Broadcast, TimeProvider.System));

        await one.TellAsync(_name, _name + "too");

        await Wait.UntilAsync(() => Task.FromResult(other.Has(_name) && other.Has(_name + "too")), TimeSpan.FromSeconds(1));
        Assert.True(one.Has(_name));
        Assert.False(other.Has(_name + "another"));
    }

    [ContractFact]
    public async Task Turns_OfTwo_AreNeverBothAtWork()
    {
        var (atWork, most, rounds) = (0, 0, 0);
        async Task ActAsync(CancellationToken stop)
        {
            most = Math.Max(most, Interlocked.Increment(ref atWork));
            await Task.Delay(5, stop);
            Interlocked.Decrement(ref atWork);
            Interlocked.Increment(ref rounds);
        }

        await using var one = new Turns(One.Leases, TimeProvider.System, NullLogger<Turns>.Instance);
        await using var other = new Turns(Other.Leases, TimeProvider.System, NullLogger<Turns>.Instance);
        await Task.WhenAll(new[] { one, other }.Select(turns => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await turns.RunAsync(_name, Turns.Life, ActAsync, default);
            }
        })));

        Assert.Equal(1, most);
        Assert.InRange(rounds, 50, 51);
    }

    [ContractFact]
    public async Task Turn_OfAnInstanceThatEndsOrFails_IsAtOnceTheOthers()
    {
        static Task Nothing(CancellationToken stop) => Task.CompletedTask;
        var one = new Turns(One.Leases, TimeProvider.System, NullLogger<Turns>.Instance);
        await using var other = new Turns(Other.Leases, TimeProvider.System, NullLogger<Turns>.Instance);
        Assert.True(await one.RunAsync(_name, TimeSpan.FromHours(1), Nothing, default));
        Assert.False(await other.RunAsync(_name, Turns.Life, Nothing, default));

        await one.DisposeAsync();

        Assert.True(await other.RunAsync(_name, Turns.Life, Nothing, default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => other.RunAsync(_name, Turns.Life, _ => throw new InvalidOperationException(), default));
        Assert.True(await one.RunAsync(_name, Turns.Life, Nothing, default));
    }

    [ContractFact]
    public async Task WeChatToken_OfOne_IsTheOthersAndItsLateWriteIsNot()
    {
        var (one, other) = (Tokens(One), Tokens(Other));
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var newer = new WeChatToken("newer", now, now.AddHours(2));

        await one.StoreAsync(_name, newer, 7, default);
        await other.StoreAsync(_name, new WeChatToken("late", now, now.AddHours(2)), 6, default);

        Assert.Equal(newer, await other.FindAsync(_name, default));
        Assert.Null(await Tokens(Other, "another secret").FindAsync(_name, default));
        Assert.Null(await other.FindAsync(_name + "another", default));
    }

    [ContractFact]
    public async Task ForcedRefreshes_OfTwo_HaveOneBudget()
    {
        var now = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(8));
        Task<bool> TakeAsync(Shared by, DateTimeOffset at, TimeSpan gap) => Tokens(by).TryTakeForcedRefreshAsync(_name, at, gap, 2, default);

        Assert.True(await TakeAsync(One, now, Long));
        Assert.False(await TakeAsync(Other, now, Long));
        Assert.True(await TakeAsync(Other, now.AddHours(11), TimeSpan.FromMilliseconds(60)) || await SoonAsync());

        Assert.False(await TakeAsync(One, now.AddHours(11), TimeSpan.FromMilliseconds(60)));

        async Task<bool> SoonAsync()
        {
            await Task.Delay(100);
            return await TakeAsync(Other, now.AddHours(11), TimeSpan.FromMilliseconds(60));
        }
    }

    private static SharedWeChatTokenCache Tokens(Shared shared, string secret = "secret-of-the-tests") =>
        new(shared.Values, shared.Counts, Options.Create(new WeChatOptions { AppSecret = secret }), TimeProvider.System);
}

public sealed class InProcessCoordinationTests : CoordinationContracts
{
    private readonly Shared _shared = Shared.InProcess();

    protected override Shared One => _shared;

    protected override Shared Other => _shared;
}
