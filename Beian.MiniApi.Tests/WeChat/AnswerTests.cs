using System.Diagnostics;
using Beian.MiniApi.Domain;
using Beian.MiniApi.WeChat;

namespace Beian.MiniApi.Tests.WeChat;

/// <summary>What each answer of WeChat comes to.</summary>
public sealed class AnswerTests
{
    private const string Session = """{"session_key":"tiihtNczf5v6AKRyjwEUhQ==","openid":"oGZUI0egBJY1zhBYw2KhdUfwVJJE","unionid":"ocMvos6NjeKLIBqg5Mr9QjxrP1FA"}""";
    private const string Token = """{"access_token":"ACCESS_TOKEN","expires_in":345}""";

    [Theory]
    [InlineData(Session, "text/plain")]
    [InlineData(Session, "application/json; encoding=utf-8")]
    [InlineData("""{"errcode":0,"errmsg":"ok","session_key":"tiihtNczf5v6AKRyjwEUhQ==","openid":"oGZUI0egBJY1zhBYw2KhdUfwVJJE","unionid":"ocMvos6NjeKLIBqg5Mr9QjxrP1FA","more":[1]}""", "text/plain")]
    [InlineData("""{"errcode":"0","session_key":"tiihtNczf5v6AKRyjwEUhQ==","openid":"oGZUI0egBJY1zhBYw2KhdUfwVJJE","unionid":"ocMvos6NjeKLIBqg5Mr9QjxrP1FA"}""", "image/jpeg")]
    [InlineData("\uFEFF" + Session, "text/html")]
    public async Task Code2Session_OfficialSample_IsASession(string body, string contentType)
    {
        await using var wire = new WireRecorder(WireRecorder.Http(body, contentType));
        await using var rig = new WeChatRig(wire.Address);

        var session = await rig.Client.Code2SessionAsync("code", default);

        Assert.Equal(new WeChatSession("oGZUI0egBJY1zhBYw2KhdUfwVJJE", "tiihtNczf5v6AKRyjwEUhQ==", "ocMvos6NjeKLIBqg5Mr9QjxrP1FA"), session.Value);
    }

    [Fact]
    public async Task Code2Session_WithoutUnionId_IsASessionWithoutOne()
    {
        await using var wire = new WireRecorder(WireRecorder.Http("""{"session_key":"tiihtNczf5v6AKRyjwEUhQ==","openid":"oGZUI0egBJY1zhBYw2KhdUfwVJJE"}"""));
        await using var rig = new WeChatRig(wire.Address);

        Assert.Null((await rig.Client.Code2SessionAsync("code", default)).Value.UnionId);
    }

    [Theory]
    [InlineData("40029", "auth.codeInvalid", ErrorKind.Unauthenticated)]
    [InlineData("\"40029\"", "auth.codeInvalid", ErrorKind.Unauthenticated)]
    [InlineData("40163", "auth.codeUsed", ErrorKind.Unauthenticated)]
    [InlineData("40226", "wechat.userBlocked", ErrorKind.Forbidden)]
    [InlineData("45011", "wechat.rateLimited", ErrorKind.TooMany)]
    [InlineData("45009", "wechat.quota", ErrorKind.Unavailable)]
    [InlineData("40013", "wechat.config", ErrorKind.Broken)]
    [InlineData("40125", "wechat.config", ErrorKind.Broken)]
    [InlineData("40164", "wechat.config", ErrorKind.Broken)]
    [InlineData("40002", "wechat.config", ErrorKind.Broken)]
    [InlineData("40001", "wechat.credential", ErrorKind.BadGateway)]
    [InlineData("41002", "wechat.bug", ErrorKind.Broken)]
    [InlineData("41004", "wechat.bug", ErrorKind.Broken)]
    [InlineData("41008", "wechat.bug", ErrorKind.Broken)]
    [InlineData("987654", "wechat.bug", ErrorKind.Broken)]
    public async Task Code2Session_Errcode_IsItsRefusalWithoutARetry(string errcode, string code, ErrorKind kind)
    {
        await using var wire = new WireRecorder(WireRecorder.Http($$"""{"errcode":{{errcode}},"errmsg":"some text, rid: 6129ee10-272863a4-64d75414"}""", "text/plain"));
        await using var rig = new WeChatRig(wire.Address);

        var refused = (await rig.Client.Code2SessionAsync("code", default)).Error!;

        Assert.Equal((code, kind), (refused.Code, refused.Kind));
        Assert.Equal(kind is ErrorKind.TooMany or ErrorKind.Unavailable or ErrorKind.BadGateway, refused.RetryAfter > TimeSpan.Zero);
        Assert.Single(wire.Requests);
    }

