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
