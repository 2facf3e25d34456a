using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Review;

/// <summary>A filing that staff may see: one that was handed in.</summary>
internal static class Submitted
{
    public static async Task<Filing?> FindAsync(IFilingStore filings, string filingId, CancellationToken cancellationToken) =>
        await filings.FindAsync(filingId, cancellationToken) is { Snapshot.Rounds.Count: > 0 } filing ? filing : null;
}
