using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>What a login answered, as a test needs it.</summary>
public sealed record LoggedInAs(string AccessToken, string RefreshToken, string Id, JsonElement Answer);

/// <summary>Logs made-up people in through the real routes.</summary>
public static class Logins
{
    /// <summary>Settings with which the program starts in Production.</summary>
    public static readonly (string Key, string Value)[] ProductionSettings =
    [
        ("Auth:SigningKeys:0:Id", "k1"),
        ("Auth:SigningKeys:0:Key", Convert.ToBase64String(Enumerable.Repeat((byte)7, 64).ToArray())),
        ("Keys:BlindIndex", Convert.ToBase64String(Enumerable.Repeat((byte)9, 32).ToArray())),
        ("WeChat:AppId", "wx0000000000000000"),
        ("WeChat:AppSecret", "not-a-real-secret"),
        .. ARing.Settings("r1", "r1"),
    ];

    private static int _codes;

    /// <summary>Logs the sandbox user of that name in, each time with a fresh code.</summary>
    public static async Task<LoggedInAs> LogInAsync(this TestApp app, string name)
    {
        var code = $"sandbox-{name}-{Interlocked.Increment(ref _codes)}";
        return await ReadAsync(await app.Client.PostAsJsonAsync("/api/v1/auth/wechat", new { code }), "user");
    }

    /// <summary>Logs <c>reviewer</c> or <c>admin</c> in with the sample password.</summary>
    public static async Task<LoggedInAs> LogInStaffAsync(this TestApp app, string userName) =>
        await ReadAsync(await app.Client.PostAsJsonAsync("/api/v1/staff/login", new { userName, password = "sandbox-" + userName }), "staff");

    /// <summary>A client that sends the access token.</summary>
    public static HttpClient ClientOf(this TestApp app, LoggedInAs login) => app.ClientOf(login.AccessToken);

    public static HttpClient ClientOf(this TestApp app, string accessToken)
    {
        var client = app.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return client;
    }

    /// <summary>A client of a sandbox user.</summary>
    public static async Task<HttpClient> ApplicantAsync(this TestApp app, string name) => app.ClientOf(await app.LogInAsync(name));

    /// <summary>A client of <c>reviewer</c> or <c>admin</c>.</summary>
    public static async Task<HttpClient> StaffAsync(this TestApp app, string userName) => app.ClientOf(await app.LogInStaffAsync(userName));

    /// <summary>The code of a problem answer.</summary>
    public static async Task<string?> CodeAsync(this HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
    }

    private static async Task<LoggedInAs> ReadAsync(HttpResponseMessage answer, string who)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, body);
        var json = JsonSerializer.Deserialize<JsonElement>(body);
        return new LoggedInAs(
            json.GetProperty("accessToken").GetString()!, json.GetProperty("refreshToken").GetString()!, json.GetProperty(who).GetProperty("id").GetString()!, json);
    }
}

/// <summary>One running program for all tests of a class that only look.</summary>
public sealed class RunningApp : IAsyncLifetime
{
    public TestApp App { get; private set; } = null!;

    public Task InitializeAsync()
    {
        App = TestApp.Start(Logins.ProductionSettings[..3]);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await App.DisposeAsync();
}
