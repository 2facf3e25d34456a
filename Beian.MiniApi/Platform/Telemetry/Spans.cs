using System.Diagnostics;

namespace Beian.MiniApi.Platform.Telemetry;

/// <summary>What a span may tell: the framework's own spans carry addresses, and those carry ids.</summary>
internal static class Spans
{
    /// <summary>Sources that are listened to: the server's, and that of every HTTP client.</summary>
    public static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http"];

    private const string Method = "http.request.method";
    private const string Route = "http.route";
    private const string Status = "http.response.status_code";

    /// <summary>The only tags that leave. Hosts are domains, which are published anyway; paths and queries are not here.</summary>
    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal) { Method, Route, Status, "error.type", "url.scheme", "server.address", "network.protocol.version" };

    /// <summary>Names the span of a request once it is answered. The health of the program is asked every second and no news.</summary>
    public static void Name(Activity? span, HttpContext http, string? route)
    {
        if (span is not { IsAllDataRequested: true })
        {
            return;
        }

        if (http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return;
        }

        var method = KnownMethod(http.Request.Method);
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag(Method, method);
        span.SetTag(Route, route);
        span.SetTag(Status, http.Response.StatusCode);
        span.SetStatus(http.Response.StatusCode >= StatusCodes.Status500InternalServerError ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
    }

    /// <summary>Takes off everything that is not in the list, and the words of an error, which may quote an address.</summary>
    public static void Strip(Activity span)
    {
        foreach (var tag in span.TagObjects.Where(t => !Kept.Contains(t.Key)).Select(t => t.Key).ToArray())
        {
            span.SetTag(tag, null);
        }

        if (span.StatusDescription is not null)
        {
            span.SetStatus(span.Status);
        }

        if (span.Kind == ActivityKind.Server && span.GetTagItem(Method) is null)
        {
            // It never came as far as a route: the name would be the framework's.
            span.DisplayName = "HTTP";
        }
    }

    /// <summary>A caller may send any word for a method, and it would become a name.</summary>
    private static string KnownMethod(string method) => method switch
    {
        "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" => method,
        _ => "_OTHER",
    };
}
