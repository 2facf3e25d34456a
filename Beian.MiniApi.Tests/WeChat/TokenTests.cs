using Beian.MiniApi.WeChat;

namespace Beian.MiniApi.Tests.WeChat;

public sealed class TokenTests
{
    private const string Refused = """{"errcode":40001,"errmsg":"invalid credential, access_token is invalid or not latest rid: 68231586-663e56da-1e04e5eb"}""";

    [Fact]
    public async Task GetAccessToken_ManyAtOnce_AsksOnce()
    {
        await using var wire = new WireRecorder(async n =>
        {
            await Task.Delay(200);
            return Token(n, 7200);
        });
        await using var rig = new WeChatRig(wire.Address);

        var tokens = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => rig.Client.GetAccessTokenAsync(default)));
        await rig.Client.GetAccessTokenAsync(default);

        Assert.All(tokens, t => Assert.Equal("token-0", t.Value.Value));
        Assert.Single(wire.Requests);
    }

    [Fact]
    public async Task GetAccessToken_FewSecondsLeft_AnswersAtOnceAndRenewsBehind()
    {
        await using var wire = new WireRecorder(n => Task.FromResult<string?>(Token(n, 7200)));
        await using var rig = new WeChatRig(wire.Address);
        await rig.Client.GetAccessTokenAsync(default);

        rig.Clock.Advance(TimeSpan.FromSeconds(7200 - 310));
        await rig.Client.GetAccessTokenAsync(default);
        Assert.Single(wire.Requests);

        rig.Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal("token-0", (await rig.Client.GetAccessTokenAsync(default)).Value.Value);
        await EventuallyAsync(async () => (await rig.Client.GetAccessTokenAsync(default)).Value.Value == "token-1");
        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task GetAccessToken_Expired_WaitsForANewOne()
    {
        await using var wire = new WireRecorder(n => Task.FromResult<string?>(Token(n, 7200)));
        await using var rig = new WeChatRig(wire.Address);
        await rig.Client.GetAccessTokenAsync(default);

        rig.Clock.Advance(TimeSpan.FromSeconds(7200));

        Assert.Equal("token-1", (await rig.Client.GetAccessTokenAsync(default)).Value.Value);
    }

    [Fact]
    public async Task Use_TokenReplacedMeanwhile_TriesAgainWithTheCachedOne()
    {
        await using var wire = new WireRecorder(n => Task.FromResult<string?>(Token(n, 7200)));
        await using var rig = new WeChatRig(wire.Address);
        var used = new List<string>();

        var answer = await rig.Tokens.UseAsync(
            async (token, ct) =>
            {
                used.Add(token.Value);
                if (used.Count == 1)
                {
                    rig.Clock.Advance(TimeSpan.FromSeconds(7200));
                    await rig.Client.GetAccessTokenAsync(ct);
                    return Reply(Refused);
                }

                return Reply("{}");
            },
            default);

        Assert.True(answer.Value.IsSuccess);
        Assert.Equal(["token-0", "token-1"], used);
        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task Use_RefusedForGood_AsksNormallyThenForcesOnceThenGivesUp()
    {
        await using var wire = new WireRecorder(n => Task.FromResult<string?>(Token(n < 2 ? 0 : n, 7200)));
        await using var rig = new WeChatRig(wire.Address);
        var used = new List<string>();

        var answer = await UseRefusedAsync(rig, used);

        Assert.Equal(["token-0", "token-0", "token-2"], used);
        Assert.Equal("wechat.credential", rig.Gateway.Judge(WeChatCall.StableToken, answer.Value)?.Code);
        Assert.Equal([false, false, true], wire.Requests.Select(r => r.Contains("\"force_refresh\":true", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Use_RefusedAgainSoonAfterAForcedRefresh_DoesNotForceAgain()
    {
        await using var wire = new WireRecorder(n => Task.FromResult<string?>(Token(n, 7200)));
        await using var rig = new WeChatRig(wire.Address, ("ForcedRefreshesPerDay", "2"));
        await UseRefusedAsync(rig, []);

        Assert.Equal("wechat.credential", (await UseRefusedAsync(rig, [])).Error?.Code);
        Assert.Equal(1, wire.Requests.Count(r => r.Contains("\"force_refresh\":true", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task TakeForcedRefresh_WithinADayOfShanghai_KeepsGapAndBudget()
    {
        var cache = new InProcessWeChatTokenCache();
        var noon = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(8));
        Task<bool> TakeAsync(DateTimeOffset at) => cache.TryTakeForcedRefreshAsync("wx", at, WeChatTokens.ForcedGap, 2, default);

        Assert.True(await TakeAsync(noon));
        Assert.False(await TakeAsync(noon.AddSeconds(29)));
        Assert.True(await TakeAsync(noon.AddSeconds(30)));
        Assert.False(await TakeAsync(noon.AddHours(11)));
        Assert.True(await TakeAsync(noon.AddHours(12)));
    }

    private static Task<MiniApi.Domain.Result<WeChatReply>> UseRefusedAsync(WeChatRig rig, List<string> used) => rig.Tokens.UseAsync(
        (token, _) =>
        {
            used.Add(token.Value);
            return Task.FromResult(Reply(Refused));
        },
        default);

    private static WeChatReply Reply(string json) => WeChatReply.Read(System.Text.Encoding.UTF8.GetBytes(json));

    private static string Token(int number, int seconds) => WireRecorder.Http($$"""{"access_token":"token-{{number}}","expires_in":{{seconds}}}""");

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 100; i++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(20);
        }

        Assert.Fail("It did not happen within two seconds.");
    }
}
