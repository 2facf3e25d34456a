using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Beian.MiniApi.Tests.Auth;

/// <summary>Whatever stands in the header, a stranger gets 401 and learns nothing from it, and the log does not keep it.</summary>
public sealed class HostileTokenTests(HostileTokenTests.Besieged besieged) : IClassFixture<HostileTokenTests.Besieged>
{
    private static readonly Uri Me = new("/api/v1/me", UriKind.Relative);

    /// <summary>A caller whose token is good but for its time is told to refresh; one whose session is gone, to log in. Everything else is one answer.</summary>
    private static readonly string[] Expired = ["exp as -1", "exp as 0", "exp as {now}", "exp as {now}.999"];

    public static TheoryData<string> Names => [.. HostileTokens.All.Keys];

    [Fact]
    public async Task Call_GoodTokenRebuilt_IsLetIn()
    {
        var good = await besieged.GoodAsync();

        Assert.True(HostileTokens.All.Count >= 60);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync("Bearer " + HostileTokens.Sign(good.Header, good.Payload, Besieged.Key))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await CallAsync("bearer " + HostileTokens.Sign(good.Header, good.Payload, Besieged.Key))).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Call_HostileToken_IsRefusedWithoutAWord(string name)
    {
        var token = HostileTokens.All[name](await besieged.GoodAsync(), Besieged.Key);

        var answer = await CallAsync("Bearer " + token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        var body = await answer.Content.ReadAsStringAsync();
        var problem = JsonSerializer.Deserialize<JsonElement>(body);
        Assert.Equal(["type", "title", "status", "detail", "instance", "code", "traceId", "remedy"], problem.EnumerateObject().Select(p => p.Name));
        Assert.Contains(problem.GetProperty("code").GetString(), Codes(name));
        var parts = token.Split('.', ',', ' ', '"').Where(p => p.Length >= 16).Append(HostileTokens.Canary).ToArray();
        var log = besieged.Log.Text;
        Assert.All(parts, p => Assert.DoesNotContain(p, body, StringComparison.Ordinal));
        Assert.All(parts, p => Assert.False(log.Contains(p, StringComparison.Ordinal), $"{name}: a part of the token stands in the log"));
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Token")]
    [InlineData("JWT")]
    [InlineData("DPoP")]
    [InlineData("Negotiate")]
    [InlineData("BearerX")]
    [InlineData("")]
    public async Task Call_GoodTokenUnderAnotherScheme_IsMissing(string scheme)
    {
        var good = await besieged.GoodAsync();

        var answer = await CallAsync($"{scheme} {HostileTokens.Sign(good.Header, good.Payload, Besieged.Key)}".TrimStart());

        Assert.Equal((HttpStatusCode.Unauthorized, "auth.tokenMissing"), (answer.StatusCode, await answer.CodeAsync()));
    }

    [Fact]
    public async Task Call_GoodTokenInAnotherPlace_IsMissing()
    {
        var good = await besieged.GoodAsync();
        var token = HostileTokens.Sign(good.Header, good.Payload, Besieged.Key);
        var put = new Uri("/api/v1/me", UriKind.Relative);
        using var cookie = new HttpRequestMessage(HttpMethod.Get, Me) { Headers = { { "Cookie", $"access_token={token}; Authorization=Bearer {token}" } } };
        using var other = new HttpRequestMessage(HttpMethod.Get, Me) { Headers = { { "X-Authorization", "Bearer " + token }, { "Proxy-Authorization", "Bearer " + token } } };

        HttpResponseMessage[] answers =
        [
            await besieged.App.Client.GetAsync(new Uri($"/api/v1/me?access_token={token}&token={token}", UriKind.Relative)),
            await besieged.App.Client.SendAsync(cookie),
            await besieged.App.Client.SendAsync(other),
            await besieged.App.Client.PutAsJsonAsync(put, new { access_token = token }),
        ];
        var form = await besieged.App.Client.PutAsync(put, new FormUrlEncodedContent([KeyValuePair.Create("access_token", token)]));

        foreach (var answer in answers)
        {
            Assert.Equal((HttpStatusCode.Unauthorized, "auth.tokenMissing"), (answer.StatusCode, await answer.CodeAsync()));
        }

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.StatusCode);
    }

    [Fact]
    public async Task Call_TwoHeaders_IsRefused()
    {
        var good = await besieged.GoodAsync();
        var token = HostileTokens.Sign(good.Header, good.Payload, Besieged.Key);

        foreach (var second in new[] { "Bearer " + token, "Basic YTpi" })
        {
            Assert.StartsWith("HTTP/1.1 401", await RawAsync($"Authorization: Bearer {token}\r\nAuthorization: {second}\r\n"), StringComparison.Ordinal);
            Assert.StartsWith("HTTP/1.1 401", await RawAsync($"Authorization: {second}\r\nauthorization: Bearer {token}\r\n"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(4 * 1024, 401)]
    [InlineData(30 * 1024, 401)]
    [InlineData(64 * 1024, 431)]
    [InlineData(1024 * 1024, 431)]
    public async Task Call_GiantToken_IsRefusedByWhoeverSeesItFirst(int length, int status) =>
        Assert.StartsWith($"HTTP/1.1 {status}", await RawAsync($"Authorization: Bearer {new string('a', length)}\r\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("令牌")]
    [InlineData("\u00ff\u00fe")]
    [InlineData("ｅｙＪ")]
    public async Task Call_LettersFromElsewhere_AreRefusedNot500(string token)
    {
        var status = await RawAsync($"Authorization: Bearer {token}\r\n");

        Assert.Matches("^HTTP/1.1 (400|401) ", status);
    }

    [Fact]
    public async Task Call_SessionOfSomebodyElse_HasEnded()
    {
        var good = await besieged.GoodAsync();
        var bob = TokenParts.Of((await besieged.App.LogInAsync("bob")).AccessToken);
        var staff = TokenParts.Of((await besieged.App.LogInStaffAsync("admin")).AccessToken);
        foreach (var sid in new[] { bob.Payload["sid"]!.DeepClone(), staff.Payload["sid"]!.DeepClone() })
        {
            var payload = good.Payload.DeepClone().AsObject();
            payload["sid"] = sid;

            var answer = await CallAsync("Bearer " + HostileTokens.Sign(good.Header, payload, Besieged.Key));

            Assert.Equal((HttpStatusCode.Unauthorized, "auth.sessionEnded"), (answer.StatusCode, await answer.CodeAsync()));
        }
    }

    private static string[] Codes(string name) => name switch
    {
        _ when Expired.Contains(name) => ["auth.tokenExpired"],
        _ when name.StartsWith("sid \"", StringComparison.Ordinal) || name is "sid very long" or "sub \"somebody-else\"" or "sub \"\"" || name.StartsWith("role \"", StringComparison.Ordinal) => ["auth.sessionEnded"],
        _ => ["auth.tokenInvalid"],
    };

    private async Task<HttpResponseMessage> CallAsync(string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Me);
        Assert.True(request.Headers.TryAddWithoutValidation("Authorization", authorization));
        return await besieged.App.Client.SendAsync(request);
    }

    private async Task<string> RawAsync(string headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(besieged.App.Address.Host, besieged.App.Address.Port);
        await using var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"));
        }
        catch (IOException)
        {
            // Refused before it was read to its end.
        }

        var answer = new byte[64];
        var read = await stream.ReadAtLeastAsync(answer, 16, throwOnEndOfStream: false);
        return Encoding.ASCII.GetString(answer, 0, read);
    }

    /// <summary>One running program with two keys, and everything it logs.</summary>
    public sealed class Besieged : IAsyncLifetime
    {
        public static readonly byte[] Key = Convert.FromBase64String(Logins.ProductionSettings[1].Value);

        private LoggedInAs? _login;

        internal LogBook Log { get; } = new();

        internal TestApp App { get; private set; } = null!;

        internal async Task<TokenParts> GoodAsync() => TokenParts.Of((_login ??= await App.LogInAsync("besieged")).AccessToken);

        public Task InitializeAsync()
        {
            App = TestApp.Start("Development", null, services => services.AddSingleton<ILoggerProvider>(Log), [.. Logins.ProductionSettings[..3], ("Auth:SigningKeys:1:Id", "k2"), ("Auth:SigningKeys:1:Key", Convert.ToBase64String(Enumerable.Repeat((byte)8, 64).ToArray())), ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft.AspNetCore", "Debug")]);
            return Task.CompletedTask;
        }

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
