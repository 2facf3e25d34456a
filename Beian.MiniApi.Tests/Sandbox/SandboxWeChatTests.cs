using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Sandbox.WeChat;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.WeChat;
using Microsoft.AspNetCore.Routing;

namespace Beian.MiniApi.Tests.Sandbox;

public sealed class SandboxWeChatTests(SandboxWeChatTests.Running running) : IClassFixture<SandboxWeChatTests.Running>
{
    private const string Login = "/sandbox/wechat/sns/jscode2session";
    private const string Stable = "/sandbox/wechat/cgi-bin/stable_token";
    private const string Plain = "/sandbox/wechat/cgi-bin/token";
    private const string App = "appid=wxapp&secret=s3";

    private readonly TestApp _app = running.App;

    [Fact]
    public async Task Client_PointedAtSelf_LogsTheNamedUserInWithEveryNewCode()
    {
        var client = _app.Get<IWeChatClient>();

        var first = (await client.Code2SessionAsync("sandbox-alice", default)).Value;
        var second = (await client.Code2SessionAsync("sandbox-alice-2", default)).Value;
        var other = (await client.Code2SessionAsync("sandbox-bob", default)).Value;

        Assert.Equal(first, second);
        Assert.NotEqual(first.OpenId, other.OpenId);
        Assert.Matches("^o[A-Za-z0-9_-]{27}$", first.OpenId);
        Assert.Equal(16, Convert.FromBase64String(first.SessionKey).Length);
        Assert.Equal(SandboxLogins.OpenId("wxapp", "alice"), first.OpenId);
    }

    [Theory]
    [InlineData("sandbox-used", "auth.codeUsed")]
    [InlineData("sandbox-busy", "wechat.rateLimited")]
    [InlineData("sandbox-down", "wechat.unavailable")]
    [InlineData("sandbox-blocked", "wechat.userBlocked")]
    [InlineData("sandbox-phone-13800000001", "auth.codeInvalid")]
    [InlineData("sandbox-", "auth.codeInvalid")]
    [InlineData("sandbox--2", "auth.codeInvalid")]
    [InlineData("sandbox-a b", "auth.codeInvalid")]
    [InlineData("alice", "auth.codeInvalid")]
    public async Task Client_PointedAtSelf_MeetsTheFailureItAsksFor(string code, string expected) =>
        Assert.Equal(expected, (await _app.Get<IWeChatClient>().Code2SessionAsync(code, default)).Error?.Code);

    [Fact]
    public async Task Client_PointedAtSelf_GetsAToken()
    {
        var token = (await _app.Get<IWeChatClient>().GetAccessTokenAsync(default)).Value;

        Assert.Matches("^[0-9]{2}_[A-Za-z0-9_-]{130}$", token.Value);
        Assert.InRange(token.ExpiresAt - token.FetchedAt, TimeSpan.FromSeconds(7100), TimeSpan.FromSeconds(7200));
    }

