using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Auth;

/// <summary>Changing the keys that sign, with and without a restart.</summary>
public sealed class SigningKeyTests : IDisposable
{
    private static readonly Uri Me = new("/api/v1/me", UriKind.Relative);
    private static readonly string[] Keys = [.. Enumerable.Range(1, 3).Select(i => Convert.ToBase64String(SHA256.HashData([(byte)i])))];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("beian-keys-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Restart_NewKeyInFront_OldTokensLiveAndNewOnesAreOfTheNewKey()
    {
        string old;
        await using (var app = Start((1, "old")))
        {
            old = (await app.LogInAsync("alice")).AccessToken;
            Assert.Equal("old", KeyOf(old));
        }

        await using (var app = Start((2, "new"), (1, "old")))
        {
            Assert.Equal(HttpStatusCode.OK, await CallAsync(app, old));
            Assert.Equal("new", KeyOf((await app.LogInAsync("alice")).AccessToken));
        }

        await using (var app = Start((2, "new")))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(app, old));
        }
    }

    [Fact]
    public async Task Call_OldKeysTokenAfterItsTime_IsExpired()
    {
        string old;
        await using (var app = Start([("Auth:AccessLifetime", "00:00:01")], (1, "old")))
        {
            old = (await app.LogInAsync("alice")).AccessToken;
        }

        await Task.Delay(2000);

        await using var next = Start((2, "new"), (1, "old"));
        Assert.Equal("auth.tokenExpired", await (await next.ClientOf(old).GetAsync(Me)).CodeAsync());
    }

    [Fact]
    public async Task Restart_SameIdForAnotherKey_RefusesTheOldTokens()
    {
        string old;
        await using (var app = Start((1, "k")))
        {
            old = (await app.LogInAsync("alice")).AccessToken;
        }

        await using (var app = Start((2, "k"), (1, "old")))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(app, old));
        }
    }

    [Fact]
    public async Task Change_InAWatchedFile_TakesEffectWithoutARestart()
    {
        var file = Path.Combine(_folder.FullName, "appsettings.json");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "appsettings.Development.json"), Path.Combine(_folder.FullName, "appsettings.Development.json"));
        Write(file, (1, "old"));
        await using var program = await ChildProgram.StartAsync(_folder.FullName, ChildProgram.FreePort(), ("ASPNETCORE_CONTENTROOT", _folder.FullName));
        using var client = new Door(program.Address);
        var old = await client.LogInAsync("keys-1");
        Assert.Equal("old", KeyOf(old));

        Write(file, (2, "new"), (1, "old"));
        var next = await UntilAsync(async () => await client.LogInAsync("keys-" + Guid.NewGuid().ToString("N")[..8]), t => KeyOf(t) == "new");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await client.CallAsync(old), await client.CallAsync(next)));

        // What cannot be used changes nothing.
        foreach (var broken in new[] { "{ \"Auth\": { \"SigningKeys\": [] } }", "{ \"Auth\": { \"SigningKeys\": [ { \"Id\": \"short\", \"Key\": \"c2hvcnQ=\" } ] } }" })
        {
            var told = program.Output.Split("are not used").Length;
            Put(file, broken);
            await UntilAsync(() => Task.FromResult(program.Output.Split("are not used").Length), n => n > told);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await client.CallAsync(old), await client.CallAsync(next)));
        }

        Write(file, (2, "new"));
        await UntilAsync(() => client.CallAsync(old), s => s == HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.OK, await client.CallAsync(next));
        Assert.All(Keys, k => Assert.DoesNotContain(k, program.Output, StringComparison.Ordinal));
    }

    private static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> good)
    {
        for (var i = 0; ; i++)
        {
            var seen = await look();
            if (good(seen))
            {
                return seen;
            }

            Assert.True(i < 60, "It did not take effect within 30 s.");
            await Task.Delay(500);
        }
    }

    private static string KeyOf(string token) => TokenParts.Of(token).Header["kid"]!.GetValue<string>();

    private static async Task<HttpStatusCode> CallAsync(TestApp app, string token) => (await app.ClientOf(token).GetAsync(Me)).StatusCode;

    private static void Write(string file, params (int Key, string Id)[] keys) =>
        Put(file, JsonSerializer.Serialize(new { Auth = new { SigningKeys = keys.Select(k => new { k.Id, Key = Keys[k.Key - 1] }) } }));

    /// <summary>In one step, so that nobody reads half a file.</summary>
    private static void Put(string file, string text)
    {
        File.WriteAllText(file + ".new", text);
        File.Move(file + ".new", file, overwrite: true);
    }

    private TestApp Start(params (int Key, string Id)[] keys) => Start([], keys);

    private TestApp Start((string, string)[] settings, params (int Key, string Id)[] keys) => TestApp.Start(
        "Development",
        _folder.FullName,
        [.. settings, .. Logins.ProductionSettings[2..3], .. keys.SelectMany((k, i) => new[] { ($"Auth:SigningKeys:{i}:Id", k.Id), ($"Auth:SigningKeys:{i}:Key", Keys[k.Key - 1]) })]);

    /// <summary>An applicant at the door of a program of its own.</summary>
    private sealed class Door(Uri address) : IDisposable
    {
        private readonly HttpClient _client = new() { BaseAddress = address };

        public async Task<string> LogInAsync(string name)
        {
            var answer = await _client.PostAsJsonAsync("/api/v1/auth/wechat", new { code = "sandbox-" + name });
            return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
        }

        public async Task<HttpStatusCode> CallAsync(string token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Me) { Headers = { { "Authorization", "Bearer " + token } } };
            return (await _client.SendAsync(request)).StatusCode;
        }

        public void Dispose() => _client.Dispose();
    }
}
