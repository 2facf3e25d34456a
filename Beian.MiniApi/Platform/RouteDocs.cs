namespace Beian.MiniApi.Platform;

/// <summary>Short words for what a route's documentation says.</summary>
public static class RouteDocs
{
    /// <summary>Statuses the route refuses with, besides those every route of its group has (400 for bodies, 401, 403, 429).</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<ProblemView>(status, "application/problem+json");
        }

        return route;
    }
}
