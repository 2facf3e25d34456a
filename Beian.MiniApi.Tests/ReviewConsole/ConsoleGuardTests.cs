using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Beian.MiniApi.Tests.ReviewConsole;

/// <summary>One console for tests that leave it as it is.</summary>
public sealed class AConsole : IAsyncLifetime
{
    public TestApp App { get; private set; } = null!;

    public ABrowser Reviewer { get; private set; } = null!;

    public ABrowser Admin { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        App = TestApp.Start(TestApp.NoLimits);
        Reviewer = await ABrowser.LoggedInAsync(App, "reviewer");
        Admin = await ABrowser.LoggedInAsync(App, "admin");
    }

    public async Task DisposeAsync()
    {
        Reviewer.Dispose();
        Admin.Dispose();
        await App.DisposeAsync();
    }
}

/// <summary>Who gets in, where from, and what a browser may do with the answers.</summary>
public sealed partial class ConsoleGuardTests(AConsole console) : IClassFixture<AConsole>
{
    private const string Policy =
        "default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static TheoryData<string> Routes => [.. ConsoleRules.Of.Keys];

    public static TheoryData<string> Pages => [.. ConsoleRules.Of.Keys.Where(k => k.StartsWith("get ", StringComparison.Ordinal) && !k.Contains('{', StringComparison.Ordinal))];

    [Fact]
    public void Routes_OfTheConsole_AllHaveARuleAndAName()
    {
        var endpoints = console.App.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/console", StringComparison.Ordinal)).DistinctBy(e => e.DisplayName + e.RoutePattern.RawText).ToArray();
        var routes = endpoints.SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m.ToLowerInvariant()} {e.RoutePattern.RawText!.TrimEnd('/')}")).Distinct().ToArray();

