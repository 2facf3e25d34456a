using System.Net;
using System.Net.Http.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Auth;

public sealed class SessionListTests
{
    private const string Mine = "/api/v1/me/sessions";
    private const string Phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.54 NetType/WIFI";

    [Fact]
    public async Task List_OfSeveralLogins_ShowsDevicesAndWhichIsThis()
    {
        await using var app = TestApp.Start();
        var first = await app.LogInAsync("alice");
        app.Client.DefaultRequestHeaders.Add("User-Agent", Phone);
        var second = await app.LogInAsync("alice");
        await app.LogInAsync("bob");

        var answer = await app.ClientOf(second).GetAsync(Mine);
        var items = (await answer.JsonAsync()).GetProperty("items");

        Assert.Equal(["WeChat on iOS", null], items.EnumerateArray().Select(s => s.GetProperty("device").GetString()));
        Assert.Equal([true, false], items.EnumerateArray().Select(s => s.GetProperty("current").GetBoolean()));
        Assert.Equal(["id", "startedAt", "lastUsedAt", "device", "current"], items[0].EnumerateObject().Select(p => p.Name));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain(second.RefreshToken, text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", text, StringComparison.Ordinal);
        Assert.Equal([false, true], (await (await app.ClientOf(first).GetAsync(Mine)).JsonAsync()).GetProperty("items").EnumerateArray().Select(s => s.GetProperty("current").GetBoolean()));
    }

    [Fact]
    public async Task List_ByPages_ShowsEachOnce()
    {
        await using var app = TestApp.Start();
        var logins = new List<LoggedInAs>();
        for (var i = 0; i < 5; i++)
        {
            logins.Add(await app.LogInAsync("alice"));
        }

        using var client = app.ClientOf(logins[^1]);
        var seen = new List<string?>();
        for (var path = Mine + "?limit=2"; ;)
        {
            var page = await (await client.GetAsync(path)).JsonAsync();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(s => s.GetProperty("id").GetString()));
            if (page.GetProperty("nextCursor").GetString() is not { } next)
            {
                break;
            }

            path = $"{Mine}?limit=2&cursor={next}";
        }

        Assert.Equal(5, seen.Distinct().Count());
        Assert.Equal(seen.OrderDescending(), seen);
    }

    [Fact]
    public async Task Refresh_MovesLastUsed_AndARequestDoesNot()
    {
        await using var app = TestApp.Start();
        var login = await app.LogInAsync("alice");
        var before = await OnlyAsync(app.ClientOf(login));
        await Task.Delay(30);

        Assert.Equal(before, await OnlyAsync(app.ClientOf(login)));
        await app.Client.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = login.RefreshToken });
        var after = await OnlyAsync(app.ClientOf(login));

        Assert.Equal(before.Started, after.Started);
        Assert.True(after.LastUsed > before.LastUsed);
    }

    [Fact]
    public async Task End_OneSession_ActsAtOnceAndIsThenNoMore()
    {
        await using var app = TestApp.Start();
        var kept = await app.LogInAsync("alice");
        var ended = await app.LogInAsync("alice");
        using var client = app.ClientOf(kept);
        var id = (await (await client.GetAsync(Mine)).JsonAsync()).GetProperty("items")[0].GetProperty("id").GetString();

        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"{Mine}/{id}")).StatusCode);

        Assert.Equal("auth.sessionEnded", await (await app.ClientOf(ended).GetAsync("/api/v1/me")).CodeAsync());
        Assert.Equal("auth.sessionEnded", await (await app.Client.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = ended.RefreshToken })).CodeAsync());
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/me")).StatusCode);
        Assert.Single((await (await client.GetAsync(Mine)).JsonAsync()).GetProperty("items").EnumerateArray());
        await IsMissingAsync(await client.DeleteAsync($"{Mine}/{id}"));
    }

    [Fact]
    public async Task End_SomebodyElsesSession_IsAsIfThereWereNone()
    {
        await using var app = TestApp.Start();
        var alice = await app.LogInAsync("alice");
        using var bob = app.ClientOf(await app.LogInAsync("bob"));
        using var staff = await app.StaffAsync("reviewer");
        var id = (await (await app.ClientOf(alice).GetAsync(Mine)).JsonAsync()).GetProperty("items")[0].GetProperty("id").GetString();

        await IsMissingAsync(await bob.DeleteAsync($"{Mine}/{id}"));
        await IsMissingAsync(await staff.DeleteAsync($"/api/v1/staff/sessions/{id}"));
        await IsMissingAsync(await bob.DeleteAsync($"{Mine}/never-was"));

        Assert.Equal(HttpStatusCode.OK, (await app.ClientOf(alice).GetAsync("/api/v1/me")).StatusCode);
    }

    [Fact]
    public async Task List_OfStaff_IsTheMembersOwn()
    {
        await using var app = TestApp.Start();
        using var reviewer = await app.StaffAsync("reviewer");
        using var second = await app.StaffAsync("reviewer");
        using var admin = await app.StaffAsync("admin");
        const string Path = "/api/v1/staff/sessions";

        var items = (await (await second.GetAsync(Path)).JsonAsync()).GetProperty("items");
        Assert.Equal(2, items.GetArrayLength());
        Assert.Equal(1, (await (await admin.GetAsync(Path)).JsonAsync()).GetProperty("items").GetArrayLength());
        Assert.Equal(HttpStatusCode.Forbidden, (await second.GetAsync(Mine)).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await second.DeleteAsync($"{Path}/{items[1].GetProperty("id").GetString()}")).StatusCode);
        Assert.Equal("auth.sessionEnded", await (await reviewer.GetAsync(Path)).CodeAsync());
    }

    private static async Task IsMissingAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("auth.sessionNotFound", await answer.CodeAsync());
    }

    private static async Task<(DateTimeOffset Started, DateTimeOffset LastUsed)> OnlyAsync(HttpClient client)
    {
        var session = Assert.Single((await (await client.GetAsync(Mine)).JsonAsync()).GetProperty("items").EnumerateArray());
        return (session.GetProperty("startedAt").GetDateTimeOffset(), session.GetProperty("lastUsedAt").GetDateTimeOffset());
    }
}
