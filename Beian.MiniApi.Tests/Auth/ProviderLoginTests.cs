using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Sandbox.Oidc;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Beian.MiniApi.Tests.Auth;

/// <summary>Logins at the identity provider that the sandbox plays, over real HTTP.</summary>
public sealed class ProviderLoginTests
{
    private const string Reviewer = "sandbox-1001";
    private const string Admin = "sandbox-1002";

    private static readonly Uri Start = new("/api/v1/staff/oidc/start", UriKind.Relative);
    private static readonly Uri Queue = new("/api/v1/review/filings", UriKind.Relative);

    private static readonly (string, string)[] Oidc = [("Staff:Login", "oidc"), ("Staff:Oidc:RefreshAtMostEvery", "00:00:00"), ("Staff:Oidc:Break", "00:00:00.500")];

    [Fact]
    public async Task LogIn_FirstAndSecondTime_IsOneMember()
    {
        await using var app = TestApp.Start(Oidc);

        var first = await LogInAsync(app, Admin);
        var second = await LogInAsync(app, Admin);
        var other = await LogInAsync(app, Reviewer);

        Assert.Equal(StaffId(first), StaffId(second));
        Assert.NotEqual(StaffId(first), StaffId(other));
        var admin = app.ClientOf(second.GetProperty("accessToken").GetString()!);
        var listed = (await admin.GetFromJsonAsync<JsonElement>("/api/v1/admin/staff")).GetProperty("items").EnumerateArray().Where(m => m.GetProperty("active").GetBoolean()).ToArray();
        Assert.Equal(["审核员甲（示例）", "管理员乙（示例）"], listed.Select(m => m.GetProperty("userName").GetString()));
        Assert.False(first.GetProperty("staff").TryGetProperty("demands", out _));
        Assert.Equal("auth.loginIsOidc", await (await admin.PostAsync(new Uri("/api/v1/staff/totp", UriKind.Relative), null)).CodeAsync());
        Assert.Equal("auth.loginIsOidc", await (await admin.PostAsJsonAsync("/api/v1/staff/password", new { current = "a", next = "b" })).CodeAsync());
    }

    [Theory]
    [InlineData(Reviewer, "reviewer")]
    [InlineData(Admin, "admin")]
    [InlineData("sandbox-1003", "admin")]
    [InlineData("sandbox-1004", null)]
    public async Task LogIn_ByTheClaim_GivesTheMappedRole(string person, string? role)
    {
        await using var app = TestApp.Start(Oidc);

        var answer = await FinishAsync(app, await AuthorizeAsync(app, person));

        if (role is null)
        {
            Assert.Equal((HttpStatusCode.Forbidden, "auth.providerRole"), (answer.StatusCode, await answer.CodeAsync()));
            return;
        }

        Assert.True(answer.Headers.CacheControl?.NoStore);
        var login = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(role, login.GetProperty("staff").GetProperty("role").GetString());
        Assert.Equal(HttpStatusCode.OK, (await app.ClientOf(login.GetProperty("accessToken").GetString()!).GetAsync(Queue)).StatusCode);
    }

