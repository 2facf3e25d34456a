using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Sites;

/// <summary>The routes of sites and their principals.</summary>
public static class SiteEndpoints
{
    public static void MapSites(this RouteGroupBuilder api)
    {
        var sites = api.MapGroup("/filings/{filingId}/sites").WithTags("Sites").RequireAuthorization(Policies.Applicant);
        sites.MapPost("", AddSite.HandleAsync).Idempotent()
            .WithName(nameof(AddSite)).WithSummary("Add a further site (网站信息)")
            .Produces<FilingView>(StatusCodes.Status201Created).Refuses(404, 409, 412);
        sites.MapPut("/{siteId}", PutSite.HandleAsync)
            .WithName(nameof(PutSite)).WithSummary("Save a site (网站信息)")
            .Produces<FilingView>().Refuses(404, 409, 412);
        sites.MapDelete("/{siteId}", DeleteSite.HandleAsync)
            .WithName(nameof(DeleteSite)).WithSummary("Take a further site away; its domain and code are free again")
            .Produces<FilingView>().Refuses(404, 409, 412);
        sites.MapPut("/{siteId}/principal", PutSitePrincipal.HandleAsync)
            .WithName(nameof(PutSitePrincipal)).WithSummary("Save a site's principal (网站负责人), or say that it is the subject's")
            .Produces<FilingView>().Refuses(404, 409, 412);
    }
}
