using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Auth;

public sealed class WeChatLoginTests
{
    [Fact]
    public async Task LogIn_FirstAndSecondTime_IsOneUserWithOneAccount()
    {
        await using var app = TestApp.Start();

        var first = await app.LogInAsync("alice");
        var second = await app.LogInAsync("alice");
        var other = await app.LogInAsync("bob");

        Assert.True(first.Answer.GetProperty("user").GetProperty("isNew").GetBoolean());
        Assert.False(second.Answer.GetProperty("user").GetProperty("isNew").GetBoolean());
        Assert.Equal(JsonValueKind.Null, first.Answer.GetProperty("user").GetProperty("phone").ValueKind);
        Assert.Equal(900, first.Answer.GetProperty("expiresIn").GetInt32());
        Assert.Equal(first.Id, second.Id);
        Assert.NotEqual(first.Id, other.Id);
        var me = await app.ClientOf(second).GetFromJsonAsync<JsonElement>("/api/v1/me");
        Assert.Equal(first.Id, me.GetProperty("id").GetString());
        Assert.Equal("none", me.GetProperty("account").GetProperty("realName").GetProperty("status").GetString());
    }

    [Fact]
    public async Task LogIn_SameCodeAgain_IsUsed()
    {
        await using var app = TestApp.Start();

        var first = await app.Client.PostAsJsonAsync("/api/v1/auth/wechat", new { code = "sandbox-alice" });
        var second = await app.Client.PostAsJsonAsync("/api/v1/auth/wechat", new { code = "sandbox-alice" });

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.True(first.Headers.CacheControl?.NoStore);
        Assert.Equal(HttpStatusCode.Unauthorized, second.StatusCode);
        Assert.Equal("/code", await AtAsync(second, "auth.codeUsed"));
        Assert.Equal("Bearer", second.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-such-code")]
    [InlineData("sandbox-\u0000")]
    [InlineData("sandbox-阿丽")]
    public async Task LogIn_BadCode_IsInvalid(string code)
    {
        await using var app = TestApp.Start();

        var answer = await app.Client.PostAsJsonAsync("/api/v1/auth/wechat", new { code });

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("/code", await AtAsync(answer, "auth.codeInvalid"));
    }

    /// <summary>Where the one thing that is wrong stands.</summary>
    private static async Task<string?> AtAsync(HttpResponseMessage refused, string code)
    {
        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal((code, code), (problem.GetProperty("code").GetString(), error.GetProperty("code").GetString()));
        return error.GetProperty("pointer").GetString();
    }

    [Fact]
    public async Task LogIn_WeChatDown_IsUnavailableWithRetryAfter()
    {
        await using var app = TestApp.Start();

        var answer = await app.Client.PostAsJsonAsync("/api/v1/auth/wechat", new { code = "sandbox-down" });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("wechat.unavailable", await answer.CodeAsync());
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task LogIn_ManyAtOnce_CreatesOneUser()
    {
        await using var app = TestApp.Start();

        var logins = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => app.LogInAsync("crowd")));

        Assert.Single(logins.Select(l => l.Id).Distinct());
        Assert.Single(logins, l => l.Answer.GetProperty("user").GetProperty("isNew").GetBoolean());
    }

    [Fact]
    public async Task LogIn_Stored_ShowsNeitherOpenIdNorSessionKey()
    {
        await using var app = TestApp.Start();
        var login = await app.LogInAsync("alice");
        var users = app.Get<IUserStore>();

        var user = await users.FindAsync(login.Id, CancellationToken.None);
        var key = (await users.FindSessionKeyAsync(login.Id, CancellationToken.None))!;

        Assert.Equal(24, key.Length);
        Assert.Equal(login.Id, (await users.FindByOpenIdAsync(app.Get<BlindIndex>().Of(BlindIndex.OpenId, user!.OpenId), CancellationToken.None))?.Id);
        foreach (var file in Directory.EnumerateFiles(app.Folder, "beian.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes);
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(user.OpenId)) < 0, file);
            Assert.True(bytes.AsSpan().IndexOf(key) < 0, file);
        }

        Assert.DoesNotContain(Encoding.UTF8.GetString(key), login.Answer.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(user.OpenId, login.Answer.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_Me_KeepsChoicesAcrossARestart()
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-test-" + Guid.NewGuid().ToString("N"));
        LoggedInAs login;
        await using (var app = TestApp.Start("Development", folder))
        {
            login = await app.LogInAsync("alice");
            var put = await app.ClientOf(login).PutAsJsonAsync("/api/v1/me", new { notifications = new { progress = true, reminders = false } });
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        }

        await using (var app = TestApp.Start("Development", folder))
        {
            var me = await app.ClientOf(login).GetFromJsonAsync<JsonElement>("/api/v1/me");

            Assert.False(me.GetProperty("notifications").GetProperty("reminders").GetBoolean());
            Assert.True(me.GetProperty("notifications").GetProperty("progress").GetBoolean());
        }

        Directory.Delete(folder, recursive: true);
    }
}
