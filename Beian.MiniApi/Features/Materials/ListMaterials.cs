using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Materials;

internal static class ListMaterials
{
    public static async Task<IResult> HandleAsync(string filingId, CurrentUser user, IFilingStore filings, FilingViews views, CancellationToken cancellationToken) =>
        await filings.FindAsync(filingId, user.AccountId, cancellationToken) is { } filing
            ? Answer.Ok(new Page<MaterialView>([.. filing.Snapshot.Materials.Select(views.Of)], null))
            : FilingErrors.NotFound().ToAnswer();
}