    [Theory]
    [InlineData("", 41002)]
    [InlineData("appid=other", 41004)]
    [InlineData("appid=other&secret=no", 40013)]
    [InlineData("appid=wxapp&secret=no", 40125)]
    [InlineData(App, 40002)]
    [InlineData(App + "&grant_type=client_credential", 40002)]
    [InlineData(App + "&grant_type=authorization_code", 41008)]
    [InlineData(App + "&grant_type=authorization_code&js_code=x", 40029)]
    public async Task Code2Session_SeveralThingsWrong_NamesTheFirst(string query, int errcode)
    {
        var answer = await _app.Client.GetAsync($"{Login}?{query}");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.ToString());
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(errcode, body.GetProperty("errcode").GetInt32());
        Assert.Matches("^[a-z_ ]+, rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$", body.GetProperty("errmsg").GetString());
    }

    [Fact]
    public async Task Code2Session_CodeSentTwice_IsRefusedTheSecondTime()
    {
        const string request = Login + "?" + App + "&grant_type=authorization_code&js_code=sandbox-carol";

        var first = await _app.Client.GetFromJsonAsync<JsonElement>(request);
        var second = await _app.Client.GetFromJsonAsync<JsonElement>(request);

        Assert.Equal(["session_key", "openid"], first.EnumerateObject().Select(p => p.Name));
        Assert.Equal(40163, second.GetProperty("errcode").GetInt32());
    }

    [Fact]
    public async Task Code2Session_Down_IsAnEmptyHttp500()
    {
        var answer = await _app.Client.GetAsync(Login + "?" + App + "&grant_type=authorization_code&js_code=sandbox-down");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("", 44002)]
    [InlineData("{", 47001)]
    [InlineData("[]", 47001)]
    [InlineData("{\"appid\":\"\\u4e2d\"}", 40033)]
    [InlineData("{}", 41002)]
    [InlineData("{\"appid\":\"other\"}", 41004)]
    [InlineData("{\"appid\":\"other\",\"secret\":\"no\"}", 40013)]
    [InlineData("{\"appid\":\"wxapp\",\"secret\":\"no\"}", 40125)]
    [InlineData("{\"appid\":\"wxapp\",\"secret\":\"s3\"}", 40002)]
    public async Task StableToken_SeveralThingsWrong_NamesTheFirst(string json, int errcode)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");

        var answer = await _app.Client.PostAsync(Stable, content);

        Assert.Equal("application/json; encoding=utf-8", answer.Content.Headers.GetValues("Content-Type").Single());
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(errcode, body.GetProperty("errcode").GetInt32());
        Assert.Matches("[^,] rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$", body.GetProperty("errmsg").GetString());
    }

    [Fact]
    public async Task Calls_WithTheWrongMethod_SayWhichIsRight()
    {
        var got = await _app.Client.GetFromJsonAsync<JsonElement>(Stable);
        using var empty = new StringContent(string.Empty);
        var posted = await (await _app.Client.PostAsync(Login, empty)).Content.ReadAsStringAsync();

        Assert.Equal(43002, got.GetProperty("errcode").GetInt32());
        Assert.Contains("\"errcode\":43001", posted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StableToken_BodyInChunks_IsRefusedByTheGateway()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Stable) { Content = JsonContent.Create(new { appid = "wxapp" }) };
        request.Headers.TransferEncodingChunked = true;

        var answer = await _app.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task StableToken_AskedTwice_IsTheSameAndApartFromTheOldCall()
    {
        var first = await StableAsync(false);
        var plain = await _app.Client.GetFromJsonAsync<JsonElement>($"{Plain}?{App}&grant_type=client_credential");

        Assert.Equal(first, await StableAsync(false));
        Assert.NotEqual(first, plain.GetProperty("access_token").GetString());
        var forced = await StableAsync(true);
        Assert.NotEqual(first, forced);
        Assert.Equal(forced, await StableAsync(true));
        var worlds = _app.Get<SandboxTokenWorlds>();
        Assert.NotNull(worlds.Stable.Judge(first));
        Assert.Null(worlds.Stable.Judge(forced));
        Assert.Null(worlds.Plain.Judge(plain.GetProperty("access_token").GetString()));
    }

    [Fact]
    public async Task TokenCalls_FromAnAddressOffTheWhitelist_AreRefused()
    {
        await using var guarded = TestApp.Start(
            ("WeChat:AppId", "wxapp"), ("WeChat:AppSecret", "s3"), ("WeChat:BaseUrl", "self"), ("Sandbox:WeChat:AllowedAddresses:0", "203.0.113.7"));

        Assert.Equal("wechat.config", (await guarded.Get<IWeChatClient>().GetAccessTokenAsync(default)).Error?.Code);
        Assert.Null((await guarded.Get<IWeChatClient>().Code2SessionAsync("sandbox-dora", default)).Error);
    }

    [Fact]
    public async Task Sandbox_InProduction_IsNotThere()
    {
        await using var production = TestApp.Start("Production", null, Logins.ProductionSettings);

        Assert.Equal(HttpStatusCode.NotFound, (await production.Client.GetAsync($"{Login}?{App}")).StatusCode);
    }

    [Fact]
    public async Task Client_PointedAtSelfInProduction_DoesNotStart()
    {
        var folder = Directory.CreateTempSubdirectory("beian-self-");

        var (code, output) = await ChildProgram.RefuseAsync(folder.FullName, [.. Logins.ProductionSettings, ("ASPNETCORE_ENVIRONMENT", "Production"), ("WeChat:BaseUrl", "self")]);

        folder.Delete(recursive: true);
        Assert.Equal(1, code);
        Assert.Contains("'self'", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Routes_OfTheSandbox_AreOutsideTheApiDescription()
    {
        var routes = _app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/sandbox/wechat/", StringComparison.Ordinal)).ToList();

        Assert.All(WeChatCall.All.Select(c => c.Path).Append("push"), p => Assert.Contains(routes, r => r.RoutePattern.RawText!.TrimEnd('/') == "/sandbox/wechat/" + p));
        Assert.All(routes, r => Assert.True(r.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription));
    }

    private async Task<string> StableAsync(bool force)
    {
        var json = JsonSerializer.Serialize(new { grant_type = "client_credential", appid = "wxapp", secret = "s3", force_refresh = force });
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        var answer = await _app.Client.PostAsync(Stable, content);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("access_token").GetString()!;
    }

    /// <summary>One program for all of these tests; each uses login codes of its own.</summary>
    public sealed class Running : IAsyncLifetime
    {
        public TestApp App { get; } = TestApp.Start(("WeChat:AppId", "wxapp"), ("WeChat:AppSecret", "s3"), ("WeChat:BaseUrl", "self"));

        public Task InitializeAsync() => Task.CompletedTask;

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
