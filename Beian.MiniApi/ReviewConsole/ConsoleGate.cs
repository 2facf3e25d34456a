using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;

namespace Beian.MiniApi.ReviewConsole;

/// <summary>The outermost of every request to the console: how refusals are shown, in which language, and what a browser may do with the answer.</summary>
internal static class ConsoleGate
{
    /// <summary>The cookie that holds the language somebody chose: <c>zh-CN</c> or <c>en</c>.</summary>
    public const string LanguageCookie = "beian-lang";

    /// <summary>What stands on a page comes from here, and so do its forms' targets; no script and no style inside the page.</summary>
    private const string Policy =
        "default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static Task EnterAsync(HttpContext http, RequestDelegate next)
    {
        if (!ConsoleCookies.IsConsole(http))
        {
            return next(http);
        }

        http.Features.Set<IRefusalPage>(ConsoleRefusals.Instance);
        if (http.Request.Cookies[LanguageCookie] is "en" or "zh-CN")
        {
            http.Request.Headers.AcceptLanguage = http.Request.Cookies[LanguageCookie];
        }

        http.Response.OnStarting(SecureAsync, http);
        return next(http);
    }

    private static Task SecureAsync(object state)
    {
        var headers = ((HttpContext)state).Response.Headers;
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            // Papers bring one of their own, which allows less.
            headers.ContentSecurityPolicy = Policy;
        }

        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        if (!headers.CacheControl.ToString().Contains("immutable", StringComparison.Ordinal))
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }
}
