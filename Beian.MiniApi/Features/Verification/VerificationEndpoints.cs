using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Verification;

/// <summary>The routes of the verification step.</summary>
public static class VerificationEndpoints
{
    public static void MapVerification(this RouteGroupBuilder api) =>
        api.MapPut("/filings/{filingId}/verification", PutVerification.HandleAsync).RequireAuthorization(Policies.Applicant)
            .WithTags("Verification").WithName(nameof(PutVerification))
            .WithSummary("Save the filing type (验证备案类型); with all fields present the checks run and the code or slot is reserved")
            .Produces<FilingView>().Refuses(404, 409, 412, 422);
}
