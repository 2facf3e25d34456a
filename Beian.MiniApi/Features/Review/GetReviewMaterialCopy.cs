using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Review;

internal static class GetReviewMaterialCopy
{
    /// <param name="copy"><c>working</c> or <c>authority</c>.</param>
    public static async Task<IResult> HandleAsync(
        string filingId, string materialId, string copy, IFilingStore filings, PaperCopies copies, CancellationToken cancellationToken)
    {
        if (await Submitted.FindAsync(filings, filingId, cancellationToken) is not { } filing)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        if (!(await copies.OpenAsync(filing, materialId, copy, cancellationToken)).TryGet(out var found, out var refusal))
        {
            return refusal.ToAnswer();
        }

        // As much of the person as the picture itself.
        AuditScope.Sees(new Sighting(AuditActs.ViewedInFull, "materials", materialId, filing.Snapshot.AccountId));
        return MaterialContent.Of(found.Content, found.ContentType);
    }
}
