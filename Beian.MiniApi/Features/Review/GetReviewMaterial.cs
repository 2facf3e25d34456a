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
        return paper is not null && await store.OpenAsync(paper.Id, cancellationToken) is { } content
            ? MaterialContent.Of(content, paper.ContentType)
            : (filing is null ? FilingErrors.NotFound() : FilingErrors.MaterialNotFound()).ToAnswer();
    }
}
