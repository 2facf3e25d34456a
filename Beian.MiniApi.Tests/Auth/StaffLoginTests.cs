using System.Net;
using System.Net.Http.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Auth;

public sealed class StaffLoginTests
{
    private static readonly Uri Me = new("/api/v1/me", UriKind.Relative);
    private static readonly Uri Logout = new("/api/v1/staff/logout", UriKind.Relative);
    private static readonly Uri Account = new("/api/v1/admin/accounts/nobody", UriKind.Relative);

    [Fact]
    public async Task Call_EachRole_MayUseItsOwnRoutesOnly()
    {
        await using var app = TestApp.Start();
        var applicant = await app.ApplicantAsync("alice");
        var reviewer = await app.StaffAsync("reviewer");
        var admin = await app.StaffAsync("admin");

        Assert.Equal(HttpStatusCode.OK, (await applicant.GetAsync(Me)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync(Account)).StatusCode);
        foreach (var (client, address) in new[] { (reviewer, Me), (admin, Me), (reviewer, Account), (applicant, Account) })
        {
            var answer = await client.GetAsync(address);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Equal("auth.forbidden", await answer.CodeAsync());
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await applicant.PostAsync(Logout, null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.PostAsync(Logout, null)).StatusCode);
        Assert.Equal("auth.sessionEnded", await (await admin.GetAsync(Account)).CodeAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await reviewer.PostAsync(Logout, null)).StatusCode);
    }

    [Fact]
    public async Task LogIn_NameInOtherCase_IsTheSameMember()
    {
        await using var app = TestApp.Start();

        var login = await app.LogInStaffAsync("admin");
        var answer = await TryAsync(app, " ADMIN ", "sandbox-admin");

        Assert.Equal("admin", login.Answer.GetProperty("staff").GetProperty("role").GetString());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("reviewer")]
    [InlineData("nobody-of-that-name")]
    public async Task LogIn_FiveFailures_ClosesTheNameKnownOrNot(string name)
    {
        await using var app = TestApp.Start();
        for (var i = 0; i < 5; i++)
        {
            var failed = await TryAsync(app, name, "wrong");
            Assert.Equal(HttpStatusCode.Unauthorized, failed.StatusCode);
            Assert.Equal("auth.badCredentials", await failed.CodeAsync());
        }

        var locked = await TryAsync(app, name.ToUpperInvariant(), "sandbox-reviewer");

        Assert.Equal(HttpStatusCode.TooManyRequests, locked.StatusCode);
        Assert.Equal("auth.lockedOut", await locked.CodeAsync());
        Assert.InRange(locked.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 800, 900);
        Assert.Equal(HttpStatusCode.OK, (await TryAsync(app, "admin", "sandbox-admin")).StatusCode);
    }

    [Fact]
    public async Task LogIn_ManyGuessesAtOnce_AreCountedOneByOne()
    {
        await using var app = TestApp.Start();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => TryAsync(app, "reviewer", $"guess-{i}")));

        Assert.Equal(5, answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized));
        Assert.Equal(7, answers.Count(a => a.StatusCode == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task LogIn_SuccessBetweenFailures_StartsCountingAnew()
    {
        await using var app = TestApp.Start(("Staff:MaxFailures", "2"));
        await TryAsync(app, "reviewer", "wrong");
        await app.LogInStaffAsync("reviewer");

        Assert.Equal(HttpStatusCode.Unauthorized, (await TryAsync(app, "reviewer", "wrong")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await TryAsync(app, "reviewer", "sandbox-reviewer")).StatusCode);
    }

    [Fact]
    public async Task LogIn_AfterTheLockOut_IsOpenAgain()
    {
        await using var app = TestApp.Start(("Staff:MaxFailures", "1"), ("Staff:LockOutDuration", "00:00:01"));
        await TryAsync(app, "reviewer", "wrong");
        Assert.Equal("auth.lockedOut", await (await TryAsync(app, "reviewer", "sandbox-reviewer")).CodeAsync());

        await Task.Delay(1100);

        Assert.Equal(HttpStatusCode.OK, (await TryAsync(app, "reviewer", "sandbox-reviewer")).StatusCode);
    }

    [Fact]
    public async Task Start_ConfigurationChanged_ReplacesPasswordsAndClosesLogins()
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-test-" + Guid.NewGuid().ToString("N"));
        LoggedInAs before;
        await using (var app = TestApp.Start("Development", folder, [.. Logins.ProductionSettings.Where(s => s.Key.StartsWith("Keys:", StringComparison.Ordinal))]))
        {
            before = await app.LogInStaffAsync("admin");
        }

        (string, string)[] changed =
        [
            ("Staff:Members:0:UserName", "Admin"), ("Staff:Members:0:Role", "admin"), ("Staff:Members:0:Password", "a-new-password"),
            ("Staff:Members:1:UserName", "carol"), ("Staff:Members:1:Role", "reviewer"), ("Staff:Members:1:Password", "carols-password"),
        ];
        await using (var app = TestApp.Start("Production", folder, [.. Logins.ProductionSettings, .. changed]))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await TryAsync(app, "admin", "sandbox-admin")).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await TryAsync(app, "reviewer", "sandbox-reviewer")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await TryAsync(app, "carol", "carols-password")).StatusCode);
            var now = await TryAsync(app, "admin", "a-new-password");
            Assert.Equal(HttpStatusCode.OK, now.StatusCode);
            Assert.Contains(before.Id, await now.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            var old = await app.Client.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = before.RefreshToken });
            Assert.Equal("auth.sessionEnded", await old.CodeAsync());
        }

        Directory.Delete(folder, recursive: true);
    }

    private static Task<HttpResponseMessage> TryAsync(TestApp app, string userName, string password) =>
        app.Client.PostAsJsonAsync("/api/v1/staff/login", new { userName, password });
}
