using System.Net;
using System.Text.RegularExpressions;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Platform;

/// <summary>The start page leads where there is something, and the sandbox guide tells of everything that is played.</summary>
public sealed partial class StartPageTests
{
    [Fact]
    public async Task Get_StartPageInDevelopment_EveryLinkLeadsSomewhere()
    {
        await using var app = TestApp.Start();

        var links = await LinksAsync(app);

        Assert.Equal(["/swagger", "/sandbox", "/console", "/health/ready"], links);
        foreach (var link in links)
        {
            Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync(link)).StatusCode);
        }

        using var head = new HttpRequestMessage(HttpMethod.Head, "/");
        Assert.Equal(HttpStatusCode.OK, (await app.Client.SendAsync(head)).StatusCode);
    }

    [Fact]
    public async Task Get_StartPageInProduction_KnowsNoSandbox()
    {
        await using var app = TestApp.Start("Production", null, [.. Logins.ProductionSettings, ("OpenApi:Enabled", "false")]);

        Assert.Equal(["/console", "/health/ready"], await LinksAsync(app));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Client.GetAsync("/sandbox")).StatusCode);
    }

    [Fact]
    public async Task Get_Guide_NamesStaffInventoryAndEveryFailure()
    {
        await using var app = TestApp.Start(
            ("Staff:Members:2:UserName", "own"), ("Staff:Members:2:Role", "reviewer"), ("Staff:Members:2:Password", "a-password-of-ones-own"));

        var guide = await app.Client.GetStringAsync("/sandbox");

        foreach (var word in new[] { "sandbox-used", "sandbox-busy", "sandbox-down", "expired", "unverified", "foreign", "taken", "slow", "down", "拒", "待", "sandbox-reviewer", "sandbox-admin", "demo-not-prepaid", "demo-cvm-of-demo-company" })
        {
            Assert.Contains($"{word}</", guide, StringComparison.Ordinal);
        }

        Assert.Contains("<code>own</code>", guide, StringComparison.Ordinal);
        Assert.DoesNotContain("a-password-of-ones-own", guide, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", guide, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sandbox-used", HttpStatusCode.Unauthorized, "auth.codeUsed")]
    [InlineData("sandbox-busy", HttpStatusCode.TooManyRequests, "wechat.rateLimited")]
    [InlineData("sandbox-down", HttpStatusCode.ServiceUnavailable, "wechat.unavailable")]
    [InlineData("something-else", HttpStatusCode.Unauthorized, "auth.codeInvalid")]
    public async Task LogIn_WithACodeOfTheGuide_AnswersAsTheGuideSays(string code, HttpStatusCode status, string problem)
    {
        await using var app = TestApp.Start();
        var guide = await app.Client.GetStringAsync("/sandbox");

        var answer = await app.Client.PostAsync("/api/v1/auth/wechat", new StringContent($$"""{ "code": "{{code}}" }""", System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(problem, await answer.CodeAsync());
        Assert.Contains($"{(int)status} <code>{problem}</code>", guide, StringComparison.Ordinal);
    }

    private static async Task<string[]> LinksAsync(TestApp app) =>
        [.. Link().Matches(await app.Client.GetStringAsync("/")).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("href=\"([^\"]+)\"")]
    private static partial Regex Link();
}
