using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using Beian.MiniApi.Coordination;
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
/// Limits on everything under <c>/api</c> and on the console; other pages, health and the sandbox are not counted. Counted over all instances, in a window that slides.
/// </summary>
internal sealed class RateLimits(IOptions<RateLimitOptions> options, ICallCounts counts)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Counted before anybody looks at a token.</summary>
    public async Task CountAddress(HttpContext http, RequestDelegate next)
    {
        if (Counts(http))
        {
            var address = AddressOf(http);
            var wait = await CountAsync(http, "address:" + address, options.Value.AddressPerMinute);
            if (wait is null && http.GetEndpoint()?.Metadata.GetMetadata<LoginRouteAttribute>() is not null)
            {
                wait = await CountAsync(http, "login:" + address, options.Value.LoginPerMinute);
            }

            if (wait is { } tooMany)
            {
                await Answer.Refuse(RateErrors.Limited(tooMany)).ExecuteAsync(http);
                return;
            }
        }

        await next(http);
    }

    /// <summary>Counted once the caller is known.</summary>
    public async Task CountUser(HttpContext http, RequestDelegate next)
    {
        if (Counts(http) && http.Features.Get<CurrentUser>() is { } user && await CountAsync(http, "user:" + user.UserId, options.Value.UserPerMinute) is { } tooMany)
        {
            await Answer.Refuse(RateErrors.Limited(tooMany)).ExecuteAsync(http);
            return;
        }

        await next(http);
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

    private ValueTask<TimeSpan?> CountAsync(HttpContext http, string key, int permits) => counts.CountAsync(key, permits, Window, http.RequestAborted);
}
