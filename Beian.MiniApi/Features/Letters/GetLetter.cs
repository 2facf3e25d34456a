using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Letters;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Letters;

internal static class GetLetter
{
    public static async Task<IResult> HandleAsync(
        string filingId, string kind, string? siteId, CurrentUser user, IFilingStore filings, LetterBook letters, LetterPages pages, HttpContext http, CancellationToken cancellationToken)
    {
        if (await filings.FindAsync(filingId, user.AccountId, cancellationToken) is not { } filing)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        return letters.Fill(filing, kind, siteId).TryGet(out var letter, out var refusal) ? pages.Of(letter, Problems.WantsEnglish(http)) : refusal.ToAnswer();
    }
}