        Assert.Equal(ConsoleRules.Of.Keys.Order(StringComparer.Ordinal), routes.Order(StringComparer.Ordinal));
        Assert.All(endpoints, e => Assert.StartsWith("console.", e.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Call_WithoutACookie_IsSentToTheLoginAlsoWithAToken(string route)
    {
        if (ConsoleRules.Of[route] == "Open")
        {
            return;
        }

        var staff = await console.App.LogInStaffAsync("admin");
        var applicant = await console.App.LogInAsync("console-guard");
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = console.App.Address };
        foreach (var token in new[] { null, staff.AccessToken, applicant.AccessToken })
        {
            using var request = RequestOf(route);
            request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            using var answer = await client.SendAsync(request);

            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            Assert.StartsWith("/console/login", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Call_ByAReviewer_IsForbiddenWhereItIsTheAdmins(string route)
    {
        if (ConsoleRules.Of[route] != "Admin")
        {
            return;
        }

        using var reviewer = await ABrowser.LoggedInAsync(console.App, "reviewer");
        await reviewer.OpenAsync("/console/queue");
        var path = PathOf(route);
        await (route.StartsWith("get ", StringComparison.Ordinal) ? reviewer.OpenAsync(path) : reviewer.SendAsync(path));

        Assert.Equal(HttpStatusCode.Forbidden, reviewer.Status);
        Assert.Contains("没有权限", reviewer.Page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Post_WithoutTheTokenOfThePage_ChangesNothing(string route)
    {
        if (!route.StartsWith("post ", StringComparison.Ordinal))
        {
            return;
        }

        using var admin = await ABrowser.LoggedInAsync(console.App, "admin");
        using var stranger = new ABrowser(console.App);
        await stranger.OpenAsync("/console/login");
        var foreign = stranger.Token;
        foreach (var token in new[] { null, "nonsense", foreign })
        {
            await admin.SendWithAsync(token, PathOf(route), ("language", "en"));

            Assert.Equal(HttpStatusCode.BadRequest, admin.Status);
            Assert.Contains("页面已失效", admin.Page, StringComparison.Ordinal);
        }

        await admin.OpenAsync("/console/queue");
        Assert.Equal(HttpStatusCode.OK, admin.Status);
    }

    [Fact]
    public async Task Post_FromAnotherSite_IsRefusedWhateverItsToken()
    {
        using var browser = await ABrowser.LoggedInAsync(console.App, "reviewer");
        await browser.OpenAsync("/console/queue");
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = console.App.Address };
        foreach (var (site, status) in new[] { ("cross-site", HttpStatusCode.BadRequest), ("same-site", HttpStatusCode.BadRequest), ("same-origin", HttpStatusCode.SeeOther) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/console/language") { Content = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", browser.Token)]) };
            request.Headers.Add("Cookie", string.Join("; ", browser.Cookies.Select(c => $"{c.Name}={c.Value}")));
            request.Headers.Add("Sec-Fetch-Site", site);
            using var answer = await client.SendAsync(request);

            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_IsHeldToThePolicy_AndHasNothingInsideThatThePolicyForbids(string route)
    {
        await console.Admin.OpenAsync(PathOf(route));

        var headers = console.Admin.Last.Headers;
        Assert.Equal(Policy, Assert.Single(headers.GetValues("Content-Security-Policy")));
        Assert.Equal(["nosniff", "no-referrer", "same-origin"], new[] { "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy" }.Select(n => headers.GetValues(n).Single()));
        Assert.True(headers.CacheControl?.NoStore);
        Assert.DoesNotMatch(Inline(), console.Admin.Page);
    }

    [Fact]
    public async Task Api_WithTheConsolesCookie_KnowsNobody()
    {
        var cookie = console.Reviewer.Cookies.Single(c => c.Name == "beian-console").Value;
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = console.App.Address };
        client.DefaultRequestHeaders.Add("Cookie", "beian-console=" + cookie);

        var answer = await client.GetAsync(new Uri("/api/v1/review/filings", UriKind.Relative));

        Assert.Equal((HttpStatusCode.Unauthorized, "auth.tokenMissing"), (answer.StatusCode, await answer.CodeAsync()));
    }

    [Theory]
    [InlineData("/console/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/console/assets/0000/console.css", HttpStatusCode.NotFound)]
    [InlineData("/console/queue?cursor=%20", HttpStatusCode.BadRequest)]
    [InlineData("/console/queue?limit=7000", HttpStatusCode.BadRequest)]
    [InlineData("/console/logout", HttpStatusCode.MethodNotAllowed)]
    public async Task Refusal_OfAnAddress_IsAPageInTheConsolesFrame(string path, HttpStatusCode status)
    {
        await console.Reviewer.OpenAsync(path);

        Assert.Equal((status, "text/html"), (console.Reviewer.Status, console.Reviewer.Last.Content.Headers.ContentType?.MediaType));
        Assert.Contains("role=\"alert\"", console.Reviewer.Page, StringComparison.Ordinal);
        Assert.Equal(Policy, Assert.Single(console.Reviewer.Last.Headers.GetValues("Content-Security-Policy")));
    }

    [Fact]
    public async Task Language_Chosen_IsKeptAgainstTheBrowsersOwn()
    {
        using var browser = await ABrowser.LoggedInAsync(console.App, "reviewer");
        Assert.Contains("<html lang=\"zh-CN\">", await browser.OpenAsync("/console/queue"), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", await browser.OpenAsync("/console/queue", "en-GB"), StringComparison.Ordinal);

        await browser.SendAsync("/console/language", ("language", "en"), ("to", "/console/queue?overdue=true"));
        Assert.Equal("/console/queue?overdue=true", browser.Location);
        var page = await browser.OpenAsync(browser.Location);

        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.Contains("No filings match.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asset_AtItsAddress_IsKeptForEver()
    {
        var page = await console.Reviewer.OpenAsync("/console/queue");
        var address = Regex.Match(page, "href=\"(/console/assets/[^\"]+css)\"").Groups[1].Value;

        await console.Reviewer.OpenAsync(address);

        Assert.Equal((HttpStatusCode.OK, "text/css"), (console.Reviewer.Status, console.Reviewer.Last.Content.Headers.ContentType?.MediaType));
        Assert.Contains("immutable", console.Reviewer.Last.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
    }

    private static string PathOf(string route) => Parameter().Replace(route.Split(' ')[1], "0");

    private static HttpRequestMessage RequestOf(string route) => new(new HttpMethod(route.Split(' ')[0]), PathOf(route));

    [GeneratedRegex("\\{[A-Za-z]+\\}")]
    private static partial Regex Parameter();

    /// <summary>Styles, handlers and scripts inside the page.</summary>
    [GeneratedRegex("\\sstyle=|\\son[a-z]+=|<style|<script(?! src=)|javascript:")]
    private static partial Regex Inline();
}
