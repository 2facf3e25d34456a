using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Beian.MiniApi.Sandbox.WeChat;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Beian.MiniApi.Tests.Sandbox;

/// <summary>What the played WeChat pushes, and to whom.</summary>
public sealed class SandboxPushesTests
{
    [Fact]
    public async Task Events_OfMessagesAndMedia_ArePushedAfterTheAnswer()
    {
        var pusher = new Pusher();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["WeChat:AppId"] = "wxapp";
        builder.Configuration["WeChat:AppSecret"] = "s3";
        builder.Configuration["Sandbox:WeChat:MediaVerdictMilliseconds"] = "50";
        builder.Services.AddSingleton<ISandboxPusher>(pusher);
        builder.AddSandboxWeChat();
        await using var app = builder.Build();
        var users = app.Services.GetRequiredService<SandboxUsers>();
        var moderation = app.Services.GetRequiredService<SandboxModeration>();
        var openId = SandboxLogins.OpenId("wxapp", "lin");
        users.LogIn(openId);

        app.Services.GetRequiredService<SandboxMessages>().Answer("lin", "sandboxTemplateProgress00000000000000000000", accepted: true);
        moderation.Media(Request(openId, "https://example.cn/risky-twice.png"));
        moderation.Media(Request(openId, "https://example.cn/gone.png"));
        moderation.Media(Request(openId, "https://example.cn/gone.png"));

        for (var i = 0; i < 100 && pusher.Events.Count < 4; i++)
        {
            await Task.Delay(20);
        }

        var popup = pusher.Events.Single(e => (string)e["Event"]! == "subscribe_msg_popup_event");
        Assert.Equal((openId, "accept"), ((string)popup["FromUserName"]!, (string)popup["List"]!["SubscribeStatusString"]!));
        var verdicts = pusher.Events.Where(e => (string)e["Event"]! == "wxa_media_check").ToLookup(e => (int)e["errcode"]!);
        Assert.Single(verdicts[-1008]);
        Assert.Equal(2, verdicts[0].Count());
        Assert.Single(verdicts[0].Select(v => (string)v["trace_id"]!).Distinct());
        Assert.All(verdicts[0], v => Assert.Equal("risky", (string)v["result"]!["suggest"]!));
    }

    private static SandboxRequest Request(string openId, string address) => new(
        new DefaultHttpContext(), [], JsonSerializer.SerializeToElement(new { media_url = address, media_type = 2, version = 2, scene = 1, openid = openId }));

    private sealed class Pusher : ISandboxPusher
    {
        public ConcurrentBag<JsonObject> Events { get; } = [];

        public Task PushAsync(JsonObject fields, CancellationToken cancellationToken)
        {
            Events.Add(fields);
            return Task.CompletedTask;
        }
    }
}
