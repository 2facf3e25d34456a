using System.Net;
using System.Net.Http.Json;
using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Beian.MiniApi.Tests.FaceChecks;

public sealed class FaceCheckProviderTests
{
    /// <summary>No region has this code, so nobody has this number.</summary>
    private const string Number = "000000190001010000";

    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("测试甲", FaceCheckOutcome.Passed, null)]
    [InlineData("测试拒", FaceCheckOutcome.Failed, FaceCheckReasons.FaceMismatch)]
    [InlineData("测试待", FaceCheckOutcome.Pending, null)]
    public async Task Read_StartedCheck_GoesByTheName(string name, FaceCheckOutcome outcome, string? reason)
    {
        await using var app = TestApp.Start();
        var provider = app.Get<IFaceCheckProvider>();

        var started = (await provider.StartAsync(new FaceCheckRequest("check-1", name, 2, Number), None)).Value;
        var result = (await provider.ReadAsync(Query(started.ProviderRef, name), None)).Value;

        Assert.Equal((outcome, reason, "check-1"), (result.Status, result.Reason, result.CheckId));
        Assert.Equal(PersonDigest.Of(name, 2, Number), result.PersonDigest);
        Assert.Equal(outcome == FaceCheckOutcome.Pending, result.At is null);
        Assert.InRange(started.ValidFor, TimeSpan.FromHours(23.9), TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task Start_AnyPerson_PutsNothingOfThemIntoTheAddress()
    {
        await using var app = TestApp.Start();

        var started = (await app.Get<IFaceCheckProvider>().StartAsync(new FaceCheckRequest("check-1", "测试甲", 2, Number), None)).Value;
        var page = await app.Client.GetStringAsync(started.Url);
        var done = await (await app.Client.PostAsync(started.Url, null)).Content.ReadAsStringAsync();

        Assert.DoesNotContain(Number, started.Url + started.ProviderRef + page + done, StringComparison.Ordinal);
        Assert.DoesNotContain("测试甲", Uri.UnescapeDataString(started.Url!) + page + done, StringComparison.Ordinal);
        Assert.DoesNotContain(started.ProviderRef, started.Url, StringComparison.Ordinal);
        Assert.Contains("<form method=\"post\">", page, StringComparison.Ordinal);
        Assert.Contains("已完成", done, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_UnknownReference_IsExpired()
    {
        await using var app = TestApp.Start();

        var result = (await app.Get<IFaceCheckProvider>().ReadAsync(Query("../nothing here"), None)).Value;

        Assert.Equal((FaceCheckOutcome.Expired, FaceCheckReasons.Expired), (result.Status, result.Reason));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(41, true)]
    [InlineData(42, true)]
    [InlineData(1, false)]
    [InlineData(11, false)]
    public async Task Start_ByCertificateType_IsSupportedOrRefused(int type, bool supported)
    {
        await using var app = TestApp.Start();
        var provider = app.Get<IFaceCheckProvider>();

        var started = await provider.StartAsync(new FaceCheckRequest("check-1", "测试甲", type, Number), None);

        Assert.Equal(supported, provider.Supports(type));
        Assert.Equal(supported ? null : "faceCheck.notSupported", started.Error?.Code);
    }

    [Fact]
    public async Task Start_ProviderSlow_IsUnavailableInTime()
    {
        await using var slow = await Stub.StartAsync(async http => await Task.Delay(TimeSpan.FromSeconds(20), http.RequestAborted));
        await using var app = TestApp.Start(("FaceCheck:BaseUrl", slow.Address), ("FaceCheck:Timeout", "00:00:00.200"));

        var started = await app.Get<IFaceCheckProvider>().StartAsync(new FaceCheckRequest("check-1", "测试甲", 2, Number), None);

        Assert.Equal("faceCheck.unavailable", started.Error?.Code);
        Assert.Equal(TimeSpan.FromSeconds(30), started.Error?.RetryAfter);
    }

    [Fact]
    public async Task Start_ProviderDownForLong_IsNoLongerAsked()
    {
        await using var down = await Stub.StartAsync(http =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await using var app = TestApp.Start(("FaceCheck:BaseUrl", down.Address));
        var provider = app.Get<IFaceCheckProvider>();

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("faceCheck.unavailable", (await provider.ReadAsync(Query("ref"), None)).Error?.Code);
        }

        Assert.InRange(down.Calls, 1, 6);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("""{"ref":"1"}""")]
    public async Task Start_ProviderTalksNonsense_IsUnavailable(string answer)
    {
        await using var odd = await Stub.StartAsync(http => http.Response.WriteAsync(answer));
        await using var app = TestApp.Start(("FaceCheck:BaseUrl", odd.Address));

        var started = await app.Get<IFaceCheckProvider>().StartAsync(new FaceCheckRequest("check-1", "测试甲", 2, Number), None);

        Assert.Equal("faceCheck.unavailable", started.Error?.Code);
    }

    [Fact]
    public async Task Start_ByTheClient_SendsALengthAndJson()
    {
        string? type = null;
        long? length = null;
        await using var stub = await Stub.StartAsync(http =>
        {
            (type, length) = (http.Request.ContentType, http.Request.ContentLength);
            return http.Response.WriteAsync("""{"ref":"r","url":"https://face.example/x","expiresAt":"2099-01-01T00:00:00Z"}""");
        });
        await using var app = TestApp.Start(("FaceCheck:BaseUrl", stub.Address));

        var started = await app.Get<IFaceCheckProvider>().StartAsync(new FaceCheckRequest("check-1", "测试甲", 2, Number), None);

        Assert.Equal("r", started.Value.ProviderRef);
        Assert.Equal("application/json; charset=utf-8", type);
        Assert.True(length > 0);
    }

    [Fact]
    public async Task Post_SandboxInProduction_IsNotThere()
    {
        await using var app = TestApp.Start("Production", null, Logins.ProductionSettings);

        var answer = await app.Client.PostAsJsonAsync("/sandbox/face/checks", new { checkId = "1", name = "a", certificateType = 2, certificateNumber = "1" });

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static FaceCheckQuery Query(string reference, string name = "测试甲") => new(reference, new FaceCheckRequest("check-1", name, 2, Number));

    /// <summary>A provider that behaves as told.</summary>
    private sealed class Stub : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private int _calls;

        private Stub(WebApplication app) => _app = app;

        public string Address => _app.Urls.First() + "/";

        public int Calls => _calls;

        public static async Task<Stub> StartAsync(Func<HttpContext, Task> answer)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var stub = new Stub(builder.Build());
            stub._app.Run(http =>
            {
                Interlocked.Increment(ref stub._calls);
                return answer(http);
            });
            await stub._app.StartAsync();
            return stub;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
