using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Journey;

/// <summary>The bytes of a copy, to be closed by whoever sends them, and their type.</summary>
public sealed record OpenedCopy(Stream Content, string ContentType);

/// <summary>Opens the copies of a paper; asks for them where a paper comes from before there were any.</summary>
public sealed class PaperCopies(IMaterialStore store, IFilingStore filings, IPaperWorkStore work, PaperBell bell, TimeProvider time)
{
    /// <summary>Upright and without camera data.</summary>
    public const string Working = "working";

    /// <summary>As it is handed over.</summary>
    public const string Authority = "authority";

    private const int MaxSaves = 50;

    /// <summary>The bytes and their type, or why not.</summary>
    /// <param name="filing">Names the paper.</param>
    /// <param name="materialId">The paper.</param>
    /// <param name="which"><see cref="Working"/> or <see cref="Authority"/>; there is no other.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<Result<OpenedCopy>> OpenAsync(Filing filing, string materialId, string which, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filing);
        if (filing.FindPaper(materialId) is not { } paper || which is not (Working or Authority))
        {
            return FilingErrors.MaterialNotFound();
        }

        if (paper.Copies is null && paper.Width is not null && paper.DeleteAt is null && paper.Scan != MaterialScan.Infected)
        {
            await AskAsync(filing.Snapshot.Id, materialId, cancellationToken);
            return MaterialErrors.CopyNotReady();
        }

        var copy = which == Working ? paper.Copies?.Working : paper.Copies?.Authority;
        if (copy is null)
        {
            return paper.Copies?.State == CopyState.Pending ? MaterialErrors.CopyNotReady() : MaterialErrors.CopyFailed();
        }

        var id = which == Working ? MaterialCopyIds.WorkingOf(materialId) : MaterialCopyIds.AuthorityOf(materialId);
        return await store.OpenAsync(id, cancellationToken) is { } content ? new OpenedCopy(content, copy.ContentType) : FilingErrors.MaterialNotFound();
    }

    private async Task AskAsync(string filingId, string materialId, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxSaves; attempt++)
        {
            if ((await filings.FindAsync(filingId, cancellationToken))?.RecordPaper(materialId, p => p.Copies is null ? p with { Copies = MaterialCopies.Pending } : p) is not { } asked)
            {
                return;
            }

            if ((await filings.ReplaceAsync(asked, null, cancellationToken)).IsSaved)
            {
                await work.AddAsync(materialId, filingId, time.GetUtcNow(), cancellationToken);
                bell.Ring();
                return;
            }
        }
    }
}
