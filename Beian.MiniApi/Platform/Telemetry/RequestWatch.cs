using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Platform.Telemetry;

/// <summary>
/// The outermost look at every request: tells the log of those that failed or were slow, gives the span its name, and asks connections to end while the program
/// is about to. A request is named by its route, <c>/api/v1/filings/{filingId}</c>, never by its address.
/// </summary>
internal sealed partial class RequestWatch(Draining draining, IOptions<LogsOptions> options, ILogger<RequestWatch> log)
{
    private const string NoRoute = "(no route)";

    private readonly TimeSpan _slow = options.Value.SlowRequest;

    public async Task WatchAsync(HttpContext http, RequestDelegate next)
    {
        if (draining.IsOn)
        {
            // A proxy that keeps connections would send the next request into the one that closes at the end.
            http.Connection.RequestClose();
        }

        // Before the rest: whoever handles a failure forgets the route.
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? NoRoute;
        var span = Activity.Current;
        var start = Stopwatch.GetTimestamp();
        await next(http);

        var status = http.Response.StatusCode;
        Spans.Name(span, http, route == NoRoute ? null : route);
        if (status >= StatusCodes.Status500InternalServerError && !(route.StartsWith("/health/", StringComparison.Ordinal) && draining.IsOn))
        {
            Failed(log, http.Request.Method, route, status, (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        else if (_slow > TimeSpan.Zero && Stopwatch.GetElapsedTime(start) is var took && took >= _slow)
        {
            Slow(log, http.Request.Method, route, status, (long)took.TotalMilliseconds);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Route} answered {Status} after {Milliseconds} ms")]
    private static partial void Failed(ILogger log, string method, string route, int status, long milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Route} was slow: {Status} after {Milliseconds} ms")]
    private static partial void Slow(ILogger log, string method, string route, int status, long milliseconds);
}
