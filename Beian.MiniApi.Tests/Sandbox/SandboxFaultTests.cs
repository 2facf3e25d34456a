using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Sandbox.Faults;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.WeChat;

namespace Beian.MiniApi.Tests.Sandbox;

/// <summary>Faults that are switched on, and what is met then. Each test has a program of its own: faults are for all of it.</summary>
public sealed class SandboxFaultTests : IAsyncLifetime
{
    private readonly TestApp _app = TestApp.Start(("WeChat:AppId", "wxapp"), ("WeChat:AppSecret", "s3"), ("WeChat:BaseUrl", "self"), ("WeChat:AttemptTimeoutMilliseconds", "500"), ("WeChat:CallTimeoutMilliseconds", "800"));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task PutFault_EveryKind_IsMetByTheClient()
    {
        var client = _app.Get<IWeChatClient>();
        await client.GetAccessTokenAsync(default);
        foreach (var (fault, code) in ((object, string?)[])
        [
            (new { endpoint = "wechat/wxaapi", kind = "slow", delayMilliseconds = 2_000 }, "wechat.timeout"),
            (new { endpoint = "wechat/wxaapi", kind = "http5xx" }, "wechat.busy"),
            (new { endpoint = "wechat/wxaapi", kind = "malformedJson" }, "wechat.busy"),
            (new { endpoint = "wechat/wxaapi", kind = "wrongContentType" }, null),
            (new { endpoint = "wechat/wxaapi", kind = "dropped" }, "wechat.busy"),
            (new { endpoint = "wechat/wxaapi", kind = "errcode", errcode = 45011 }, "wechat.rateLimited"),
        ])
        {
            await SetAsync(fault);
            var met = (await client.ListTemplatesAsync(default)).Error?.Code;
            await _app.Client.DeleteAsync("/sandbox/faults");

            Assert.True(met == code || (code == "wechat.busy" && met == "wechat.timeout"), $"{fault} came to {met}");
        }

        Assert.Null((await client.ListTemplatesAsync(default)).Error);
    }

    [Fact]
    public async Task PutFault_Dropped_HappensAfterTheEffect()
    {
        var client = _app.Get<IWeChatClient>();
        await client.GetAccessTokenAsync(default);
        await SetAsync(new { endpoint = "wechat/wxa/business", kind = "dropped", times = 1 });

        Assert.Equal("wechat.busy", (await client.GetPhoneNumberAsync("sandbox-phone-13800000001", null, default)).Error?.Code);
        Assert.Equal("wechat.codeInvalid", (await client.GetPhoneNumberAsync("sandbox-phone-13800000001", null, default)).Error?.Code);
        var counted = (await _app.Client.GetFromJsonAsync<JsonElement>("/sandbox/faults")).GetProperty("items")[0];
        Assert.Equal((2, 1), (counted.GetProperty("calls").GetInt32(), counted.GetProperty("met").GetInt32()));
    }

    [Theory]
    [InlineData("rdap", "/sandbox/rdap/domain/xinghe-demo.cn")]
    [InlineData("dns", "/sandbox/dns/xinghe-demo.cn")]
    [InlineData("face", "/sandbox/face/checks/unknown")]
    public async Task PutFault_OfAnotherService_IsMetThere(string endpoint, string path)
    {
        var before = (await _app.Client.GetAsync(path)).StatusCode;
        await SetAsync(new { endpoint, kind = "http5xx" });

        var broken = await _app.Client.GetAsync(path);

        Assert.Equal((HttpStatusCode.BadGateway, "text/html"), (broken.StatusCode, broken.Content.Headers.ContentType?.MediaType));
        Assert.Equal(HttpStatusCode.OK, (await _app.Client.PutAsJsonAsync("/sandbox/rdap/xinghe-demo.cn", new { resolves = false })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _app.Client.DeleteAsync($"/sandbox/faults?endpoint={endpoint}")).StatusCode);
        Assert.Equal(before, (await _app.Client.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task PutFault_Slow_AnswersLateAndWhole()
    {
        await SetAsync(new { endpoint = "dns", kind = "slow", delayMilliseconds = 400 });
        var watch = Stopwatch.StartNew();

        var answer = await _app.Client.GetFromJsonAsync<JsonElement>("/sandbox/dns/xinghe-demo.cn");

        Assert.Equal("xinghe-demo.cn", answer.GetProperty("name").GetString());
        Assert.True(watch.ElapsedMilliseconds >= 390);
    }

    [Theory]
    [InlineData("""{"endpoint":"elsewhere","kind":"slow"}""")]
    [InlineData("""{"endpoint":"wechatter","kind":"slow"}""")]
    [InlineData("""{"endpoint":"rdap","kind":"errcode","errcode":-1}""")]
    [InlineData("""{"endpoint":"wechat","kind":"errcode"}""")]
    [InlineData("""{"endpoint":"wechat","kind":"slow","errcode":1}""")]
    [InlineData("""{"endpoint":"wechat","kind":"slow","probability":0}""")]
    [InlineData("""{"endpoint":"wechat","kind":"slow","probability":1.1}""")]
    [InlineData("""{"endpoint":"wechat","kind":"slow","delayMilliseconds":60001}""")]
    [InlineData("""{"endpoint":"wechat","kind":"slow","times":0}""")]
    public async Task PutFault_ThatMakesNoSense_IsRefused(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        var answer = await _app.Client.PutAsync("/sandbox/faults", content);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "sandbox.badFault"), (answer.StatusCode, await answer.CodeAsync()));
    }

    [Fact]
    public void Next_SameSeed_ChoosesTheSameCalls()
    {
        var runs = Enumerable.Range(0, 2).Select(_ => Draws(seed: 7)).ToList();

        Assert.Equal(runs[0], runs[1]);
        Assert.NotEqual(runs[0], Draws(seed: 8));
        Assert.InRange(runs[0].Count(m => m is not null), 60, 140);
        Assert.Equal(5, runs[0].OfType<SandboxFaultKind>().Distinct().Count());
    }

    [Fact]
    public async Task LogIn_WithATenthOfTheCallsFailing_EndsInALoginOrACodeThatSaysWhy()
    {
        await SetAsync(new { endpoint = "*", kind = "mixed", probability = 0.1, seed = 3, delayMilliseconds = 50 });

        var codes = new List<string?>();
        for (var i = 0; i < 60; i++)
        {
            codes.Add((await _app.Get<IWeChatClient>().Code2SessionAsync($"sandbox-lin-{i}", default)).Error?.Code);
        }

        Assert.Subset(new HashSet<string?> { null, "wechat.unavailable" }, codes.ToHashSet());
        Assert.InRange(codes.Count(c => c is null), 48, 59);
    }

    private static List<SandboxFaultKind?> Draws(int seed)
    {
        var faults = new SandboxFaults();
        Assert.NotNull(faults.Set(new SandboxFault("wechat", SandboxFaultKind.Mixed) { Probability = 0.1, Seed = seed }));
        return [.. Enumerable.Range(0, 1_000).Select(_ => faults.Next("wechat/cv/ocr/idcard")?.Kind)];
    }

    private async Task SetAsync(object fault) => Assert.Equal(HttpStatusCode.OK, (await _app.Client.PutAsJsonAsync("/sandbox/faults", fault)).StatusCode);
}
