using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Review;

internal static class GetReviewMaterial
{
    public static async Task<IResult> HandleAsync(string filingId, string materialId, IFilingStore filings, IMaterialStore store, CancellationToken cancellationToken)
    {
        var filing = await Submitted.FindAsync(filings, filingId, cancellationToken);
        var paper = filing?.FindPaper(materialId);
        if (filing is null || paper is null || await store.OpenAsync(paper.Id, cancellationToken) is not { } content)
        {
            return (filing is null ? FilingErrors.NotFound() : FilingErrors.MaterialNotFound()).ToAnswer();
        }

        // A picture cannot be masked.
        AuditScope.Sees(new Sighting(AuditActs.ViewedInFull, "materials", paper.Id, filing.Snapshot.AccountId));
        return MaterialContent.Of(content, paper.ContentType);
    }
}
