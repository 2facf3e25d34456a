using System.Net;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReviewConsole;

/// <summary>Logging in at the identity provider that the sandbox plays, by a browser.</summary>
public sealed class ProviderSignInTests
{
    private const string Admin = "sandbox-1002";

    private static readonly (string, string)[] Oidc = [("Staff:Login", "oidc")];

    [Fact]
    public async Task LogIn_AtTheProvider_ComesBackThroughAPageOfOurOwn()
    {
        await using var app = TestApp.Start(Oidc);
        using var browser = new ABrowser(app);
        await browser.OpenAsync("/console/login?to=%2Fconsole%2Fstaff");
        Assert.Contains("/console/login/provider?to=%2Fconsole%2Fstaff", browser.Page, StringComparison.Ordinal);

        await browser.OpenAsync("/console/login/provider?to=%2Fconsole%2Fstaff");
        var back = await AuthorizeAsync(browser);
        await browser.OpenAsync(back);

        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("content=\"0; url=/console/staff\"", browser.Page, StringComparison.Ordinal);
        await browser.OpenAsync("/console/staff");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        Assert.Contains("管理员乙（示例）", browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Return_InABrowserThatBeganNothing_LogsNobodyIn()
    {
        await using var app = TestApp.Start(Oidc);
        using var attacker = new ABrowser(app);
        await attacker.OpenAsync("/console/login/provider");
        var back = await AuthorizeAsync(attacker);
        using var victim = new ABrowser(app);

        await victim.OpenAsync(back);
        Assert.Equal(HttpStatusCode.Unauthorized, victim.Status);
        Assert.DoesNotContain(victim.Cookies, c => c.Name == "beian-console");

        // Neither in one that began another login.
        await victim.OpenAsync("/console/login/provider");
        await victim.OpenAsync(back);
        Assert.Equal(HttpStatusCode.Unauthorized, victim.Status);
        Assert.DoesNotContain(victim.Cookies, c => c.Name == "beian-console");
    }

    [Fact]
    public async Task LogIn_WithAPassword_IsClosed()
    {
        await using var app = TestApp.Start(Oidc);
        using var browser = new ABrowser(app);

        await browser.LogInAsync("reviewer", "sandbox-reviewer");

        Assert.Equal(HttpStatusCode.Conflict, browser.Status);
        Assert.DoesNotContain(browser.Cookies, c => c.Name == "beian-console");
    }

    /// <summary>Where the provider sends the browser, as path and query: the sandbox's setting names another port.</summary>
    private static async Task<string> AuthorizeAsync(ABrowser browser)
    {
        using var provider = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var answer = await provider.GetAsync(new Uri($"{browser.Location}&person={Admin}"));
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return answer.Headers.Location!.PathAndQuery;
    }
}
