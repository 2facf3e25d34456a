using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Beian.MiniApi.Platform.OpenApi;

/// <summary>Documents the headers and paging parameters that the pipeline reads and writes and no handler names.</summary>
internal sealed class OperationHeaders : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var api = context.ApiDescription;
        operation.Parameters ??= [];
        if (OperationDetails.Metadata<PagedAttribute>(api) is not null)
        {
            Add(operation, "limit", ParameterLocation.Query, "Most items on the page.", Number(PageRequest.DefaultLimit, 1, PageRequest.MaxLimit));
            Add(operation, "cursor", ParameterLocation.Query, "nextCursor of the page before; absent for the first page.", Text());
        }

        var versioned = OperationDetails.Metadata<VersionedAttribute>(api) is not null;
        if (versioned)
        {
            Add(operation, "If-Match", ParameterLocation.Header, "The ETag of the version last seen, such as \"3\"; without it the last write wins.", Text());
        }

        var idempotent = OperationDetails.Metadata<IdempotentAttribute>(api) is not null;
        if (idempotent)
        {
            Add(operation, "Idempotency-Key", ParameterLocation.Header, "1 to 64 printable characters; a repeat within 24 hours gets the first answer.", Text(1, 64));
        }

        if (api.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true)
        {
            Add(operation, "Accept-Language", ParameterLocation.Header, "en for English texts; otherwise Simplified Chinese.", Text());
        }

        foreach (var (status, answer) in operation.Responses ?? [])
        {
            if (answer is OpenApiResponse response)
            {
                Describe(response, status, idempotent, api.SupportedResponseTypes.Any(t => t.StatusCode < 300 && HasVersion(t.Type)));
            }
        }
    }

    private static void Describe(OpenApiResponse response, string status, bool idempotent, bool hasVersion)
    {
        var success = status[0] == '2';
        if (success && hasVersion)
        {
            Add(response, "ETag", "The version, quoted; send it back in If-Match.");
        }

        if (status == "201")
        {
            Add(response, "Location", "Path of what was created.");
        }

        if (idempotent && (success || status is "404" or "409" or "412" or "413" or "415" or "422"))
        {
            Add(response, "Idempotency-Replayed", "true on the repeat of an answer given before.");
        }

        if (status is "429" or "503")
        {
            Add(response, "Retry-After", "Seconds to wait.");
        }

        if (status == "401")
        {
            Add(response, "WWW-Authenticate", "Bearer");
        }
    }

    /// <summary>A view that carries the version of a filing.</summary>
    private static bool HasVersion(Type? type) => type?.GetProperty("Version")?.PropertyType == typeof(int);

    private static void Add(OpenApiOperation operation, string name, ParameterLocation where, string description, OpenApiSchema schema) =>
        operation.Parameters!.Add(new OpenApiParameter { Name = name, In = where, Description = description, Schema = schema });

    private static void Add(OpenApiResponse response, string name, string description)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        response.Headers[name] = new OpenApiHeader { Description = description, Schema = Text() };
    }

    private static OpenApiSchema Text(int? min = null, int? max = null) => new() { Type = JsonSchemaType.String, MinLength = min, MaxLength = max };

    private static OpenApiSchema Number(int preset, int min, int max) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int32",
        Default = preset,
        Minimum = min.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Maximum = max.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
