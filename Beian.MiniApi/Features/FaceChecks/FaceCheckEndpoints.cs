using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.FaceChecks;

/// <summary>The routes of 视频核身.</summary>
public static class FaceCheckEndpoints
{
    public static void MapFaceChecks(this RouteGroupBuilder api)
    {
        var checks = api.MapGroup("/filings/{filingId}/sites/{siteId}/face-check").WithTags("Face check").RequireAuthorization(Policies.Applicant);
        checks.MapPost("", StartFaceCheck.HandleAsync).Idempotent()
            .WithName(nameof(StartFaceCheck)).WithSummary("Start the face check (视频核身) of the site's principal")
            .Produces<FaceCheckStartView>(StatusCodes.Status201Created).Refuses(404, 409, 422, 503);
        checks.MapGet("", GetFaceCheck.HandleAsync)
            .WithName(nameof(GetFaceCheck)).WithSummary("How the face check stands; reads a pending one from the provider")
            .Produces<FaceCheckView>().Refuses(404);
    }
}