    [Fact]
    public async Task LogIn_Begun_HasFreshStateNonceAndChallenge()
    {
        await using var app = TestApp.Start(Oidc);

        var (first, second) = (await BeginAsync(app), await BeginAsync(app));

        var (a, b) = (Query(first), Query(second));
        Assert.Equal(("code", "S256", "beian-console"), (a["response_type"], a["code_challenge_method"], a["client_id"]));
        Assert.Equal(first.GetProperty("state").GetString(), a["state"]);
        Assert.All(new[] { "state", "nonce", "code_challenge" }, m => Assert.True(a[m].Length == 43 && a[m] != b[m]));
        Assert.InRange(first.GetProperty("expiresAt").GetDateTimeOffset() - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        var page = await app.Client.GetStringAsync(new Uri(first.GetProperty("url").GetString()!));
        Assert.Contains("person=" + Admin, page, StringComparison.Ordinal);
    }

    public static TheoryData<SandboxOidcLie, string> Lies()
    {
        var data = new TheoryData<SandboxOidcLie, string>();
        foreach (var lie in Enum.GetValues<SandboxOidcLie>().Where(l => l != SandboxOidcLie.None))
        {
            data.Add(lie, lie switch
            {
                SandboxOidcLie.InvalidGrant or SandboxOidcLie.Nonce or SandboxOidcLie.NoNonce => "auth.providerRefused",
                SandboxOidcLie.InvalidClient => "auth.providerMisconfigured",
                _ => "auth.providerUnavailable",
            });
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task LogIn_ProviderThatLies_IsNotBelieved(SandboxOidcLie lie, string code)
    {
        await using var app = TestApp.Start(Oidc);
        (string, string)? authorized = lie is SandboxOidcLie.OtherDiscovery or SandboxOidcLie.NoKeys ? null : await AuthorizeAsync(app, Admin);
        await BehaveAsync(app, lie);

        var answer = authorized is null ? await app.Client.PostAsync(Start, null) : await FinishAsync(app, authorized);

        Assert.Equal(code, await answer.CodeAsync());
        Assert.Equal(
            code switch { "auth.providerRefused" => HttpStatusCode.Unauthorized, "auth.providerMisconfigured" => HttpStatusCode.InternalServerError, _ => HttpStatusCode.ServiceUnavailable },
            answer.StatusCode);
        Assert.Equal(answer.StatusCode == HttpStatusCode.ServiceUnavailable, answer.Headers.RetryAfter is not null);
        await BehaveAsync(app, SandboxOidcLie.None);
        await LogInAsync(app, Admin);
    }

    /// <summary>Only those who wait for it notice an outage; a refusal of this service is none, and is told to the operators by its status.</summary>
    [Fact]
    public async Task LogIn_ProviderThatRefusesThisService_IsNotLeftAlone()
    {
        var log = new LogBook();
        await using var app = TestApp.Start("Development", null, s => s.AddSingleton<ILoggerProvider>(log), [.. Oidc[..2], ("Staff:Oidc:Break", "00:05:00")]);
        var authorized = new List<(string, string)>();
        for (var i = 0; i < 6; i++)
        {
            authorized.Add(await AuthorizeAsync(app, Admin));
        }

        await BehaveAsync(app, SandboxOidcLie.InvalidClient);
        foreach (var one in authorized)
        {
            Assert.Equal("auth.providerMisconfigured", await (await FinishAsync(app, one)).CodeAsync());
        }

        await BehaveAsync(app, SandboxOidcLie.None);
        await LogInAsync(app, Admin);
        Assert.Contains("The identity provider refuses this service with status 401", log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LogIn_AfterTheKeysChanged_ReadsThemAgain(bool ecdsa)
    {
        await using var app = TestApp.Start(Oidc);
        await LogInAsync(app, Admin);
        await BehaveAsync(app, SandboxOidcLie.None, ecdsa);

        (await app.Client.PostAsync(new Uri("/sandbox/oidc/keys?drop=true", UriKind.Relative), null)).EnsureSuccessStatusCode();

        await LogInAsync(app, Admin);
    }

    [Fact]
    public async Task LogIn_KeysReadJustNow_AreNotReadForEveryUnknownKey()
    {
        await using var app = TestApp.Start([.. Oidc[..1], ("Staff:Oidc:RefreshAtMostEvery", "00:10:00")]);
        await LogInAsync(app, Admin);
        var authorized = await AuthorizeAsync(app, Admin);
        (await app.Client.PostAsync(new Uri("/sandbox/oidc/keys?drop=true", UriKind.Relative), null)).EnsureSuccessStatusCode();

        Assert.Equal("auth.providerUnavailable", await (await FinishAsync(app, authorized)).CodeAsync());
    }

    [Fact]
    public async Task Finish_TwiceOrAlone_IsRefused()
    {
        await using var app = TestApp.Start(Oidc);
        var authorized = await AuthorizeAsync(app, Admin);
        var other = await AuthorizeAsync(app, Reviewer);

        Assert.Equal("auth.providerRefused", await (await FinishAsync(app, (authorized.Code, "never-given"))).CodeAsync());
        Assert.Equal("auth.providerRefused", await (await FinishAsync(app, (string.Empty, string.Empty))).CodeAsync());
        Assert.Equal(HttpStatusCode.OK, (await FinishAsync(app, authorized)).StatusCode);
        Assert.Equal("auth.providerRefused", await (await FinishAsync(app, authorized)).CodeAsync());

        // A code that was taken from somebody else's redirect does not fit this login's proof.
        var mine = await BeginAsync(app);
        Assert.Equal("auth.providerRefused", await (await FinishAsync(app, (other.Code, mine.GetProperty("state").GetString()!))).CodeAsync());
    }

    [Fact]
    public async Task Finish_AtOnceManyTimes_LetsOneIn()
    {
        await using var app = TestApp.Start(Oidc);
        var authorized = await AuthorizeAsync(app, Admin);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => FinishAsync(app, authorized)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal(5, answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task Finish_AfterTenMinutes_IsRefused()
    {
        var time = new StillTime();
        await using var app = StaffAtWork.Start(time, Oidc);
        var begun = await BeginAsync(app);

        time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal("auth.providerRefused", await (await FinishAsync(app, ("any", begun.GetProperty("state").GetString()!))).CodeAsync());
    }

    [Fact]
    public async Task Refresh_AgainAndAgain_NeverOutlivesTheLogin()
    {
        var time = new StillTime();
        await using var app = StaffAtWork.Start(time, Oidc);
        var login = await LogInAsync(app, Admin);
        for (var hour = 4; hour < 12; hour += 4)
        {
            time.Advance(TimeSpan.FromHours(4));
            var refreshed = await app.Client.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = login.GetProperty("refreshToken").GetString() });
            login = await refreshed.Content.ReadFromJsonAsync<JsonElement>();
        }

        time.Advance(TimeSpan.FromHours(4) - TimeSpan.FromMinutes(1));
        var last = await app.Client.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = login.GetProperty("refreshToken").GetString() });
        login = await last.Content.ReadFromJsonAsync<JsonElement>();
        var admin = app.ClientOf(login.GetProperty("accessToken").GetString()!);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(Queue)).StatusCode);

        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("auth.sessionEnded", await (await admin.GetAsync(Queue)).CodeAsync());
        Assert.Equal("auth.sessionEnded", await (await app.Client.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = login.GetProperty("refreshToken").GetString() })).CodeAsync());
    }

    [Fact]
    public async Task LogIn_TheOtherWay_SaysWhichIsOpen()
    {
        await using var local = TestApp.Start();
        await using var oidc = TestApp.Start(Oidc);

        var password = await oidc.Client.PostAsJsonAsync("/api/v1/staff/login", new { userName = "admin", password = "sandbox-admin" });
        var start = await local.Client.PostAsync(Start, null);
        var finish = await FinishAsync(local, ("a", "b"));

        Assert.Equal((HttpStatusCode.Conflict, "auth.loginIsOidc"), (password.StatusCode, await password.CodeAsync()));
        Assert.Equal((HttpStatusCode.Conflict, "auth.loginIsLocal"), (start.StatusCode, await start.CodeAsync()));
        Assert.Equal("auth.loginIsLocal", await finish.CodeAsync());
    }

    [Fact]
    public async Task Restart_WithTheOtherWay_ClosesTheLoginsOfTheFirst()
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-test-" + Guid.NewGuid().ToString("N"));
        string local, provider;
        await using (var app = TestApp.Start("Development", folder))
        {
            local = (await app.LogInStaffAsync("admin")).AccessToken;
        }

        await using (var app = TestApp.Start("Development", folder, Oidc))
        {
            Assert.Equal("auth.sessionEnded", await (await app.ClientOf(local).GetAsync(Queue)).CodeAsync());
            provider = (await LogInAsync(app, Admin)).GetProperty("accessToken").GetString()!;
        }

        await using (var app = TestApp.Start("Development", folder))
        {
            Assert.Equal("auth.sessionEnded", await (await app.ClientOf(provider).GetAsync(Queue)).CodeAsync());
            await app.LogInStaffAsync("admin");
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("slow")]
    [InlineData("http5xx")]
    [InlineData("malformedJson")]
    [InlineData("dropped")]
    public async Task LogIn_ProviderInTrouble_IsTheOnlyThingThatFails(string kind)
    {
        await using var app = TestApp.Start([.. Oidc, ("Staff:Oidc:Timeout", "00:00:01.500"), ("Staff:Oidc:Refresh", "00:00:01")]);
        var admin = app.ClientOf((await LogInAsync(app, Admin)).GetProperty("accessToken").GetString()!);
        var authorized = await AuthorizeAsync(app, Admin);
        await Task.Delay(1100);
        (await app.Client.PutAsJsonAsync("/sandbox/faults", new { endpoint = "oidc", kind, delayMilliseconds = 10_000 })).EnsureSuccessStatusCode();

        var watch = Stopwatch.StartNew();
        var finish = await FinishAsync(app, authorized);
        var starts = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => app.Client.PostAsync(Start, null)));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(8));
        Assert.All(starts.Append(finish), a => Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (a.StatusCode, a.Headers.RetryAfter?.Delta > TimeSpan.Zero)));
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(Queue)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode);

        (await app.Client.DeleteAsync(new Uri("/sandbox/faults", UriKind.Relative))).EnsureSuccessStatusCode();
        var answer = HttpStatusCode.ServiceUnavailable;
        for (var i = 0; i < 20 && answer != HttpStatusCode.OK; i++)
        {
            await Task.Delay(600);
            answer = (await app.Client.PostAsync(Start, null)).StatusCode;
        }

        await LogInAsync(app, Admin);
    }

    [Fact]
    public async Task LogIn_ProviderThatIsNotThere_Is503AndStartsAllTheSame()
    {
        await using var app = TestApp.Start([.. Oidc, ("Staff:Oidc:Authority", "http://127.0.0.1:9")]);

        var answer = await app.Client.PostAsync(Start, null);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "auth.providerUnavailable"), (answer.StatusCode, await answer.CodeAsync()));
        await app.LogInAsync("alice");
    }

    [Theory]
    [InlineData("Staff:Oidc:Authority", "self")]
    [InlineData("Staff:Oidc:Authority", "http://login.example.cn")]
    [InlineData("Staff:Oidc:Authority", "")]
    [InlineData("Staff:Oidc:ClientId", "")]
    [InlineData("Staff:Oidc:RedirectUri", "console")]
    [InlineData("Staff:Oidc:ClientSecret", "", true)]
    public async Task Start_ProviderThatCannotBeTrusted_IsRefusedInProduction(string key, string value, bool starts = false)
    {
        (string, string)[] settings =
        [
            .. Logins.ProductionSettings, ("Staff:Login", "oidc"), ("Staff:Oidc:Authority", "https://login.example.cn"), ("Staff:Oidc:ClientId", "c"), ("Staff:Oidc:RedirectUri", "https://beian.example.cn/console/"),
        ];

        if (starts)
        {
            await using var app = TestApp.Start("Production", null, settings);
            Assert.Equal("auth.loginIsOidc", await (await app.Client.PostAsJsonAsync("/api/v1/staff/login", new { userName = "a", password = "b" })).CodeAsync());
            return;
        }

        Assert.Throws<InvalidOperationException>(() => TestApp.Start("Production", null, [.. settings.Where(s => s.Item1 != key), (key, value)]));
    }

    private static async Task<JsonElement> LogInAsync(TestApp app, string person)
    {
        var answer = await FinishAsync(app, await AuthorizeAsync(app, person));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<JsonElement> BeginAsync(TestApp app)
    {
        var answer = await app.Client.PostAsync(Start, null);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>What the browser brings back after that person was chosen on the provider's page.</summary>
    private static async Task<(string Code, string State)> AuthorizeAsync(TestApp app, string person)
    {
        var begun = await BeginAsync(app);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var answer = await browser.GetAsync(new Uri($"{begun.GetProperty("url").GetString()}&person={person}"));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var brought = QueryHelpers.ParseQuery(answer.Headers.Location!.Query);
        Assert.Equal(begun.GetProperty("state").GetString(), brought["state"].ToString());
        return (brought["code"].ToString(), brought["state"].ToString());
    }

    private static Task<HttpResponseMessage> FinishAsync(TestApp app, (string Code, string State)? brought) =>
        app.Client.PostAsJsonAsync("/api/v1/staff/oidc/finish", new { code = brought!.Value.Code, state = brought.Value.State });

    private static async Task BehaveAsync(TestApp app, SandboxOidcLie lie, bool ecdsa = false) =>
        (await app.Client.PutAsJsonAsync("/sandbox/oidc/behaviour", new { lie = JsonNamingPolicy.CamelCase.ConvertName(lie.ToString()), ecdsa })).EnsureSuccessStatusCode();

    private static Dictionary<string, string> Query(JsonElement begun) =>
        QueryHelpers.ParseQuery(new Uri(begun.GetProperty("url").GetString()!).Query).ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal);

    private static string StaffId(JsonElement login) => login.GetProperty("staff").GetProperty("id").GetString()!;
}
