using System.Net;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReviewConsole;

/// <summary>Logging in and out of the console, over real HTTP, without script.</summary>
public sealed class SignInTests
{
    private const string Phrase = "forty green umbrellas";

    private readonly StillTime _time = new();

    [Fact]
    public async Task LogIn_WithPassword_OpensTheQueueAndGoesWhereOneWanted()
    {
        await using var app = TestApp.Start();
        using var browser = new ABrowser(app);

        await browser.OpenAsync("/console/queue?assignee=me");
        Assert.Equal((HttpStatusCode.SeeOther, "/console/login?to=%2Fconsole%2Fqueue%3Fassignee%3Dme"), (browser.Status, browser.Location));
        await browser.FollowAsync();
        await browser.SendAsync("/console/login", ("userName", " Reviewer "), ("password", "sandbox-reviewer"), ("to", browser.Field("to")));

        Assert.Equal((HttpStatusCode.SeeOther, "/console/queue?assignee=me"), (browser.Status, browser.Location));
        Assert.Contains("我领取的", await browser.FollowAsync(), StringComparison.Ordinal);
        Assert.Contains("reviewer", browser.Page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/console/")]
    [InlineData("//evil.example/console/")]
    [InlineData("/consoles/x")]
    [InlineData("/console/\\..\\..")]
    [InlineData("/api/v1/me")]
    public async Task LogIn_WithAnotherTarget_GoesToTheQueue(string to)
    {
        await using var app = TestApp.Start();
        using var browser = new ABrowser(app);

        await browser.OpenAsync("/console/login?to=" + Uri.EscapeDataString(to));
        await browser.SendAsync("/console/login", ("userName", "reviewer"), ("password", "sandbox-reviewer"), ("to", to));

        Assert.Equal((HttpStatusCode.SeeOther, "/console/queue"), (browser.Status, browser.Location));
    }

    [Fact]
    public async Task LogIn_WithAWrongPasswordFiveTimes_IsRefusedThenLockedOut()
    {
        await using var app = TestApp.Start();
        using var browser = new ABrowser(app);
        for (var tries = 0; tries < 5; tries++)
        {
            await browser.LogInAsync("reviewer", "wrong wrong wrong");
            Assert.Equal(HttpStatusCode.Unauthorized, browser.Status);
            Assert.DoesNotContain("wrong wrong wrong", browser.Page, StringComparison.Ordinal);
        }

        await browser.LogInAsync("reviewer", "sandbox-reviewer");

        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Status);
        Assert.Contains("role=\"alert\"", browser.Page, StringComparison.Ordinal);
        Assert.DoesNotContain(browser.Cookies, c => c.Name == "beian-console");
    }

    [Fact]
    public async Task LogIn_WithASecondFactor_NeedsTheCode()
    {
        await using var app = StaffAtWork.Start(_time);
        var staff = new StaffAtWork(app, _time, "reviewer");
        await staff.EnrolAsync(await staff.LogInAsync());
        using var browser = new ABrowser(app);

        await browser.LogInAsync("reviewer", staff.Password);
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.DoesNotContain(browser.Cookies, c => c.Name == "beian-console");
        var ticket = browser.Field("ticket");
        await browser.SendAsync("/console/login/code", ("ticket", ticket), ("to", "/console/queue"), ("code", "000000"));
        Assert.Equal(HttpStatusCode.Unauthorized, browser.Status);
        await browser.SendAsync("/console/login/code", ("ticket", ticket), ("to", "/console/queue"), ("code", staff.CodeAt()));

        Assert.Equal((HttpStatusCode.SeeOther, "/console/queue"), (browser.Status, browser.Location));
        await browser.FollowAsync();
        Assert.Equal(HttpStatusCode.OK, browser.Status);
    }

    [Fact]
    public async Task LogIn_WithATicketOfAnotherPasswordOrNone_BeginsAgain()
    {
        await using var app = StaffAtWork.Start(_time);
        var staff = new StaffAtWork(app, _time, "reviewer");
        var client = await staff.LogInAsync();
        await staff.EnrolAsync(client);
        using var browser = new ABrowser(app);
        await browser.LogInAsync("reviewer", staff.Password);
        var ticket = browser.Field("ticket");
        _time.Advance(TimeSpan.FromSeconds(1));
        (await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(client, "/api/v1/staff/password", new { current = staff.Password, next = Phrase })).EnsureSuccessStatusCode();

        await browser.SendAsync("/console/login/code", ("ticket", ticket), ("code", staff.CodeAt()));
        Assert.Equal(HttpStatusCode.Unauthorized, browser.Status);
        await browser.SendAsync("/console/login/code", ("ticket", "made up"), ("code", staff.CodeAt()));

        Assert.Equal((HttpStatusCode.SeeOther, "/console/login"), (browser.Status, browser.Location));
        Assert.Contains("登录超时", await browser.FollowAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(browser.Cookies, c => c.Name == "beian-console");
    }

    [Fact]
    public async Task Demand_ForASecondFactor_LeavesNothingElseOpenUntilItIsSetUp()
    {
        await using var app = StaffAtWork.Start(_time, ("Staff:SecondFactor", "required"));
        using var browser = await ABrowser.LoggedInAsync(app, "reviewer");

        await browser.OpenAsync("/console/queue");
        Assert.Equal((HttpStatusCode.SeeOther, "/console/second-factor"), (browser.Status, browser.Location));
        await browser.FollowAsync();
        await browser.SendAsync("/console/second-factor");
        Assert.Contains("data:image/png;base64,", browser.Page, StringComparison.Ordinal);
        var secret = System.Text.RegularExpressions.Regex.Match(browser.Page, "class=\"mono\">([A-Z2-7]+)<").Groups[1].Value;
        var totp = new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(secret));
        await browser.SendAsync("/console/second-factor/confirmation", ("code", "000000"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        await browser.SendAsync("/console/second-factor/confirmation", ("code", totp.ComputeTotp(_time.GetUtcNow().UtcDateTime)));

        Assert.Equal(10, System.Text.RegularExpressions.Regex.Count(browser.Page, "<li>[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}</li>"));
        await browser.OpenAsync("/console/queue");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
    }

    [Fact]
    public async Task Demand_ForAnotherPassword_IsMetOnItsPage()
    {
        await using var app = StaffAtWork.Start(_time, ("Staff:PasswordPolicy", "djbh-l3"), ("Staff:Members:0:Password", "Umbrella-4711"));
        using var browser = new ABrowser(app);
        await browser.LogInAsync("reviewer", "Umbrella-4711");
        _time.Advance(TimeSpan.FromDays(91));
        await browser.LogInAsync("reviewer", "Umbrella-4711");

        await browser.OpenAsync("/console/queue");
        Assert.Equal("/console/password", browser.Location);
        await browser.FollowAsync();
        await browser.SendAsync("/console/password", ("current", "Umbrella-4711"), ("next", "Parasol-1147"), ("again", "Parasol-1148"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.Contains("两次输入", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync("/console/password", ("current", "Umbrella-4711"), ("next", "short"), ("again", "short"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        await browser.SendAsync("/console/password", ("current", "Umbrella-4711"), ("next", "Parasol-1147"), ("again", "Parasol-1147"));

        Assert.Equal((HttpStatusCode.SeeOther, "/console/account"), (browser.Status, browser.Location));
        await browser.OpenAsync("/console/queue");
        Assert.Equal("/console/second-factor", browser.Location);
    }

    [Fact]
    public async Task LogOut_EndsTheSessionAtOnce_AlsoForACopyOfTheCookie()
    {
        await using var app = TestApp.Start();
        using var browser = await ABrowser.LoggedInAsync(app, "reviewer");
        var copy = browser.Cookies.Single(c => c.Name == "beian-console").Value;
        await browser.OpenAsync("/console/queue");

        await browser.SendAsync("/console/logout");

        Assert.Equal("/console/login", browser.Location);
        Assert.DoesNotContain(browser.Cookies, c => c.Name == "beian-console");
        Assert.Contains("已退出登录", await browser.FollowAsync(), StringComparison.Ordinal);
        using var thief = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = app.Address };
        thief.DefaultRequestHeaders.Add("Cookie", "beian-console=" + copy);
        var answer = await thief.GetAsync(new Uri("/console/queue", UriKind.Relative));
        Assert.Equal((HttpStatusCode.SeeOther, "/console/login?to=%2Fconsole%2Fqueue"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task Idle_ForLongerThanAllowed_MustLogInAgain()
    {
        await using var app = StaffAtWork.Start(_time);
        using var browser = await ABrowser.LoggedInAsync(app, "reviewer");

        // Each page counts, also one so soon that the framework by itself would not have renewed the cookie.
        _time.Advance(TimeSpan.FromMinutes(20));
        await browser.OpenAsync("/console/queue");
        _time.Advance(TimeSpan.FromMinutes(50));
        await browser.OpenAsync("/console/queue");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        await browser.OpenAsync(System.Text.RegularExpressions.Regex.Match(browser.Page, "/console/assets/[^\"]+\\.css").Value);
        Assert.Equal("text/css", browser.Last.Content.Headers.ContentType?.MediaType);
        Assert.False(browser.Last.Headers.Contains("Set-Cookie"), "A style that hands out a cookie is kept by no browser.");
        _time.Advance(TimeSpan.FromMinutes(61));
        await browser.OpenAsync("/console/queue");

        Assert.Equal(HttpStatusCode.SeeOther, browser.Status);
    }

    [Fact]
    public async Task Cookie_IsStrictAndOutOfReachOfScript_AndGoesOverTlsOutsideDevelopment()
    {
        await using var app = TestApp.Start();
        using var browser = await ABrowser.LoggedInAsync(app, "reviewer");
        var set = Assert.Single(browser.Last.Headers.GetValues("Set-Cookie"), c => c.StartsWith("beian-console=", StringComparison.Ordinal));
        Assert.Equal(["path=/console", "samesite=strict", "httponly"], set.Split("; ")[1..]);

        await using var production = TestApp.Start("Production", null, [.. Logins.ProductionSettings, ("Staff:Members:0:UserName", "reviewer"), ("Staff:Members:0:Role", "reviewer"), ("Staff:Members:0:Password", Phrase)]);
        using var other = new ABrowser(production);
        await other.LogInAsync("reviewer", Phrase);
        Assert.Contains(other.Last.Headers.GetValues("Set-Cookie"), c => c.StartsWith("beian-console=", StringComparison.Ordinal) && c.Contains("; secure", StringComparison.Ordinal));
    }
}
