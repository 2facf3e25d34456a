namespace Beian.MiniApi.Tests.WeChat;

public sealed class LoginExchangeTests
{
    private const string Session = """{"session_key":"tiihtNczf5v6AKRyjwEUhQ==","openid":"oGZUI0egBJY1zhBYw2KhdUfwVJJE"}""";

    [Fact]
    public async Task Code2Session_SameCodeTogether_SharesOneExchange()
    {
        var release = new TaskCompletionSource();
        await using var wire = new WireRecorder(async _ =>
        {
            await release.Task;
            return WireRecorder.Http(Session);
        });
        await using var rig = new WeChatRig(wire.Address);

        var calls = Enumerable.Range(0, 20).Select(_ => rig.Client.Code2SessionAsync("code", default)).ToList();
        release.SetResult();
        var answers = await Task.WhenAll(calls);

        Assert.All(answers, a => Assert.Equal("oGZUI0egBJY1zhBYw2KhdUfwVJJE", a.Value.OpenId));
        Assert.Single(wire.Requests);
    }

    [Fact]
    public async Task Code2Session_CodeAlreadyExchanged_IsUsedWithoutAskingAgain()
    {
        await using var wire = new WireRecorder(WireRecorder.Http(Session));
        await using var rig = new WeChatRig(wire.Address);
        await rig.Client.Code2SessionAsync("code", default);

        Assert.Equal("auth.codeUsed", (await rig.Client.Code2SessionAsync("code", default)).Error?.Code);
        Assert.Null((await rig.Client.Code2SessionAsync("another", default)).Error);
        Assert.Equal(2, wire.Requests.Count);

        rig.Clock.Advance(TimeSpan.FromMinutes(11));
        await rig.Client.Code2SessionAsync("code", default);
        Assert.Equal(3, wire.Requests.Count);
    }

    [Fact]
    public async Task Code2Session_ExchangeFailedBefore_MayBeTriedAgain()
    {
        await using var wire = new WireRecorder(WireRecorder.Http(string.Empty, status: "500 Internal Server Error"), WireRecorder.Http(Session));
        await using var rig = new WeChatRig(wire.Address);

        Assert.NotNull((await rig.Client.Code2SessionAsync("code", default)).Error);
        Assert.Null((await rig.Client.Code2SessionAsync("code", default)).Error);
    }

    [Fact]
    public async Task Code2Session_FirstCallerLeaves_TheOthersStillGetTheAnswer()
    {
        var release = new TaskCompletionSource();
        await using var wire = new WireRecorder(async _ =>
        {
            await release.Task;
            return WireRecorder.Http(Session);
        });
        await using var rig = new WeChatRig(wire.Address);
        using var leaving = new CancellationTokenSource();
        var first = rig.Client.Code2SessionAsync("code", leaving.Token);
        var second = rig.Client.Code2SessionAsync("code", default);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        release.SetResult();

        Assert.Null((await second).Error);
        Assert.Single(wire.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    public async Task Code2Session_NoCode_IsInvalidWithoutAsking(string? code)
    {
        await using var wire = new WireRecorder(WireRecorder.Http(Session));
        await using var rig = new WeChatRig(wire.Address);

        Assert.Equal("auth.codeInvalid", (await rig.Client.Code2SessionAsync(code ?? new string('x', 257), default)).Error?.Code);
        Assert.Empty(wire.Requests);
    }
}
