using System.Net;
using System.Net.Http.Json;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Platform;

public sealed class RateLimitTests
{
    private static readonly Uri Me = new("/api/v1/me", UriKind.Relative);

    [Fact]
    public async Task Call_OverTheUsersLimit_IsLimitedForThatUserAlone()
    {
        await using var app = TestApp.Start(("RateLimits:UserPerMinute", "3"));
        var alice = await app.ApplicantAsync("alice");
        var aliceElsewhere = await app.ApplicantAsync("alice");
        var bob = await app.ApplicantAsync("bob");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await alice.GetAsync(Me)).StatusCode);
        }

        var limited = await aliceElsewhere.GetAsync(Me);

        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        Assert.Equal("rate.limited", await limited.CodeAsync());
        Assert.InRange(limited.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync(Me)).StatusCode);
    }

    [Fact]
    public async Task Call_OverTheAddressesLimit_IsLimitedOnTheApiAlone()
    {
        await using var app = TestApp.Start(("RateLimits:AddressPerMinute", "2"));
        await app.Client.GetAsync(Me);
        await app.Client.GetAsync(Me);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await app.Client.GetAsync(Me)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Client.GetAsync(new Uri("/not-api", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task LogIn_OverTheLoginLimit_IsLimitedForLoginsAlone()
    {
        await using var app = TestApp.Start(("RateLimits:LoginPerMinute", "2"));
        await app.LogInAsync("alice");
        await app.LogInStaffAsync("admin");

        var limited = await app.Client.PostAsJsonAsync("/api/v1/auth/wechat", new { code = "sandbox-bob" });

        Assert.Equal("rate.limited", await limited.CodeAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Client.GetAsync(Me)).StatusCode);
    }

    [Fact]
    public async Task Call_ForwardedForWithoutKnownProxy_CountsThePeer()
    {
        await using var app = TestApp.Start(("RateLimits:AddressPerMinute", "1"));

        Assert.Equal(HttpStatusCode.Unauthorized, await ForwardedAsync(app, "192.0.2.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ForwardedAsync(app, "192.0.2.2"));
    }

    [Fact]
    public async Task Call_ForwardedByKnownProxies_CountsTheLastUntrustedHop()
    {
        await using var app = TestApp.Start(("RateLimits:AddressPerMinute", "1"), ("Proxies:Known:0", "127.0.0.1"), ("Proxies:Known:1", "10.0.0.0/8"));

        Assert.Equal(HttpStatusCode.Unauthorized, await ForwardedAsync(app, "192.0.2.1, 10.1.2.3"));
        Assert.Equal(HttpStatusCode.Unauthorized, await ForwardedAsync(app, "192.0.2.2, 10.1.2.3"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ForwardedAsync(app, "198.51.100.9, 192.0.2.1, 10.9.9.9"));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:0:1:aaaa::1", "20010db800000001")]
    [InlineData("2001:db8:0:1:bbbb::2", "20010db800000001")]
    [InlineData("2001:db8:0:2::1", "20010db800000002")]
    public void AddressOf_AnyAddress_IsWhatOneSubscriberHas(string address, string counted) =>
        Assert.Equal(counted, RateLimits.AddressOf(IPAddress.Parse(address)));

    /// <summary>Credential stuffing: many names, one guess each, so that no name is ever closed.</summary>
    [Fact]
    public async Task LogIn_ManyNamesFromOneAddress_IsLimitedBeforeAnyPasswordIsLookedAt()
    {
        await using var app = TestApp.Start(("RateLimits:LoginPerMinute", "10"));
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 14; i++)
        {
            answers.Add(await app.Client.PostAsJsonAsync("/api/v1/staff/login", new { userName = $"name-{i}", password = "guess" }));
        }

        Assert.All(answers[..10], a => Assert.Equal(HttpStatusCode.Unauthorized, a.StatusCode));
        foreach (var limited in answers[10..])
        {
            Assert.Equal((HttpStatusCode.TooManyRequests, "rate.limited"), (limited.StatusCode, await limited.CodeAsync()));
            Assert.InRange(limited.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        }

        // The right password gets no further either, nor does the other way in.
        Assert.Equal("rate.limited", await (await app.Client.PostAsJsonAsync("/api/v1/staff/login", new { userName = "admin", password = "sandbox-admin" })).CodeAsync());
        Assert.Equal("rate.limited", await (await app.Client.PostAsync(new Uri("/api/v1/staff/oidc/start", UriKind.Relative), null)).CodeAsync());
    }

    [Fact]
    public async Task LogIn_FromOneSixtyFour_IsOneAddressAndTheNextIsAnother()
    {
        await using var app = TestApp.Start(("RateLimits:LoginPerMinute", "2"), ("Proxies:Known:0", "127.0.0.1"));
        async Task<HttpStatusCode> FromAsync(string address)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/staff/login") { Content = JsonContent.Create(new { userName = "nobody-" + address, password = "guess" }) };
            request.Headers.Add("X-Forwarded-For", address);
            return (await app.Client.SendAsync(request)).StatusCode;
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await FromAsync("2001:db8:0:1::1"));
        Assert.Equal(HttpStatusCode.Unauthorized, await FromAsync("2001:db8:0:1:ffff:ffff:ffff:ffff"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await FromAsync("2001:db8:0:1:1234::9"));
        Assert.Equal(HttpStatusCode.Unauthorized, await FromAsync("2001:db8:0:2::1"));
        Assert.Equal(HttpStatusCode.Unauthorized, await FromAsync("192.0.2.1"));
    }

    [Fact]
    public async Task Call_OverTheUsersLimit_IsToldAlikeOnEveryRoute()
    {
        await using var app = TestApp.Start(("RateLimits:UserPerMinute", "1"));
        var applicant = await app.ApplicantAsync("alice");
        var admin = await app.StaffAsync("admin");
        await applicant.GetAsync(Me);
        await admin.GetAsync(new Uri("/api/v1/admin/staff", UriKind.Relative));

        (HttpClient Client, HttpMethod Method, string Path)[] calls =
        [
            (applicant, HttpMethod.Get, "/api/v1/filings"), (applicant, HttpMethod.Post, "/api/v1/filings"), (applicant, HttpMethod.Put, "/api/v1/me"), (applicant, HttpMethod.Post, "/api/v1/auth/logout"),
            (admin, HttpMethod.Get, "/api/v1/review/filings"), (admin, HttpMethod.Post, "/api/v1/staff/password"), (admin, HttpMethod.Delete, "/api/v1/staff/totp"), (admin, HttpMethod.Post, "/api/v1/admin/resources:import"),
        ];
        foreach (var (client, method, path) in calls)
        {
            using var request = new HttpRequestMessage(method, path);
            if (method != HttpMethod.Get)
            {
                request.Content = path.EndsWith(":import", StringComparison.Ordinal) ? new StringContent("a", System.Text.Encoding.UTF8, "text/csv") : JsonContent.Create(new { });
            }

            var limited = await client.SendAsync(request);

            Assert.Equal((HttpStatusCode.TooManyRequests, "rate.limited"), (limited.StatusCode, await limited.CodeAsync()));
            Assert.InRange(limited.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        }
    }

    [Fact]
    public async Task Call_ManyAddressesInOneHeader_NeverOpensTheLimitOfThePeer()
    {
        await using var app = TestApp.Start(("RateLimits:AddressPerMinute", "3"));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await ForwardedAsync(app, $"192.0.2.{i}"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await ForwardedAsync(app, "192.0.2.77, 192.0.2.78"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await ForwardedAsync(app, "nonsense"));
    }

    [Fact]
    public void Defaults_Are_TheDocumentedOnes()
    {
        var limits = new RateLimitOptions();

        Assert.Equal((600, 1200, 60), (limits.UserPerMinute, limits.AddressPerMinute, limits.LoginPerMinute));
    }

    private static async Task<HttpStatusCode> ForwardedAsync(TestApp app, string hops)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Me);
        request.Headers.Add("X-Forwarded-For", hops);
        return (await app.Client.SendAsync(request)).StatusCode;
    }
}
