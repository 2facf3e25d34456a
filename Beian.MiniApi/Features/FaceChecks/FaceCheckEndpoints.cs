using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.FaceChecks;

/// <summary>The routes of 视频核身.</summary>
public static class FaceCheckEndpoints
{
    private const string Tag = "Face check";

    public static WebApplicationBuilder AddFaceCheckHandovers(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Handovers>();
        return builder;
    }

    public static void MapFaceChecks(this RouteGroupBuilder api)
    {
        var checks = api.MapGroup("/filings/{filingId}/sites/{siteId}/face-check").WithTags(Tag).RequireAuthorization(Policies.Applicant);
        checks.MapPost("", StartFaceCheck.HandleAsync).Idempotent()
            .WithName(nameof(StartFaceCheck)).WithSummary("Start the face check (视频核身) of the site's principal")
            .Produces<FaceCheckStartView>(StatusCodes.Status201Created).Refuses(404, 409, 422, 500, 503);
        checks.MapGet("", GetFaceCheck.HandleAsync).Shows("filings", "filingId")
            .WithName(nameof(GetFaceCheck)).WithSummary("How the face check stands; reads a pending one from the provider")
            .Produces<FaceCheckView>().Refuses(404);

        // Not idempotent: its answer holds a secret, and those are never stored. A repeat makes another code, which replaces the first.
        checks.MapPost("/handover", HandOverFaceCheck.HandleAsync)
            .WithName(nameof(HandOverFaceCheck)).WithSummary("A one-time code to do the face check on the principal's own phone; replaces the one before")
            .Produces<FaceHandoverView>(StatusCodes.Status201Created).Refuses(404, 409, 422);
        var handed = api.MapGroup("/face-checks/handover").WithTags(Tag).RequireAuthorization(Policies.Applicant);
        handed.MapPost("", RedeemHandover.HandleAsync).Idempotent()
            .WithName(nameof(RedeemHandover)).WithSummary("Redeem such a code: it is bound to the first user who does")
            .Produces<RedeemedHandoverView>().Refuses(404);
        handed.MapPost("/{handoverId}/start", StartHandedOver.HandleAsync).Idempotent()
            .WithName(nameof(StartHandedOver)).WithSummary("Start the handed-over face check on this user's phone")
            .Produces<FaceCheckStartView>(StatusCodes.Status201Created).Refuses(404, 409, 422, 500, 503);
        handed.MapGet("/{handoverId}", GetHandedOver.HandleAsync)
            .WithName(nameof(GetHandedOver)).WithSummary("How the handed-over face check stands; reads a pending one from the provider")
            .Produces<HandedOverView>().Refuses(404);
        api.MapGet("/face-checks/return", ReturnFromFaceCheck.HandleAsync).WithTags(Tag).AllowAnonymous()
            .WithName(nameof(ReturnFromFaceCheck)).WithSummary("Where a provider's page leads back to: has the result read, and says that the mini program shows it")
            .Produces(StatusCodes.Status200OK, contentType: "text/html").Refuses(429);
    }
}
