using Beian.MiniApi.ReferenceData;

namespace Beian.MiniApi.Features.Reference;

/// <summary>Public lists: what can be chosen and what it means.</summary>
public static class ReferenceEndpoints
{
    private static readonly string[] Head = [HttpMethods.Head];

    /// <param name="api">The group of <c>/api/v1</c>.</param>
    public static RouteGroupBuilder MapReference(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/reference").WithTags("Reference").AllowAnonymous();
        group.MapGet(string.Empty, ListReferenceSets.Handle)
            .WithName("listReferenceSets")
            .WithSummary("Lists the reference sets")
            .Produces<ReferenceSetsView>()
            .Produces(StatusCodes.Status304NotModified);
        group.MapGet("/{set}", GetReferenceSet.Handle)
            .WithName("getReferenceSet")
            .WithSummary("A whole reference set: its source, its date and its items")
            .Produces<object>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/provinces/{code}", GetProvince.Handle)
            .WithName("getProvince")
            .WithSummary("One province with its rules")
            .Produces<object>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound);

        // HEAD answers as its GET does, and is described there.
        group.MapMethods(string.Empty, Head, ListReferenceSets.Handle).ExcludeFromDescription();
        group.MapMethods("/{set}", Head, GetReferenceSet.Handle).ExcludeFromDescription();
        group.MapMethods("/provinces/{code}", Head, GetProvince.Handle).ExcludeFromDescription();
        return api;
    }
}
