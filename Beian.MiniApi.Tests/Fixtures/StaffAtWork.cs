using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>A member of staff at the real routes, with an authenticator app at hand.</summary>
public sealed class StaffAtWork(TestApp app, StillTime time, string userName)
{
    public byte[] Secret { get; private set; } = [];

    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    public string Password { get; set; } = "sandbox-" + userName;

    /// <summary>The program with a time that stands still.</summary>
    public static TestApp Start(StillTime time, params (string Key, string Value)[] settings) => Start("Development", null, time, settings);

    public static TestApp Start(string environment, string? folder, StillTime time, params (string Key, string Value)[] settings) =>
        TestApp.Start(environment, folder, services => services.AddSingleton<TimeProvider>(time), settings);

    /// <summary>What the app shows, so many steps from now.</summary>
    public string CodeAt(int steps = 0) => new Totp(Secret).ComputeTotp(time.GetUtcNow().UtcDateTime.AddSeconds(30 * steps));

    public Task<HttpResponseMessage> TryAsync(string? code = null, string? password = null) =>
        app.Client.PostAsJsonAsync("/api/v1/staff/login", new { userName, password = password ?? Password, code });

    /// <summary>Logs in, which must succeed.</summary>
    public async Task<HttpClient> LogInAsync(string? code = null)
    {
        var answer = await TryAsync(code);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return app.ClientOf((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!);
    }

    /// <summary>Begins to set a second factor up.</summary>
    public async Task<JsonElement> BeginAsync(HttpClient client)
    {
        var answer = await client.PostAsync(new Uri("/api/v1/staff/totp", UriKind.Relative), null);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var view = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Secret = Base32Encoding.ToBytes(view.GetProperty("secret").GetString());
        return view;
    }

    /// <summary>Sets a second factor up, confirmed by the code of the step before this one.</summary>
    public async Task EnrolAsync(HttpClient client)
    {
        await BeginAsync(client);
        var answer = await ConfirmAsync(client, CodeAt(-1));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        RecoveryCodes = [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("recoveryCodes").EnumerateArray().Select(c => c.GetString()!)];
    }

    public static Task<HttpResponseMessage> ConfirmAsync(HttpClient client, string code) => client.PostAsJsonAsync("/api/v1/staff/totp/confirmation", new { code });

    public static async Task<HttpResponseMessage> RemoveAsync(HttpClient client, string password, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/v1/staff/totp") { Content = JsonContent.Create(new { password, code }) };
        return await client.SendAsync(request);
    }
}
