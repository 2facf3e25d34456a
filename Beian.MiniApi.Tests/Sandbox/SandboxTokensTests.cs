using System.Text.Json;
using Beian.MiniApi.Sandbox.WeChat;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Beian.MiniApi.Tests.Sandbox;

public sealed class SandboxTokensTests
{
    private readonly Clock _clock = new();

    [Fact]
    public async Task GiveStable_WithFiveMinutesLeft_IsANewOneAndTheOldWorksOn()
    {
        var tokens = new SandboxTokens(_clock);
        var old = await ReadAsync(tokens.GiveStable());

        _clock.Now += TimeSpan.FromSeconds(7200 - 301);
        Assert.Equal((old.Token, 301), await ReadAsync(tokens.GiveStable()));

        _clock.Now += TimeSpan.FromSeconds(1);
        var next = await ReadAsync(tokens.GiveStable());
        Assert.NotEqual(old.Token, next.Token);
        Assert.Equal(7200, next.Seconds);
        Assert.Null(tokens.Judge(old.Token));

        _clock.Now += TimeSpan.FromSeconds(300);
        Assert.Equal(42001, (await AnswerAsync(tokens.Judge(old.Token)!)).GetProperty("errcode").GetInt32());
        Assert.Null(tokens.Judge(next.Token));
    }

    [Fact]
    public async Task GiveNew_AfterFiveMinutes_OutlivesTheFormer()
    {
        var tokens = new SandboxTokens(_clock);
        var former = await ReadAsync(tokens.GiveNew());
        var latter = await ReadAsync(tokens.GiveNew());

        Assert.Null(tokens.Judge(former.Token));
        _clock.Now += TimeSpan.FromSeconds(300);
        Assert.NotNull(tokens.Judge(former.Token));
        Assert.Null(tokens.Judge(latter.Token));
    }

    [Fact]
    public async Task Force_Beyond20InADay_IsRefused()
    {
        var tokens = new SandboxTokens(_clock);
        var given = new HashSet<string>();
        for (var i = 0; i < 20; i++)
        {
            given.Add((await ReadAsync(tokens.Force())).Token);
            _clock.Now += TimeSpan.FromSeconds(30);
        }

        Assert.Equal(20, given.Count);
        Assert.Equal(45009, (await AnswerAsync(tokens.Force())).GetProperty("errcode").GetInt32());
        _clock.Now += TimeSpan.FromDays(1);
        Assert.DoesNotContain((await ReadAsync(tokens.Force())).Token, given);
    }

    [Fact]
    public async Task Judge_NoOrUnknownToken_SaysWhich()
    {
        var tokens = new SandboxTokens(_clock);

        Assert.Equal(41001, (await AnswerAsync(tokens.Judge(null)!)).GetProperty("errcode").GetInt32());
        Assert.Equal(40001, (await AnswerAsync(tokens.Judge("12_x")!)).GetProperty("errcode").GetInt32());
    }

    private async Task<(string Token, int Seconds)> ReadAsync(SandboxWeChatReply reply)
    {
        var body = await AnswerAsync(reply);
        return (body.GetProperty("access_token").GetString()!, body.GetProperty("expires_in").GetInt32());
    }

    private async Task<JsonElement> AnswerAsync(SandboxWeChatReply reply)
    {
        await using var services = new ServiceCollection().AddSingleton<TimeProvider>(_clock).BuildServiceProvider();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = services };
        http.Request.Path = "/sandbox/wechat/cgi-bin/stable_token";
        http.Response.Body = body;
        await reply.ExecuteAsync(http);
        return JsonDocument.Parse(body.ToArray()).RootElement.Clone();
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
