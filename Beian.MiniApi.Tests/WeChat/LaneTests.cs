using System.Text;
using Beian.MiniApi.WeChat;

namespace Beian.MiniApi.Tests.WeChat;

/// <summary>An endpoint in trouble holds up nobody but its own callers; refused tokens are replaced.</summary>
public sealed class LaneTests
{
    [Fact]
    public async Task Breaker_OfOneEndpointOpen_LeavesTheOthersAlone()
    {
        await using var wire = Script(request => request.Contains("/cv/ocr/idcard", StringComparison.Ordinal) ? WireRecorder.Http("", status: "503 Service Unavailable") : null);
        await using var rig = new WeChatRig(wire.Address, ("BreakerMinimumAttempts", "3"), ("BreakerPauseMilliseconds", "5000"));
        await EveryCall.AskAsync(WeChatCall.IdCard, rig.Client);
        var asked = Asked(wire, WeChatCall.IdCard);

        var (_, error) = await EveryCall.AskAsync(WeChatCall.IdCard, rig.Client);

        Assert.Equal(("wechat.busy", true), (error?.Code, error?.RetryAfter > TimeSpan.Zero));
        Assert.Equal(asked, Asked(wire, WeChatCall.IdCard));
        Assert.Null((await EveryCall.AskAsync(WeChatCall.Licence, rig.Client)).Error);
        Assert.Null((await EveryCall.AskAsync(WeChatCall.TextCheck, rig.Client)).Error);
    }

