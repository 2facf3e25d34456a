using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Resources;

/// <summary>Routes of cloud resources: the account's own list, and the provider's inventory feed.</summary>
internal static class ResourceEndpoints
{
    public static void MapResources(this IEndpointRouteBuilder api)
    {
        var own = api.MapGroup("/resources").WithTags("Resources").RequireAuthorization(Policies.Applicant);
        own.MapGet("", ListResources.HandleAsync)
            .WithName(nameof(ListResources))
            .WithSummary("List the account's cloud resources with what can be filed on each, and why not")
            .Produces<Page<ResourceView>>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);

        var feed = api.MapGroup("/admin").WithTags("Admin").RequireAuthorization(Policies.Admin);
        feed.MapPut("/resources/{resourceId}", PutResource.HandleAsync)
            .WithName(nameof(PutResource))
            .WithSummary("Feed one cloud resource with its owning account; replaces what was known of it")
            .Produces<ResourceFactsView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        feed.MapPost("/resources:import", ImportResources.HandleAsync)
            .WithName(nameof(ImportResources))
            .WithSummary("Feed many cloud resources as CSV or JSON lines, all or none")
            .WithDescription("Body: text/csv with a header of field names, or application/x-ndjson with one object a line; 10 MiB and 20,000 rows at most.")
            .Produces<ImportView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .Idempotent();
    }
}
