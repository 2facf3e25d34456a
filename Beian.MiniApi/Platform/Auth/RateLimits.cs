using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Beian.MiniApi.Domain;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Platform.Auth;

/// <summary>How often the API may be called, per window of one minute.</summary>
public sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>Calls a minute of one user or member of staff; default 600.</summary>
    [Range(1, int.MaxValue)]
    public int UserPerMinute { get; set; } = 600;

    /// <summary>Calls a minute from one address, an IPv4 address or an IPv6 /64; default 1,200, since whole offices share one.</summary>
    [Range(1, int.MaxValue)]
    public int AddressPerMinute { get; set; } = 1200;

    /// <summary>Logins a minute from one address, applicants' and staff's together; default 60.</summary>
    [Range(1, int.MaxValue)]
    public int LoginPerMinute { get; set; } = 60;
}

/// <summary>Proxies whose word about the caller's address is taken.</summary>
public sealed class ProxyOptions
{
    public const string Section = "Proxies";

    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>) of proxies that set <c>X-Forwarded-For</c>; default none, and the peer is the caller.</summary>
    public IList<string> Known { get; } = [];
}

/// <summary>Marks a route that logs somebody in.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LoginRouteAttribute : Attribute;

/// <summary>The refusal of a caller who calls too often.</summary>
public static class RateErrors
{
    public static DomainError Limited(TimeSpan retryAfter) => new("rate.limited", ErrorKind.TooMany) { RetryAfter = retryAfter };
}

/// <summary>
/// Limits on everything under <c>/api</c> and on the console; other pages, health and the sandbox are not counted. The framework's middleware keeps a clock for each program it served, even an
/// ended one; here the limiters end with the program.
/// </summary>
internal sealed class RateLimits : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<HttpContext> _address;
    private readonly PartitionedRateLimiter<HttpContext> _login;
    private readonly PartitionedRateLimiter<HttpContext> _user;

    public RateLimits(IOptions<RateLimitOptions> options)
    {
        var limits = options.Value;
        _address = PartitionedRateLimiter.Create<HttpContext, string>(http => Counts(http) ? Fixed(AddressOf(http), limits.AddressPerMinute) : Free());
        _login = PartitionedRateLimiter.Create<HttpContext, string>(http =>
            Counts(http) && http.GetEndpoint()?.Metadata.GetMetadata<LoginRouteAttribute>() is not null ? Fixed(AddressOf(http), limits.LoginPerMinute) : Free());
        _user = PartitionedRateLimiter.Create<HttpContext, string>(http =>
            Counts(http) && http.Features.Get<CurrentUser>() is { } user ? Fixed(user.UserId, limits.UserPerMinute) : Free());
    }

    /// <summary>Counted before anybody looks at a token.</summary>
    public Task CountAddress(HttpContext http, RequestDelegate next) => Count(http, [_address, _login], next);

    /// <summary>Counted once the caller is known.</summary>
    public Task CountUser(HttpContext http, RequestDelegate next) => Count(http, [_user], next);

    public void Dispose()
    {
        _address.Dispose();
        _login.Dispose();
        _user.Dispose();
    }

    /// <summary>What is counted as one address: IPv4 whole, IPv6 by its /64, which one subscriber has all of.</summary>
    internal static string AddressOf(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private static string AddressOf(HttpContext http) => AddressOf(http.Connection.RemoteIpAddress);

    private static bool Counts(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || ConsoleCookies.IsConsole(http);

    private static RateLimitPartition<string> Free() => RateLimitPartition.GetNoLimiter(string.Empty);

    private static RateLimitPartition<string> Fixed(string key, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window, QueueLimit = 0 });

    private static async Task Count(HttpContext http, PartitionedRateLimiter<HttpContext>[] limiters, RequestDelegate next)
    {
        foreach (var limiter in limiters)
        {
            using var lease = limiter.AttemptAcquire(http);
            if (!lease.IsAcquired)
            {
                var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : Window;
                await Answer.Refuse(RateErrors.Limited(wait)).ExecuteAsync(http);
                return;
            }
        }

        await next(http);
    }
}
