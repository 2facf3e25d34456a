using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Consents;

/// <summary>Routes of what a user consented to.</summary>
public static class ConsentEndpoints
{
    public static void MapConsents(this RouteGroupBuilder api)
    {
        var consents = api.MapGroup("/me/consents").WithTags("Me").RequireAuthorization(Policies.Applicant);
        consents.MapGet("", ListConsents.HandleAsync)
            .WithName("listConsents").WithSummary("What the user consented to and withdrew, newest first; with what WeChat told of it")
            .Produces<Page<ConsentView>>().Refuses(400, 401, 403, 429);
        consents.MapPost("", GiveConsent.HandleAsync)
            .WithName("giveConsent").WithSummary("Consent to a text in its current version; 200 when that stands already")
            .Idempotent()
            .Produces<ConsentView>(StatusCodes.Status201Created).Produces<ConsentView>().Refuses(400, 401, 403, 409, 413, 415, 422, 429);
        consents.MapDelete("/{consentId}", WithdrawConsent.HandleAsync)
            .WithName("withdrawConsent").WithSummary("Take the consent to a text back, by the id of the text or of the record that stands; says what follows")
            .Produces<WithdrawnConsentView>().Refuses(401, 403, 404, 409, 429);
    }
}
