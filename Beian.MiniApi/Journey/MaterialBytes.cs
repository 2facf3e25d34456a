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
                await ForgetAsync(paper.Id, store);
            }
        }
    }

    /// <summary>Removes bytes that no filing names any more; where the store does not do it now, the daily sweep of orphans does.</summary>
    public static async Task ForgetAsync(string id, IMaterialStore store)
    {
        try
        {
            await store.DeleteAsync(id, CancellationToken.None);
        }
        catch (StorageFailedException)
        {
            // What was asked is saved: it must not look refused because of what is left to clear away.
        }
    }
}
