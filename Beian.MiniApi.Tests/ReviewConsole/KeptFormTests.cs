using System.Net;
using System.Text.RegularExpressions;
using Beian.MiniApi.ReviewConsole;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.House;

namespace Beian.MiniApi.Tests.ReviewConsole;

/// <summary>What becomes of a form that meets no login, or a server that cannot take it now.</summary>
public sealed partial class KeptFormTests : IAsyncLifetime
{
    private const string Reasons = "/console/reasons";

    private static readonly (string Name, string Value)[] Typed = [("id", ""), ("field", "service.name"), ("reason", "名称像是\n“另一家”公司的 <b>"), ("suggestion", "请改名")];

    private readonly StillTime _time = new();
    private TestApp _app = null!;
    private ABrowser _browser = null!;

    public async Task InitializeAsync()
    {
        _app = StaffAtWork.Start(_time, TestApp.NoLimits);
        _browser = await ABrowser.LoggedInAsync(_app, "reviewer");
        await _browser.OpenAsync(Reasons);
    }

    public async Task DisposeAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Form_AfterTheLoginLapsed_IsKept_AndTakenAfterANewLogin()
    {
        _time.Advance(TimeSpan.FromMinutes(61));
        await _browser.SendAsync(Reasons, Typed);

        Assert.Equal((HttpStatusCode.Unauthorized, ""), (_browser.Status, _browser.Location));
        Assert.Contains("登录已结束", _browser.Page, StringComparison.Ordinal);
        Assert.Contains("href=\"/console/login\" target=\"_blank\"", _browser.Page, StringComparison.Ordinal);
        var (action, fields) = Kept(_browser);
        Assert.Equal(Reasons, action);
        Assert.Equal(Typed, fields.Where(f => !f.Name.StartsWith("__", StringComparison.Ordinal)));

        await _browser.SendWithAsync(null, action, fields);
        Assert.Equal(HttpStatusCode.Unauthorized, _browser.Status);
        Assert.Equal(fields, Kept(_browser).Fields);

        await _browser.LogInAsync("reviewer", "sandbox-reviewer");
        await _browser.SendWithAsync(null, action, fields);
        Assert.Equal((HttpStatusCode.SeeOther, Reasons), (_browser.Status, _browser.Location));
        Assert.Contains(await _app.Get<IReasonStore>().ListAsync(default), r => r.Suggestion == "请改名");
    }

    [Fact]
    public async Task Form_OfOneMember_IsNotTakenFromAnother_AndStaysKept()
    {
        await _browser.SendAsync("/console/logout");
        await _browser.OpenAsync(Reasons);
        await _browser.LogInAsync("reviewer", "sandbox-reviewer");
        await _browser.OpenAsync(Reasons);
        var page = _browser.Token;
        await _browser.SendAsync("/console/logout");
        await _browser.SendWithAsync(page, Reasons, Typed);
        Assert.Equal(HttpStatusCode.Unauthorized, _browser.Status);
        var (action, fields) = Kept(_browser);

        await _browser.LogInAsync("admin", "sandbox-admin");
        await _browser.SendWithAsync(null, action, fields);

        Assert.Equal(HttpStatusCode.BadRequest, _browser.Status);
        Assert.Contains("页面已失效", _browser.Page, StringComparison.Ordinal);
        Assert.Equal(fields, Kept(_browser).Fields);
        Assert.Empty(await _app.Get<IReasonStore>().ListAsync(default));
    }

    [Theory]
    [InlineData("/console/password", "current", "next", "again")]
    [InlineData("/console/second-factor/removal", "password", "code")]
    [InlineData("/console/second-factor/confirmation", "code")]
    public async Task Form_WithASecret_IsNotKept(string path, params string[] names)
    {
        _time.Advance(TimeSpan.FromMinutes(61));

        await _browser.SendAsync(path, [.. names.Select(n => (n, "very secret 4711")), ("why", "写了很多")]);

        Assert.Equal((HttpStatusCode.SeeOther, "/console/login"), (_browser.Status, _browser.Location));
        Assert.DoesNotContain("4711", _browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_FromAnotherSite_IsNotKept()
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = _app.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, Reasons) { Content = new FormUrlEncodedContent([KeyValuePair.Create("reason", "别人的话")]) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task Form_OfAMemberWhoMustDoSomethingFirst_IsKeptMeanwhile()
    {
        await using var app = StaffAtWork.Start(_time, [.. TestApp.NoLimits, ("Staff:SecondFactor", "required")]);
        using var browser = await ABrowser.LoggedInAsync(app, "reviewer");
        await browser.OpenAsync("/console/second-factor");

        await browser.SendAsync(Reasons, Typed);

        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
        Assert.Contains("href=\"/console/second-factor\" target=\"_blank\"", browser.Page, StringComparison.Ordinal);
        Assert.Contains(Kept(browser).Fields, f => f.Value == "请改名");
    }

    [Fact]
    public async Task Alive_WhileSomebodyTypes_KeepsTheLogin()
    {
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(40));
            await _browser.OpenAsync("/console/alive");
            Assert.Equal((HttpStatusCode.NoContent, ""), (_browser.Status, _browser.Page));
        }

        await _browser.OpenAsync(Reasons);
        Assert.Equal(HttpStatusCode.OK, _browser.Status);
        Assert.Contains("data-alive=\"/console/alive\"", _browser.Page, StringComparison.Ordinal);
    }

    /// <summary>A secret field that has another name would be written into a page.</summary>
    [Fact]
    public void Secrets_OfAllPages_AreKnown()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(Repository.Root, "Beian.MiniApi", "ReviewConsole"), "*.razor", SearchOption.AllDirectories).Select(File.ReadAllText);
        var fields = pages.SelectMany(p => Input().Matches(p).Select(m => m.Value)).ToArray();
        var secret = fields.Where(f => f.Contains("type=\"password\"", StringComparison.Ordinal) || f.Contains("one-time-code", StringComparison.Ordinal)).Select(f => NameOf().Match(f).Groups[1].Value).Distinct().ToArray();

        Assert.True(secret.Length >= 5, string.Join(' ', secret));
        Assert.Equal([], secret.Where(s => !KeptForm.Secrets.Contains(s)));
    }

    /// <summary>The form that the page keeps: where it goes, and its fields as a browser would send them.</summary>
    private static (string Action, (string Name, string Value)[] Fields) Kept(ABrowser browser)
    {
        var raw = browser.Last.Content.ReadAsStringAsync().Result;
        var form = KeptPart().Match(raw);
        Assert.True(form.Success, browser.Page);
        return (WebUtility.HtmlDecode(form.Groups[1].Value), [.. Hidden().Matches(form.Groups[2].Value).Select(m => (WebUtility.HtmlDecode(m.Groups[1].Value), WebUtility.HtmlDecode(m.Groups[2].Value)))]);
    }

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]*)\" id=\"kept\".*?>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex KeptPart();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\"(?: value=\"([^\"]*)\")?")]
    private static partial Regex Hidden();

    [GeneratedRegex("<input [^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex(" name=\"([^\"]+)\"")]
    private static partial Regex NameOf();
}
