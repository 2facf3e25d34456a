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

/// <summary>On routes that take a form with a file; Swagger documents the fields from it.</summary>
/// <param name="file">Name of the file's field.</param>
/// <param name="fields">Names of the text fields; one that may be left out ends in a question mark.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MultipartAttribute(string file, params string[] fields) : Attribute
{
    public string File { get; } = file;

    public IReadOnlyList<string> Fields { get; } = fields;
}

/// <summary>On routes that read lines of text, such as CSV; Swagger documents the body from it.</summary>
/// <param name="contentTypes">Media types that are taken.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TextBodyAttribute(params string[] contentTypes) : Attribute
{
    public IReadOnlyList<string> ContentTypes { get; } = contentTypes;
}

/// <summary>On routes that heed <c>If-Match</c>; Swagger documents the header from it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VersionedAttribute : Attribute;
