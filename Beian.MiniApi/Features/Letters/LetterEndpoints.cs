using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Letters;

/// <summary>The routes of letters (文书).</summary>
public static class LetterEndpoints
{
    private const string Html = "text/html";

    public static void MapLetters(this RouteGroupBuilder api)
    {
        var letters = api.MapGroup("/filings/{filingId}/letters").WithTags("Letters").RequireAuthorization(Policies.Applicant);
        letters.MapGet("", ListLetters.HandleAsync).Shows("filings", "filingId")
            .WithName(nameof(ListLetters)).WithSummary("The letters that can be filled in for this filing, and which of them are due")
            .Produces<LetterListView>().Refuses(404);
        letters.MapGet("/{kind}", GetLetter.HandleAsync).Shows("filings", "filingId")
            .WithName(nameof(GetLetter)).WithSummary("A letter filled in, as a page to print on A4; only signature, seal and date are left")
            .Produces(StatusCodes.Status200OK, contentType: Html).Refuses(404, 422);

        // Not idempotent: its answer holds a secret, and those are never stored. A repeat makes another address.
        letters.MapPost("/{kind}/link", MakeLetterLink.HandleAsync)
            .WithName(nameof(MakeLetterLink)).WithSummary("An address to open the letter once on a computer, within 10 minutes and without a login")
            .Produces<LetterLinkView>(StatusCodes.Status201Created).Refuses(404, 422);
        var opening = api.MapGroup("/letters").WithTags("Letters").AllowAnonymous();
        opening.MapGet("/{ticket}", OpenLetter.HandleAsync).Shows("filings")
            .WithName(nameof(OpenLetter)).WithSummary("Opens the letter of a single-use address, filled in with the filing as it is now")
            .Produces(StatusCodes.Status200OK, contentType: Html).Refuses(404);
        opening.MapMethods("/{ticket}", [HttpMethods.Head], PeekLetter.HandleAsync)
            .WithName(nameof(PeekLetter)).WithSummary("Whether a single-use address still opens something; does not use it up")
            .Produces(StatusCodes.Status200OK, contentType: Html).Refuses(404);
    }
}