    [Fact]
    public async Task Code2Session_Throttled_SaysToWaitForTheNextMinute()
    {
        await using var wire = new WireRecorder(WireRecorder.Http("""{"errcode":45011,"errmsg":"api minute-quota reach limit mustslower retry next minute"}"""));
        await using var rig = new WeChatRig(wire.Address);

        var wait = (await rig.Client.Code2SessionAsync("code", default)).Error!.RetryAfter!.Value;

        Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.InRange((rig.Clock.GetUtcNow() + wait).Second, 0, 2);
    }

    [Theory]
    [InlineData("{\"session_key\":\"tiihtNczf5v6AKR")]
    [InlineData("<html>busy</html>")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"errcode\":\"many\"}")]
    [InlineData("{\"errcode\":0,\"openid\":\"\",\"session_key\":\"x\"}")]
    [InlineData("{\"openid\":1,\"session_key\":\"x\"}")]
    public async Task Code2Session_UnreadableAnswer_IsUnavailableWithoutASecondUseOfTheCode(string body)
    {
        await using var wire = new WireRecorder(WireRecorder.Http(body));
        await using var rig = new WeChatRig(wire.Address);

        AssertUnavailable((await rig.Client.Code2SessionAsync("code", default)).Error);
        Assert.Single(wire.Requests);
    }

    [Theory]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 4\r\nConnection: close\r\n\r\n<ht>")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 400\r\nConnection: close\r\n\r\n{\"openid\":")]
    public async Task Code2Session_LostAnswer_IsUnavailableWithoutASecondUseOfTheCode(string answer)
    {
        await using var wire = new WireRecorder(answer);
        await using var rig = new WeChatRig(wire.Address);

        AssertUnavailable((await rig.Client.Code2SessionAsync("code", default)).Error);
        Assert.Single(wire.Requests);
    }

    [Fact]
    public async Task Code2Session_HungUpOn_IsUnavailable()
    {
        await using var wire = new WireRecorder((string?)null);
        await using var rig = new WeChatRig(wire.Address);

        AssertUnavailable((await rig.Client.Code2SessionAsync("code", default)).Error);
    }

    [Fact]
    public async Task Code2Session_NobodyListening_IsUnavailable()
    {
        string address;
        await using (var gone = new WireRecorder(WireRecorder.Http(Session)))
        {
            address = gone.Address;
        }

        await using var rig = new WeChatRig(address);

        AssertUnavailable((await rig.Client.Code2SessionAsync("code", default)).Error);
    }

    [Fact]
    public async Task Code2Session_LengthRefusedByTheGateway_IsOurMistakeAndAlerts()
    {
        await using var wire = new WireRecorder(WireRecorder.Http(string.Empty, status: "412 Precondition Failed"));
        await using var rig = new WeChatRig(wire.Address);

        Assert.Equal("wechat.bug", (await rig.Client.Code2SessionAsync("code", default)).Error?.Code);
        Assert.Contains(rig.Logged, l => l.Contains("OperatorAlert", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Code2Session_BusyOnce_TriesTheSameCodeOnceMore()
    {
        await using var wire = new WireRecorder(WireRecorder.Http("""{"errcode":-1,"errmsg":"system error"}"""), WireRecorder.Http(Session));
        await using var rig = new WeChatRig(wire.Address);

        Assert.Null((await rig.Client.Code2SessionAsync("code", default)).Error);
        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task Code2Session_BusyAgain_GivesUpAfterOneRetry()
    {
        await using var wire = new WireRecorder(WireRecorder.Http("""{"errcode":-1,"errmsg":"system error"}"""));
        await using var rig = new WeChatRig(wire.Address);

        AssertUnavailable((await rig.Client.Code2SessionAsync("code", default)).Error);
        Assert.Equal(2, wire.Requests.Count);
    }

    [Fact]
    public async Task Code2Session_SlowServer_IsUnavailableWithinTheTimeLimit()
    {
        await using var wire = new WireRecorder(async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(30));
            return null;
        });
        await using var rig = new WeChatRig(wire.Address, ("AttemptTimeoutMilliseconds", "300"), ("CallTimeoutMilliseconds", "500"));
        var watch = Stopwatch.StartNew();

        AssertUnavailable((await rig.Client.Code2SessionAsync("code", default)).Error);
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(3));
        Assert.Single(wire.Requests);
    }

    [Fact]
    public async Task GetAccessToken_OutageThatPasses_TriesTwiceMore()
    {
        await using var wire = new WireRecorder(WireRecorder.Http("<html>", "text/html", "500 Internal Server Error"), null, WireRecorder.Http(Token));
        await using var rig = new WeChatRig(wire.Address);
        var watch = Stopwatch.StartNew();

        Assert.Equal("ACCESS_TOKEN", (await rig.Client.GetAccessTokenAsync(default)).Value.Value);
        Assert.Equal(3, wire.Requests.Count);
        Assert.InRange(watch.ElapsedMilliseconds, 700, 4000);
    }

    [Fact]
    public async Task GetAccessToken_QuotaUsedUp_IsNotAskedAgainBeforeMidnightInShanghai()
    {
        await using var wire = new WireRecorder(WireRecorder.Http("""{"errcode":45009,"errmsg":"reach max api daily quota limit rid: 68231586-663e56da-1e04e5eb"}"""), WireRecorder.Http(Token));
        await using var rig = new WeChatRig(wire.Address);

        var wait = (await rig.Client.GetAccessTokenAsync(default)).Error!.RetryAfter!.Value;
        Assert.Equal("wechat.quota", (await rig.Client.GetAccessTokenAsync(default)).Error?.Code);
        Assert.Single(wire.Requests);
        Assert.InRange((rig.Clock.GetUtcNow() + wait).ToOffset(TimeSpan.FromHours(8)).TimeOfDay, TimeSpan.Zero, TimeSpan.FromSeconds(5));

        rig.Clock.Advance(wait);
        Assert.Null((await rig.Client.GetAccessTokenAsync(default)).Error);
    }

    [Fact]
    public async Task Code2Session_OutageGoesOn_IsNoLongerAskedUntilThePauseIsOver()
    {
        await using var wire = new WireRecorder(n => Task.FromResult<string?>(n < 4 ? WireRecorder.Http(string.Empty, status: "503 Service Unavailable") : WireRecorder.Http(Session)));
        await using var rig = new WeChatRig(wire.Address, ("BreakerMinimumAttempts", "4"), ("BreakerPauseMilliseconds", "500"));
        for (var i = 0; i < 4; i++)
        {
            AssertUnavailable((await rig.Client.Code2SessionAsync($"code-{i}", default)).Error);
        }

        AssertUnavailable((await rig.Client.Code2SessionAsync("code-4", default)).Error);
        Assert.Equal(4, wire.Requests.Count);

        await Task.Delay(700);
        Assert.Null((await rig.Client.Code2SessionAsync("code-4", default)).Error);
    }

    private static void AssertUnavailable(DomainError? error)
    {
        Assert.Equal("wechat.unavailable", error?.Code);
        Assert.True(error?.RetryAfter > TimeSpan.Zero);
    }
}
