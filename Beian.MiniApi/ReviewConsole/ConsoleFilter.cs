using Beian.MiniApi.Platform;
using Microsoft.AspNetCore.Antiforgery;

namespace Beian.MiniApi.ReviewConsole;

/// <summary>Before any handler that changes something: the form must come from a page of ours, shown to the same member.</summary>
internal sealed class ConsoleFilter(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (isRead)
        {
            return await next(context);
        }

        if (IsForeign(http))
        {
            return ConsoleErrors.FormStale().ToAnswer();
        }

        if (await ConsoleForms.TryReadAsync(http) is { } unreadable)
        {
            return unreadable.ToAnswer();
        }

        return await antiforgery.IsRequestValidAsync(http) ? await next(context) : ConsoleErrors.FormStale().ToAnswer();
    }

    /// <summary>Browsers say where a request comes from; the token is what counts, this costs nothing.</summary>
    internal static bool IsForeign(HttpContext http) => http.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none");
}
