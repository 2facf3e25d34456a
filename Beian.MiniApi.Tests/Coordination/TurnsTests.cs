using Beian.MiniApi.Coordination;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.WeChat;
using Beian.MiniApi.WeChat;
using Beian.MiniApi.WeChat.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Beian.MiniApi.Tests.Coordination;

/// <summary>What the users of leases do with the answers, whoever keeps them.</summary>
public sealed class TurnsTests
{
    [Fact]
    public async Task Run_TurnLostInTheMiddle_TellsTheWorkToStop()
    {
        await using var turns = Over(LeaseAnswer.Taken(1), LeaseAnswer.Held);

        var mine = await turns.RunAsync("work", Turns.Life, stop => Task.Delay(Timeout.Infinite, stop), default).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.False(mine);
    }

    [Fact]
    public async Task Run_NobodyCanSay_IsEverybodysTurn()
    {
        var done = 0;
        await using var turns = Over(LeaseAnswer.Unknown);

        Assert.True(await turns.RunAsync("work", Turns.Life, _ => Task.FromResult(done++), default));
        Assert.Equal(1, done);
    }

    [Fact]
    public async Task Run_SomebodyElsesTurn_DoesNothing()
    {
        await using var turns = Over(LeaseAnswer.Held);

        Assert.False(await turns.RunAsync("work", Turns.Life, _ => throw new InvalidOperationException(), default));
    }

    [Fact]
    public async Task ExchangeCode_InTwoInstances_IsDoneOnce_AndAgainAfterAFailure()
    {
        var codes = new InProcessSingleUse(TimeProvider.System);
        var (one, other) = (new LoginExchanges(codes), new LoginExchanges(codes));
        static Task<Result<WeChatSession>> Accept(string code) => Task.FromResult<Result<WeChatSession>>(new WeChatSession("openid", "key", null));
        static Task<Result<WeChatSession>> Refuse(string code) => Task.FromResult<Result<WeChatSession>>(WeChatErrors.CodeUsed());

        Assert.NotNull((await one.ShareAsync("a", Refuse)).Error);
        Assert.Null((await other.ShareAsync("a", Accept)).Error);
        Assert.Equal(WeChatErrors.CodeUsed().Code, (await one.ShareAsync("a", _ => throw new InvalidOperationException())).Error?.Code);
        await Assert.ThrowsAsync<InvalidOperationException>(() => one.ShareAsync("b", _ => throw new InvalidOperationException()));
        Assert.Null((await other.ShareAsync("b", Accept)).Error);
    }

    [Fact]
    public async Task GetAccessToken_InTwoInstancesAtOnce_IsAskedForOnce()
    {
        var shared = Shared.InProcess();
        await using var wire = new WireRecorder(async n =>
        {
            await Task.Delay(500);
            return WireRecorder.Http($$"""{"access_token":"token-{{n}}","expires_in":7200}""");
        });
        await using var one = Rig(wire.Address, shared);
        await using var other = Rig(wire.Address, shared);

        var tokens = await Task.WhenAll(one.Client.GetAccessTokenAsync(default), other.Client.GetAccessTokenAsync(default));

        Assert.All(tokens, t => Assert.Equal("token-0", t.Value.Value));
        Assert.Single(wire.Requests);
    }

    /// <summary>An instance that took the lease and was killed holds the others up for a while only.</summary>
    [Fact]
    public async Task GetAccessToken_LeaseNeverGivenBack_IsAskedForAllTheSame()
    {
        var shared = Shared.InProcess();
        await shared.Leases.TakeAsync("wechat-token:" + WeChatRig.AppId, "killed", TimeSpan.FromSeconds(3), default);
        await using var wire = new WireRecorder(n => Task.FromResult<string?>(WireRecorder.Http("""{"access_token":"token","expires_in":7200}""")));
        await using var one = Rig(wire.Address, shared);

        Assert.Equal("token", (await one.Client.GetAccessTokenAsync(default)).Value.Value);
    }

    private static WeChatRig Rig(string address, Shared shared) => new(address, services => services
        .AddSingleton(shared.Leases).AddSingleton(shared.Values).AddSingleton(shared.Counts).AddSingleton<ICoordinationState, OneOfSeveral>());

    private static Turns Over(params LeaseAnswer[] answers) => new(new Answering(answers), TimeProvider.System, NullLogger<Turns>.Instance);

    private sealed class OneOfSeveral : ICoordinationState
    {
        public bool IsAway => false;

        public bool IsAlone => false;
    }

    /// <summary>Gives these answers in turn, the last one for ever.</summary>
    private sealed class Answering(LeaseAnswer[] answers) : ILeases
    {
        private int _asked;

        public ValueTask<LeaseAnswer> TakeAsync(string name, string holder, TimeSpan life, CancellationToken cancellationToken) =>
            ValueTask.FromResult(answers[Math.Min(_asked++, answers.Length - 1)]);

        public ValueTask ReleaseAsync(string name, string holder, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
