using Beian.MiniApi.ReferenceData;

namespace Beian.MiniApi.Features.Reference;

/// <summary>Public lists: what can be chosen and what it means.</summary>
public static class ReferenceEndpoints
{
    private static readonly string[] Head = [HttpMethods.Head];

    /// <summary>Registers the answers that are made when they are asked for.</summary>
    public static WebApplicationBuilder AddReference(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OutlookDocuments>();
        return builder;
    }

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
        group.MapGet("/requirements", GetRequirements.Handle)
            .WithName("getRequirements")
            .WithSummary("What a filing of that shape will need: fields, people, papers, limits, waiting times")
            .Produces<FilingOutlookView>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status400BadRequest);

        // HEAD answers as its GET does, and is described there.
        group.MapMethods(string.Empty, Head, ListReferenceSets.Handle).ExcludeFromDescription();
        group.MapMethods("/{set}", Head, GetReferenceSet.Handle).ExcludeFromDescription();
        group.MapMethods("/provinces/{code}", Head, GetProvince.Handle).ExcludeFromDescription();
        group.MapMethods("/requirements", Head, GetRequirements.Handle).ExcludeFromDescription();
        return api;
    }
}
