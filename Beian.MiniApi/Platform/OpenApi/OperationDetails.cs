using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Beian.MiniApi.Platform.OpenApi;

/// <summary>
/// Says of each operation who may call it and every problem it answers: those its route declares, and those that follow from what it reads (a token, a
/// body, headers).
/// </summary>
internal sealed class OperationDetails : IOperationFilter
{
    private const string Problem = "application/problem+json";

    /// <summary>The name of the route, in camelCase.</summary>
    public static string? IdOf(ApiDescription api) =>
        Metadata<IEndpointNameMetadata>(api)?.EndpointName is { Length: > 0 } name ? char.ToLowerInvariant(name[0]) + name[1..] : null;

    /// <summary>The last metadata of that kind, which is the one that counts, or null.</summary>
    public static T? Metadata<T>(ApiDescription api)
        where T : class => api.ActionDescriptor.EndpointMetadata.OfType<T>().LastOrDefault();

    /// <summary>Whether a token is needed.</summary>
    public static bool IsProtected(ApiDescription api) => Metadata<IAuthorizeData>(api) is not null && Metadata<IAllowAnonymous>(api) is null;

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var api = context.ApiDescription;
        operation.Responses ??= [];
        var problem = context.SchemaGenerator.GenerateSchema(typeof(ProblemView), context.SchemaRepository);
        foreach (var status in Declared(operation).Concat(Implied(api)).Distinct().Order())
        {
            operation.Responses[$"{status}"] = new OpenApiResponse
            {
                Description = Meaning(status),
                Content = new Dictionary<string, OpenApiMediaType> { [Problem] = new() { Schema = problem } },
            };
        }

        if (IsProtected(api))
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(OpenApiSetup.Bearer, context.Document)] = [] }];
        }
    }

    /// <summary>Refusals of the route itself; an answer above 400 in plain JSON, as readiness gives, is left alone.</summary>
    private static List<int> Declared(OpenApiOperation operation) =>
        [.. operation.Responses!.Where(r => r.Key[0] is '4' or '5' && r.Value.Content?.ContainsKey("application/json") != true).Select(r => int.Parse(r.Key, System.Globalization.CultureInfo.InvariantCulture))];

    private static IEnumerable<int> Implied(ApiDescription api)
    {
        if (api.RelativePath?.StartsWith("api/", StringComparison.Ordinal) != true)
        {
            yield break;
        }

        yield return StatusCodes.Status429TooManyRequests;
        if (IsProtected(api))
        {
            yield return StatusCodes.Status401Unauthorized;
            yield return StatusCodes.Status403Forbidden;
        }

        var readsBody = Metadata<IAcceptsMetadata>(api) is not null || Metadata<MultipartAttribute>(api) is not null || Metadata<TextBodyAttribute>(api) is not null;
        if (readsBody)
        {
            yield return StatusCodes.Status413PayloadTooLarge;
            yield return StatusCodes.Status415UnsupportedMediaType;
        }

        if (Metadata<IdempotentAttribute>(api) is not null)
        {
            yield return StatusCodes.Status409Conflict;
            yield return StatusCodes.Status422UnprocessableEntity;
        }

        if (readsBody || Metadata<IdempotentAttribute>(api) is not null || Metadata<PagedAttribute>(api) is not null || Metadata<VersionedAttribute>(api) is not null)
        {
            yield return StatusCodes.Status400BadRequest;
        }
    }

    private static string Meaning(int status) => status switch
    {
        400 => "Unreadable, or of the wrong shape.",
        401 => "No token, or one that no longer counts.",
        403 => "Not for this role.",
        404 => "Absent, or not yours.",
        409 => "Not in this state, or against what is stored.",
        412 => "Somebody saved in between: If-Match names an older version.",
        413 => "Over a limit, which the answer states.",
        415 => "Of a type that is not taken.",
        422 => "Readable, but demands are not met; errors lists them.",
        429 => "Too many calls; wait for Retry-After seconds.",
        503 => "An outside service does not answer; try again after Retry-After seconds.",
        507 => "There is no room to store it.",
        _ => "Refused.",
    };
}
