namespace Beian.MiniApi.Platform;

/// <summary>On routes whose answer shows personal data: each answer leaves an entry in the audit trail.</summary>
/// <param name="kind">Kind of what is shown: the table it is kept in.</param>
/// <param name="routeValue">The part of the route that names it; null where it is the caller's account.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShowsAttribute(string kind, string? routeValue = null) : Attribute
{
    public string Kind { get; } = kind;

    public string? RouteValue { get; } = routeValue;
}

/// <summary>Says on a route what it shows.</summary>
public static class ShowsExtensions
{
    /// <param name="route">The route.</param>
    /// <param name="kind">Kind of what is shown: the table it is kept in.</param>
    /// <param name="routeValue">The part of the route that names it; null where it is the caller's account.</param>
    public static RouteHandlerBuilder Shows(this RouteHandlerBuilder route, string kind, string? routeValue = null) => route.WithMetadata(new ShowsAttribute(kind, routeValue));
}
