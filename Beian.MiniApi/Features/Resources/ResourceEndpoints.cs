using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Uploads;

namespace Beian.MiniApi.Features.Resources;

/// <summary>Routes of cloud resources: the account's own list, and the provider's inventory feed.</summary>
internal static class ResourceEndpoints
{
    public static void MapResources(this IEndpointRouteBuilder api)
    {
        var own = api.MapGroup("/resources").WithTags("Resources").RequireAuthorization(Policies.Applicant);
        own.MapGet("", ListResources.HandleAsync)
            .WithName("listResources")
            .WithSummary("List the account's cloud resources with what can be filed on each, and why not")
            .Produces<Page<ResourceView>>()
            .Refuses(400, 401, 403, 429);

        var feed = api.MapGroup("/admin").WithTags("Admin").RequireAuthorization(Policies.Admin);
        feed.MapPut("/resources/{resourceId}", PutResource.HandleAsync)
            .WithName("putResource")
            .WithSummary("Feed one cloud resource with its owning account; replaces what was known of it")
            .Produces<ResourceFactsView>()
            .Refuses(400, 401, 403, 413, 415, 422, 429);
        feed.MapPost("/resources:import", ImportResources.HandleAsync)
            .WithBodyLimit(ImportBody.MaxBytes)
            .WithName("importResources")
            .WithSummary("Feed many cloud resources as CSV or JSON lines, all or none")
            .WithMetadata(new TextBodyAttribute("text/csv", "application/x-ndjson"))
            .WithDescription("Body: text/csv with a header of field names, or application/x-ndjson with one object a line; 10 MiB and 20,000 rows at most.")
            .Produces<ImportView>()
            .Refuses(400, 401, 403, 409, 413, 415, 422, 429)
            .Idempotent();
    }
}
