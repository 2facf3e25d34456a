using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Materials;

internal static class GetMaterialContent
{
    public static async Task<IResult> HandleAsync(
        string filingId, string materialId, CurrentUser user, IFilingStore filings, IMaterialStore store, CancellationToken cancellationToken)
    {
        var filing = await filings.FindAsync(filingId, user.AccountId, cancellationToken);
        var paper = filing?.FindPaper(materialId);
        return paper is not null && await store.OpenAsync(paper.Id, cancellationToken) is { } content
            ? MaterialContent.Of(content, paper.ContentType)
            : (filing is null ? FilingErrors.NotFound() : FilingErrors.MaterialNotFound()).ToAnswer();
    }
}
