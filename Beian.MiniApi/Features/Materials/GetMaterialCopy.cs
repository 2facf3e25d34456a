using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Materials;

internal static class GetMaterialCopy
{
    /// <param name="copy"><c>working</c> or <c>authority</c>.</param>
    public static async Task<IResult> HandleAsync(
        string filingId, string materialId, string copy, CurrentUser user, IFilingStore filings, PaperCopies copies, CancellationToken cancellationToken) =>
        await filings.FindAsync(filingId, user.AccountId, cancellationToken) is not { } filing
            ? FilingErrors.NotFound().ToAnswer()
            : (await copies.OpenAsync(filing, materialId, copy, cancellationToken)).TryGet(out var found, out var refusal) ? MaterialContent.Of(found.Content, found.ContentType) : refusal.ToAnswer();
}
