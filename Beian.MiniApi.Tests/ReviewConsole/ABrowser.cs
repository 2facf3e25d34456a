using System.Net;
using System.Text.RegularExpressions;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReviewConsole;

/// <summary>A browser without script: it keeps cookies, follows nothing by itself, and sends the forms of the page it is on.</summary>
public sealed partial class ABrowser : IDisposable
{
    private readonly HttpClient _client;
    private readonly CookieContainer _cookies = new();
    private readonly Uri _address;

    public ABrowser(TestApp app)
    {
        _address = app.Address;
        _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = app.Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>The page that is open, decoded; empty before the first.</summary>
    public string Page { get; private set; } = string.Empty;

    public HttpResponseMessage Last { get; private set; } = new();

    public HttpStatusCode Status => Last.StatusCode;

    /// <summary>Where the last answer sends the browser; empty when nowhere.</summary>
    public string Location => Last.Headers.Location?.OriginalString ?? string.Empty;

    /// <summary>What the browser would send with requests to the console.</summary>
    public IEnumerable<Cookie> Cookies => _cookies.GetCookies(new Uri(_address, "/console/")).Cast<Cookie>();

    /// <summary>The token in the forms of the page.</summary>
    public string Token => TokenField().Match(Page) is { Success: true } match ? match.Groups[1].Value : string.Empty;

    public static async Task<ABrowser> LoggedInAsync(TestApp app, string userName)
    {
        var browser = new ABrowser(app);
        await browser.LogInAsync(userName, "sandbox-" + userName);
        Assert.Equal((HttpStatusCode.SeeOther, "/console/queue"), (browser.Status, browser.Location));
        return browser;
    }

    public async Task<string> OpenAsync(string path, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Language", language ?? "zh-CN");
        return await TakeAsync(await _client.SendAsync(request));
    }

    /// <summary>Opens the page that the last answer sends to, as often as it does.</summary>
    public async Task<string> FollowAsync()
    {
        for (var hops = 0; Location.Length > 0 && hops < 5; hops++)
        {
            await OpenAsync(Location);
        }

        return Page;
    }

    /// <summary>Sends a form with the token of the open page.</summary>
    public Task<string> SendAsync(string path, params (string Name, string Value)[] fields) => SendWithAsync(Token, path, fields);

    /// <param name="token">Null for none.</param>
    /// <param name="path">Where to.</param>
    /// <param name="fields">What was typed.</param>
    public async Task<string> SendWithAsync(string? token, string path, params (string Name, string Value)[] fields)
    {
        var all = fields.Select(f => KeyValuePair.Create(f.Name, f.Value));
        using var form = new FormUrlEncodedContent(token is null ? all : all.Append(KeyValuePair.Create("__RequestVerificationToken", token)));
        return await TakeAsync(await _client.PostAsync(new Uri(path, UriKind.Relative), form));
    }

    public async Task LogInAsync(string userName, string password)
    {
        await OpenAsync("/console/login");
        await SendAsync("/console/login", ("userName", userName), ("password", password), ("to", "/console/queue"));
    }

    /// <summary>The value of the page's last field of that name: the first may be the language's, in the head.</summary>
    public string Field(string name) => Regex.Matches(Page, $"name=\"{Regex.Escape(name)}\"[^>]* value=\"([^\"]*)\"")[^1].Groups[1].Value;

    public void Dispose() => _client.Dispose();

    private async Task<string> TakeAsync(HttpResponseMessage answer)
    {
        Last = answer;
        var text = await answer.Content.ReadAsStringAsync();
        return Page = answer.Content.Headers.ContentType?.MediaType == "text/html" ? WebUtility.HtmlDecode(text) : text;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}
