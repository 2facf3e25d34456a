using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Letters;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Letters;

/// <summary>An address that opens a letter once.</summary>
/// <param name="Url">Whole address, to be typed, copied or scanned; a secret.</param>
/// <param name="ExpiresAt">Real time until which it opens something.</param>
public sealed record LetterLinkView(string Url, DateTimeOffset ExpiresAt);

internal static class MakeLetterLink
{
    public static async Task<Answer> HandleAsync(
        string filingId, string kind, string? siteId, CurrentUser user, IFilingStore filings, LetterBook letters, LetterTickets tickets, HttpContext http, CancellationToken cancellationToken)
    {
        if (await filings.FindAsync(filingId, user.AccountId, cancellationToken) is not { } filing)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        // An address that would open nothing is refused now, where somebody can still do something about it.
        if (letters.Fill(filing, kind, siteId).Error is { } refusal)
        {
            return refusal.ToAnswer();
        }

        var (ticket, expiresAt) = await tickets.IssueAsync(filingId, user.AccountId, kind, siteId, cancellationToken);
        http.Response.Headers.CacheControl = "no-store";

        // The address the mini program reached us at is the one a computer reaches us at too.
        var request = http.Request;
        var url = $"{request.Scheme}://{request.Host}{request.PathBase}/api/v1/letters/{ticket}";
        return Answer.Created($"/api/v1/filings/{filingId}/letters/{kind}", new LetterLinkView(url, expiresAt));
    }
}
