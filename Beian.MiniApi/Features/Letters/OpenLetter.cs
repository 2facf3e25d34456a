using Beian.MiniApi.Domain.Letters;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Letters;

internal static class OpenLetter
{
    /// <param name="ticket">Always the stub of <see cref="SecretPathContextFactory"/>; the secret itself comes as a feature.</param>
#pragma warning disable IDE0060 // Names the part of the path in the description of the API.
    public static async Task<IResult> HandleAsync(
        string ticket, LetterTickets tickets, IFilingStore filings, LetterBook letters, LetterPages pages, HttpContext http, CancellationToken cancellationToken)
#pragma warning restore IDE0060
    {
        var english = Problems.WantsEnglish(http);
        if (await tickets.TakeAsync(http.Features.Get<SecretInPath>()?.Value, cancellationToken) is { } link
            && await filings.FindAsync(link.FilingId, link.AccountId, cancellationToken) is { } filing
            && letters.Fill(filing, link.Kind, link.SiteId).TryGet(out var letter, out _))
        {
            AuditScope.Sees(new Sighting(AuditActs.Viewed, "filings", filing.Id, filing.Snapshot.AccountId));
            return pages.Of(letter, english);
        }

        return WantsPage(http.Request) ? pages.OfRefusal(LetterErrors.LinkGone(), english) : LetterErrors.LinkGone().ToAnswer();
    }

    /// <summary>Whoever opens the address is a person with a browser more often than a program.</summary>
    private static bool WantsPage(HttpRequest request) => request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
}

internal static class PeekLetter
{
    /// <param name="ticket">As for <see cref="OpenLetter"/>.</param>
#pragma warning disable IDE0060 // Names the part of the path in the description of the API.
    public static async Task<IResult> HandleAsync(string ticket, LetterTickets tickets, HttpContext http, CancellationToken cancellationToken)
#pragma warning restore IDE0060
    {
        if (!await tickets.IsOpenAsync(http.Features.Get<SecretInPath>()?.Value, cancellationToken))
        {
            return LetterErrors.LinkGone().ToAnswer();
        }

        LetterPage.SetHeaders(http.Response);
        return TypedResults.Ok();
    }
}