    [Fact]
    public async Task Quota_OfOneEndpointUsedUp_ClosesItUntilMidnightInShanghai()
    {
        await using var wire = Script(request => request.Contains("/cv/ocr/idcard", StringComparison.Ordinal) ? WireRecorder.Http("""{"errcode":101003,"errmsg":"not enough market quota"}""") : null);
        await using var rig = new WeChatRig(wire.Address);
        var first = (await EveryCall.AskAsync(WeChatCall.IdCard, rig.Client)).Error!;

        var second = (await EveryCall.AskAsync(WeChatCall.IdCard, rig.Client)).Error!;

        Assert.Equal(("ocr.quota", "ocr.quota"), (first.Code, second.Code));
        Assert.Equal(1, Asked(wire, WeChatCall.IdCard));
        Assert.InRange((rig.Clock.GetUtcNow() + second.RetryAfter!.Value).ToOffset(TimeSpan.FromHours(8)).TimeOfDay, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Null((await EveryCall.AskAsync(WeChatCall.Licence, rig.Client)).Error);

        rig.Clock.Advance(second.RetryAfter.Value);
        await EveryCall.AskAsync(WeChatCall.IdCard, rig.Client);
        Assert.Equal(2, Asked(wire, WeChatCall.IdCard));
    }

    [Fact]
    public async Task Calls_MoreAtOnceThanAllowed_AreToldToComeBack()
    {
        var release = new TaskCompletionSource();
        await using var wire = new WireRecorder(async (_, request) =>
        {
            if (request.Contains("/wxa/msg_sec_check", StringComparison.Ordinal))
            {
                await release.Task;
            }

            return Encoding.UTF8.GetBytes(WireRecorder.Http(AnswerTo(request)));
        });
        await using var rig = new WeChatRig(wire.Address, ("MaxCallsAtOnce", "2"));
        await rig.Client.GetAccessTokenAsync(default);
        var running = Enumerable.Range(0, 2).Select(_ => EveryCall.AskAsync(WeChatCall.TextCheck, rig.Client)).ToList();

        var third = await EveryCall.AskAsync(WeChatCall.TextCheck, rig.Client);
        var other = await EveryCall.AskAsync(WeChatCall.MediaCheck, rig.Client);
        release.SetResult();

        Assert.Equal("wechat.busy", third.Error?.Code);
        Assert.Null(other.Error);
        Assert.All(await Task.WhenAll(running), r => Assert.Null(r.Error));
    }

    [Theory]
    [InlineData(40001)]
    [InlineData(40014)]
    [InlineData(42001)]
    public async Task Call_TokenRefused_IsMadeAgainWithAFreshOne(int errcode)
    {
        await using var wire = Script(request => request.Contains("access_token=TOKEN-0", StringComparison.Ordinal) ? WireRecorder.Http($$"""{"errcode":{{errcode}}}""") : null);
        await using var rig = new WeChatRig(wire.Address);

        Assert.Null((await EveryCall.AskAsync(WeChatCall.TextCheck, rig.Client)).Error);

        Assert.Equal(["stable_token", "TOKEN-0", "stable_token", "TOKEN-2"], wire.Requests.Select(r => WireRecorder.IsTokenCall(r) ? "stable_token" : r.Split("access_token=")[1].Split(' ')[0]));
        Assert.DoesNotContain(wire.Requests, r => r.Contains("\"force_refresh\":true", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Call_EveryTokenRefused_ForcesOnceAndIsACredentialFailure()
    {
        await using var wire = Script(_ => WireRecorder.Http("""{"errcode":40001}"""));
        await using var rig = new WeChatRig(wire.Address);

        var errors = new[] { (await EveryCall.AskAsync(WeChatCall.TextCheck, rig.Client)).Error, (await EveryCall.AskAsync(WeChatCall.TextCheck, rig.Client)).Error };

        Assert.All(errors, e => Assert.Equal("wechat.credential", e?.Code));
        Assert.Equal(1, wire.Requests.Count(r => r.Contains("\"force_refresh\":true", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Token_AboutToRunOut_IsRenewedWhileNobodyCalls()
    {
        await using var wire = Script(_ => null);
        await using var rig = new WeChatRig(wire.Address, ("TokenWatchSeconds", "1"));
        await rig.StartAsync();
        await Task.Delay(1_200);
        Assert.Empty(wire.Requests);
        await rig.Client.GetAccessTokenAsync(default);

        rig.Clock.Advance(TimeSpan.FromSeconds(7200 - 250));

        for (var i = 0; i < 100 && wire.Requests.Count < 2; i++)
        {
            await Task.Delay(50);
        }

        Assert.Equal(2, wire.Requests.Count);
        Assert.Equal("TOKEN-1", (await rig.Client.GetAccessTokenAsync(default)).Value.Value);
        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task Send_TwoToOneUser_GoOneAfterTheOther()
    {
        var together = 0;
        var most = 0;
        await using var wire = new WireRecorder(async (_, request) =>
        {
            if (!WireRecorder.IsTokenCall(request))
            {
                most = Math.Max(most, Interlocked.Increment(ref together));
                await Task.Delay(80);
                Interlocked.Decrement(ref together);
            }

            return Encoding.UTF8.GetBytes(WireRecorder.Http(AnswerTo(request)));
        });
        await using var rig = new WeChatRig(wire.Address);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => EveryCall.AskAsync(WeChatCall.SubscribeSend, rig.Client)));

        Assert.Equal((1, 3), (most, Asked(wire, WeChatCall.SubscribeSend)));
    }

    private static int Asked(WireRecorder wire, WeChatCall call) => wire.Requests.Count(r => r.Contains("/" + call.Path + "?", StringComparison.Ordinal));

    /// <summary>Answers each call well, unless the test says something else.</summary>
    private static WireRecorder Script(Func<string, string?> instead) => new((n, request) => Task.FromResult<byte[]?>(Encoding.UTF8.GetBytes(
        WireRecorder.IsTokenCall(request) ? WireRecorder.Http($$"""{"access_token":"TOKEN-{{n}}","expires_in":7200}""") : instead(request) ?? WireRecorder.Http(AnswerTo(request)))));

    private static string AnswerTo(string request) => EveryCall.AnswerTo(WeChatCall.All.Single(c => request.Split(' ')[1].Split('?')[0] == "/" + c.Path));
}
