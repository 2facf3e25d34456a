using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Journey;

/// <summary>The bytes of papers that are gone from the form.</summary>
internal static class MaterialBytes
{
    /// <summary>Removes them, unless an earlier round shows them.</summary>
    public static async Task DropAsync(IEnumerable<Domain.Materials.Material> gone, Filing filing, IMaterialStore store)
    {
        foreach (var paper in gone)
        {
            if (!filing.Snapshot.Rounds.Any(r => r.Form.Materials.Any(m => m.Id == paper.Id)))
            {
                await store.DeleteAsync(paper.Id, CancellationToken.None);
            }
        }
    }
}
