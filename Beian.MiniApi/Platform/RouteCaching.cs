namespace Beian.MiniApi.Platform;

/// <summary>Says on a route that its answer holds secrets.</summary>
public static class RouteCaching
{
    /// <summary>Answers that hold tokens or secrets are for nobody's cache.</summary>
    public static RouteHandlerBuilder Uncached(this RouteHandlerBuilder route) => route.AddEndpointFilter((context, next) =>
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    });
}
