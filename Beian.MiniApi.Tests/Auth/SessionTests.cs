using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Auth;

public sealed class SessionTests
{
    [Fact]
    public async Task Refresh_WithCurrentToken_GivesANewPairThatWorks()
    {
        await using var app = TestApp.Start();
        var login = await app.LogInAsync("alice");

        var first = await RefreshAsync(app, login.RefreshToken);
        var pair = await first.Content.ReadFromJsonAsync<JsonElement>();
        var second = await RefreshAsync(app, pair.GetProperty("refreshToken").GetString()!);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.NotEqual(login.RefreshToken, pair.GetProperty("refreshToken").GetString());
        Assert.Equal(HttpStatusCode.OK, (await app.ClientOf(pair.GetProperty("accessToken").GetString()!).GetAsync(Me)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    [Fact]
    public async Task Refresh_TokenUsedTwice_EndsTheSession()
    {
        await using var app = TestApp.Start();
        var login = await app.LogInAsync("alice");
        var other = await app.LogInAsync("alice");
        var pair = await (await RefreshAsync(app, login.RefreshToken)).Content.ReadFromJsonAsync<JsonElement>();

        var again = await RefreshAsync(app, login.RefreshToken);

        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.Equal("auth.refreshReused", await again.CodeAsync());
        Assert.Equal("auth.sessionEnded", await (await app.ClientOf(pair.GetProperty("accessToken").GetString()!).GetAsync(Me)).CodeAsync());
        Assert.Equal("auth.sessionEnded", await (await RefreshAsync(app, pair.GetProperty("refreshToken").GetString()!)).CodeAsync());
        Assert.Equal(HttpStatusCode.OK, (await app.ClientOf(other).GetAsync(Me)).StatusCode);
    }

    [Fact]
    public async Task Refresh_SameTokenAtOnce_OnlyOneWins()
    {
        await using var app = TestApp.Start();
        var login = await app.LogInAsync("alice");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RefreshAsync(app, login.RefreshToken)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Refresh_TokenNeverGiven_IsInvalid(string token)
    {
        await using var app = TestApp.Start();

        var answer = await RefreshAsync(app, token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("auth.refreshInvalid", await answer.CodeAsync());
    }

    [Fact]
    public async Task Refresh_AfterItsLifetime_SessionHasEnded()
    {
        await using var app = TestApp.Start(("Auth:RefreshLifetime", "00:00:01"));
        var login = await app.LogInAsync("alice");
        await Task.Delay(1100);

        Assert.Equal("auth.sessionEnded", await (await RefreshAsync(app, login.RefreshToken)).CodeAsync());
        Assert.Equal("auth.sessionEnded", await (await app.ClientOf(login).GetAsync(Me)).CodeAsync());
        Assert.Equal(1, await app.Get<ISessionStore>().PruneAsync(TimeProvider.System.GetUtcNow(), CancellationToken.None));
        Assert.Equal("auth.refreshInvalid", await (await RefreshAsync(app, login.RefreshToken)).CodeAsync());
    }

    [Fact]
    public async Task LogOut_ThisSession_ActsAtOnceAndLeavesOthers()
    {
        await using var app = TestApp.Start();
        var login = await app.LogInAsync("alice");
        var other = await app.LogInAsync("alice");
        var client = app.ClientOf(login);

        var answer = await client.PostAsync(new Uri("/api/v1/auth/logout", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var after = await client.GetAsync(Me);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        Assert.Equal("auth.sessionEnded", await after.CodeAsync());
        Assert.Equal("auth.sessionEnded", await (await RefreshAsync(app, login.RefreshToken)).CodeAsync());
        Assert.Equal(HttpStatusCode.OK, (await app.ClientOf(other).GetAsync(Me)).StatusCode);
    }

    [Fact]
    public async Task LogOut_All_EndsEverySessionOfThatUserAlone()
    {
        await using var app = TestApp.Start();
        var login = await app.LogInAsync("alice");
        var other = await app.LogInAsync("alice");
        var bob = await app.LogInAsync("bob");

        var answer = await app.ClientOf(login).PostAsync(new Uri("/api/v1/auth/logout?all=true", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("auth.sessionEnded", await (await app.ClientOf(other).GetAsync(Me)).CodeAsync());
        Assert.Equal(HttpStatusCode.OK, (await app.ClientOf(bob).GetAsync(Me)).StatusCode);
    }

    private static readonly Uri Me = new("/api/v1/me", UriKind.Relative);

    private static Task<HttpResponseMessage> RefreshAsync(TestApp app, string refreshToken) =>
        app.Client.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken });
}
