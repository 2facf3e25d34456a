using System.Net;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Ocr;

/// <summary>WeChat's recognition failing in every way: with a filing the picture is kept and typed by hand, without one the caller is told.</summary>
public sealed class OcrFaultTests(OcrFaultTests.Running running) : IClassFixture<OcrFaultTests.Running>, IAsyncLifetime
{
    /// <summary>Short patience with slow answers, and a breaker that never opens.</summary>
    private static readonly (string, string)[] Settings = [("WeChat:PictureAttemptTimeoutMilliseconds", "2000"), ("WeChat:PictureCallTimeoutMilliseconds", "3000"), ("WeChat:BreakerMinimumAttempts", "1000")];

    private readonly TestApp _app = running.App;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _app.MendAsync();

    public static TheoryData<string, int?, int, string, string> Faults() => new()
    {
        // Fault, errcode, status and code without a filing, status of the recognition with one.
        { "slow", null, 504, "wechat.timeout", "unavailable" },
        { "http5xx", null, 503, "wechat.busy", "unavailable" },
        { "malformedJson", null, 503, "wechat.busy", "unavailable" },
        { "dropped", null, 503, "wechat.busy", "unavailable" },
        { "errcode", -1, 503, "wechat.busy", "unavailable" },
        { "errcode", 101001, 422, "ocr.notFound", "unreadable" },
        { "errcode", 101002, 422, "ocr.imageInvalid", "unreadable" },
        { "errcode", 101003, 503, "ocr.quota", "unavailable" },
        { "errcode", 45009, 503, "wechat.quota", "unavailable" },
        { "errcode", 48001, 500, "wechat.config", "unavailable" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Read_WeChatFails_IsNoDeadEnd(string kind, int? errcode, int status, string code, string recognition)
    {
        // A quota that is used up closes the endpoint until tomorrow.
        await using var own = errcode is 101003 or 45009 ? TestApp.Start(Settings) : null;
        var app = own ?? _app;
        using var client = await app.ApplicantAsync($"stricken{kind}{errcode}".Replace('-', 'm'));
        var filing = (await (await client.PostAsync("/api/v1/filings", Issuers.Text("{}", "application/json"))).JsonAsync(201)).GetProperty("id").GetString();
        await app.FaultAsync(new { endpoint = "wechat/cv/ocr", kind, errcode, delayMilliseconds = kind == "slow" ? 10_000 : 0 });

        foreach (var route in new[] { OcrCalls.IdCard, OcrCalls.Licence })
        {
            var alone = await client.ReadAsync(route, OcrCalls.Picture());
            Assert.Equal(status, (int)alone.StatusCode);
            Assert.Equal(code, await alone.CodeAsync());
            Assert.Equal(status is 503 or 504, alone.Headers.RetryAfter is not null);

            var problem = await alone.JsonAsync(status);
            Assert.Contains("手动填写", Text(problem, "remedy"), StringComparison.Ordinal);
            Assert.Equal(status == 422 ? "/file" : null, problem.TryGetProperty("errors", out var errors) ? Text(errors[0], "pointer") : null);

            var kept = await (await client.ReadAsync($"{route}?filingId={filing}", OcrCalls.Picture())).JsonAsync();
            Assert.Equal((recognition, code), (Text(kept.GetProperty("recognition"), "status"), Text(kept.GetProperty("recognition"), "code")));
            Assert.Contains("手动填写", Text(kept.GetProperty("recognition"), "message"), StringComparison.Ordinal);
            Assert.Equal(code.StartsWith("wechat.", StringComparison.Ordinal), Text(kept.GetProperty("recognition"), "message")!.Contains("图片已保存", StringComparison.Ordinal));
            Assert.Equal(JsonValueKind.Object, kept.GetProperty("material").ValueKind);
            Assert.Null(Text(kept, "name"));
        }

        Assert.Equal(2, (await (await client.GetAsync($"/api/v1/filings/{filing}")).JsonAsync()).GetProperty("materials").GetArrayLength());
    }

    /// <summary>WeChat's own habit; what counts is the body.</summary>
    [Fact]
    public async Task Read_AnswerCalledHtml_IsReadAllTheSame()
    {
        await using var app = TestApp.Start();
        using var client = await app.ApplicantAsync("typist");
        await app.FaultAsync(new { endpoint = "wechat/cv/ocr", kind = "wrongContentType" });

        Assert.Equal("林示例", Text(await (await client.ReadAsync(OcrCalls.IdCard, OcrCalls.Picture())).JsonAsync(), "name"));
    }

    /// <summary>Once the breaker is open nobody waits any more; when it closes again, pictures are read again.</summary>
    [Fact]
    public async Task Read_BreakerOpen_IsAnsweredAtOnceAndRecovers()
    {
        await using var app = TestApp.Start(("WeChat:BreakerMinimumAttempts", "3"), ("WeChat:BreakerPauseMilliseconds", "4000"));
        using var client = await app.ApplicantAsync("broken");
        await app.FaultAsync(new { endpoint = "wechat/cv/ocr", kind = "http5xx" });
        for (var i = 0; i < 3; i++)
        {
            await client.ReadAsync(OcrCalls.IdCard, OcrCalls.Picture());
        }

        var calls = await CallsAsync(app);
        var refused = await client.ReadAsync(OcrCalls.IdCard, OcrCalls.Picture());
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "wechat.busy"), (refused.StatusCode, await refused.CodeAsync()));
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal(calls, await CallsAsync(app));

        await app.MendAsync();
        HttpResponseMessage again;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        do
        {
            await Task.Delay(500);
            again = await client.ReadAsync(OcrCalls.IdCard, OcrCalls.Picture());
        }
        while (!again.IsSuccessStatusCode && watch.Elapsed < TimeSpan.FromSeconds(60));
        await again.JsonAsync();
    }

    /// <summary>While recognition hangs, everything else of the product answers as ever.</summary>
    [Fact]
    public async Task Read_WhileItHangs_HoldsUpNobodyElse()
    {
        await using var app = TestApp.Start(("WeChat:PictureAttemptTimeoutMilliseconds", "30000"), ("WeChat:PictureCallTimeoutMilliseconds", "60000"));
        using var client = await app.ApplicantAsync("patient");
        await app.FaultAsync(new { endpoint = "wechat/cv/ocr", kind = "slow", delayMilliseconds = 6_000 });
        var hanging = Enumerable.Range(0, 10).Select(_ => client.ReadAsync(OcrCalls.IdCard, OcrCalls.Picture())).ToArray();

        for (var i = 0; i < 20; i++)
        {
            await (await client.GetAsync("/api/v1/me")).JsonAsync();
        }

        Assert.All(hanging, h => Assert.False(h.IsCompleted));
        Assert.All(await Task.WhenAll(hanging), a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
    }

    private static async Task<int> CallsAsync(TestApp app) =>
        (await (await app.Client.GetAsync("/sandbox/faults")).JsonAsync()).GetProperty("items")[0].GetProperty("calls").GetInt32();

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    /// <summary>One program for all tests of the class, which run one after the other; each leaves it without faults.</summary>
    public sealed class Running : IAsyncLifetime
    {
        internal TestApp App { get; } = TestApp.Start(Settings);

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
