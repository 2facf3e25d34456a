using System.Net;
using System.Text.RegularExpressions;
using Beian.MiniApi.Sandbox.Faults;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Beian.MiniApi.Tests.Platform;

/// <summary>The start page has something to scan, or says what to do instead, and never waits for WeChat.</summary>
public sealed partial class StartPictureTests
{
    private static readonly (string, string) On = ("StartPage:MiniProgramCode", "true");

    /// <summary>Nobody listens there.</summary>
    private static readonly (string, string) NoWeChat = ("WeChat:BaseUrl", "http://127.0.0.1:9");

    [Fact]
    public async Task Get_InTheSandbox_ShowsItsPlaceholderInBothLanguages()
    {
        await using var app = TestApp.Start(On);

        var chinese = await WithPictureAsync(app);
        var english = await GetAsync(app, "en");

        Assert.Matches("<img src=\"data:image/(png|jpeg);base64,[A-Za-z0-9+/=]{100,}\" alt=\"小程序码占位图，不能扫描\"", chinese);
        Assert.Contains("alt=\"Placeholder for the Mini Program code; it cannot be scanned\"", english, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"zh-CN\">", chinese, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", english, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AnyPage_RunsNothingAndLoadsNothing()
    {
        await using var app = TestApp.Start(On);
        var page = await WithPictureAsync(app);

        var answer = await app.Client.GetAsync("/");
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));

        Assert.StartsWith("default-src 'none'; img-src data:; style-src 'sha256-", policy, StringComparison.Ordinal);
        var style = Style().Match(page).Groups[1].Value;
        Assert.Contains(Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style))), policy, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Accept-Language", Assert.Single(answer.Headers.Vary));
    }

    [Fact]
    public async Task Get_WithoutWeChatButWithALink_ShowsAQrCodeOfIt()
    {
        await using var app = TestApp.Start(On, NoWeChat, ("StartPage:Link", "https://example.cn/open?a=1&b=<2>"));

        var page = await GetAsync(app, "zh-CN");

        Assert.Contains("alt=\"打开备案小程序的二维码\"", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://example.cn/open?a=1&amp;b=&lt;2&gt;\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WithoutWeChatAndWithoutALink_SaysWhatToDo()
    {
        await using var app = TestApp.Start(On, NoWeChat);

        var page = await GetAsync(app, "zh-CN");

        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("请在微信中搜索", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WithACodeRefusedByWeChat_ShowsAQrCodeOfALinkMadeThere()
    {
        await using var app = TestApp.Start(
            "Development", null, services => services.AddHostedService<NoCodes>(), On);

        var page = await WithPictureAsync(app);

        Assert.Contains("alt=\"打开备案小程序的二维码\"", page, StringComparison.Ordinal);
        Assert.Matches("<a href=\"https://wxaurl.cn/[0-9a-f]+\">", page);
    }

    [Fact]
    public async Task Get_WithASlowWeChat_AnswersAtOnce()
    {
        await using var app = TestApp.Start("Development", null, services => services.AddHostedService<SlowWeChat>(), On, ("WeChat:PictureAttemptTimeoutMilliseconds", "30000"), ("WeChat:PictureCallTimeoutMilliseconds", "30000"));
        await GetAsync(app, "en");
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Assert.Contains("请在微信中搜索", await GetAsync(app, "zh-CN"), StringComparison.Ordinal);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"It took {watch.Elapsed}.");
    }

    private static async Task<string> WithPictureAsync(TestApp app)
    {
        for (var i = 0; i < 100; i++)
        {
            var page = await GetAsync(app, "zh-CN");
            if (page.Contains("<img", StringComparison.Ordinal))
            {
                return page;
            }

            await Task.Delay(100);
        }

        throw new InvalidOperationException("There is no picture after ten seconds.");
    }

    private static async Task<string> GetAsync(TestApp app, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Accept-Language", language);
        using var answer = await app.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    /// <summary>Switches a fault of the sandbox on before the program asks WeChat for anything.</summary>
    private abstract class FaultFromTheStart(IServiceProvider services, SandboxFault fault) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            Assert.NotNull(services.GetRequiredService<SandboxFaults>().Set(fault));
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

#pragma warning disable CA1812 // Made by the container.
    private sealed class NoCodes(IServiceProvider services) : FaultFromTheStart(services, new SandboxFault("wechat/wxa/getwxacodeunlimit", SandboxFaultKind.Errcode) { Errcode = 41030 });

    private sealed class SlowWeChat(IServiceProvider services) : FaultFromTheStart(services, new SandboxFault("wechat", SandboxFaultKind.Slow) { DelayMilliseconds = 20_000 });
#pragma warning restore CA1812
}
