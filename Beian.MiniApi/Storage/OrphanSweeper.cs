namespace Beian.MiniApi.Storage;

/// <summary>
/// Removes bytes that no filing names, left by a crash between keeping a paper and saving its filing. Once a day: it reads every filing. Which papers are
/// named is read after what is a day old was decided, so nothing that is being saved can be taken for an orphan.
/// </summary>
public sealed class OrphanSweeper(IMaterialStore materials, IFilingIds ids, IFilingStore filings)
{
    private const int Page = 500;

    /// <summary>How old bytes must be: no upload takes this long to be saved.</summary>
    public static readonly TimeSpan OrphanAfter = TimeSpan.FromHours(24);

    /// <summary>Returns how many files went.</summary>
    public async Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        HashSet<string>? named = null;
        return await materials.SweepOrphansAsync(
            now - OrphanAfter,
            async (id, ct) => (named ??= await NamedAsync(ct)).Contains(id),
            cancellationToken);
    }

    private async Task<HashSet<string>> NamedAsync(CancellationToken cancellationToken)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        string? last = null;
        while (await ids.AfterAsync(last, Page, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var id in page)
            {
                // One that is gone by now named nothing that is kept.
                named.UnionWith((await filings.FindAsync(id, cancellationToken))?.PaperIds() ?? []);
            }

            last = page[^1];
        }

        return named;
    }
}
