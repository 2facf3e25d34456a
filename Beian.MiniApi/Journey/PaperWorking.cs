using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Platform.Pictures;
using Beian.MiniApi.Platform.Scanning;
using Beian.MiniApi.Platform.Uploads;
using Beian.MiniApi.Storage;
using Material = Beian.MiniApi.Domain.Materials.Material;

namespace Beian.MiniApi.Journey;

/// <summary>
/// What happens to a paper after it was taken: it is scanned, measured, and copied. The order matters: nothing decodes a file that the scanner has not seen.
/// Each result is written into the filing by itself, so that a stop in between repeats one step at most.
/// </summary>
public sealed class PaperWorking(
    IFilingStore filings, IPaperWorkStore work, IMaterialStore store, IMalwareScanner scanner, IPictureCopier copier, ReferenceBook book, TimeProvider time)
{
    private const int MaxSaves = 50;

    /// <summary>Tries after which a picture that always takes too long counts as one that cannot be copied.</summary>
    private const int MaxSlow = 5;

    /// <summary>How long whoever takes work has it alone, in case it dies with it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>Between two tries while the scanner or the programs are away; a filing that is not saved yet has this time as well.</summary>
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10)];

    /// <summary>Does one piece of work that is due; false when there is none.</summary>
    public async Task<bool> OneAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await work.TakeAsync(now, now + Lease, cancellationToken) is not { } taken)
        {
            return false;
        }

        if (await WorkAsync(taken, cancellationToken))
        {
            await work.DoneAsync(taken.MaterialId, cancellationToken);
        }
        else
        {
            await work.PutOffAsync(taken.MaterialId, time.GetUtcNow() + Waits[Math.Min(taken.Attempts, Waits.Length) - 1], cancellationToken);
        }

        return true;
    }

    /// <summary>True when nothing is left to do.</summary>
    private async Task<bool> WorkAsync(PaperWork taken, CancellationToken cancellationToken)
    {
        var paper = (await filings.FindAsync(taken.FilingId, cancellationToken))?.FindPaper(taken.MaterialId);
        if (paper is null)
        {
            // Not saved yet, or never: after a while it is not coming.
            return taken.Attempts > Waits.Length;
        }

        if (paper.Scan == MaterialScan.PendingScan)
        {
            if (!scanner.IsConfigured)
            {
                // The operator has taken the scanner away; what was uploaded under it would wait for ever.
                await SaveAsync(taken, p => p with { Scan = null }, cancellationToken);
            }
            else if (await ScanAsync(taken, cancellationToken) is not true)
            {
                return (await filings.FindAsync(taken.FilingId, cancellationToken))?.FindPaper(taken.MaterialId)?.Scan != MaterialScan.PendingScan;
            }
        }

        return paper.Copies?.State != CopyState.Pending || await CopyAsync(taken, paper, cancellationToken);
    }

    /// <summary>True when it is clean, false when it is not, null when nobody knows yet.</summary>
    private async Task<bool?> ScanAsync(PaperWork taken, CancellationToken cancellationToken)
    {
        await using var content = await store.OpenAsync(taken.MaterialId, cancellationToken);
        if (content is null)
        {
            return null;
        }

        var verdict = await scanner.ScanAsync(content, cancellationToken);
        if (verdict == ScanVerdict.Unknown)
        {
            return null;
        }

        var clean = verdict == ScanVerdict.Clean;
        var saved = await SaveAsync(taken, p => clean ? p with { Scan = MaterialScan.Clean } : p with { Scan = MaterialScan.Infected, Copies = null, Look = null }, cancellationToken);
        if (!clean && saved)
        {
            await store.DeleteAsync(taken.MaterialId, CancellationToken.None);
        }

        return clean;
    }

    private async Task<bool> CopyAsync(PaperWork taken, Material paper, CancellationToken cancellationToken)
    {
        var media = paper.ContentType == MediaTypes.ContentTypeOf(MediaType.Png) ? MediaType.Png : MediaType.Jpeg;
        var format = MaterialFormat.Of(book, paper.Kind);
        var working = paper.Copies!.Working ?? await BareAsync(paper, media, cancellationToken);
        var made = await copier.CopyAsync(
            async () => await store.OpenAsync(paper.Id, cancellationToken) ?? throw new FileNotFoundException("The picture is gone."),
            media, turn: working is null, format?.CopyMaxBytes, format?.CopyWatermark ?? false, cancellationToken);
        if (made.Outcome == CopyOutcome.NotNow && (taken.Attempts < MaxSlow || !await copier.IsThereAsync(cancellationToken)))
        {
            // What could be made without the programs is there at once.
            await SaveAsync(taken, p => p with { Copies = MaterialCopies.Pending with { Working = working } }, cancellationToken);
            return false;
        }

        var upright = made.Upright is null ? working : await KeepAsync(made.Upright, MaterialCopyIds.WorkingOf(paper.Id), cancellationToken);
        var authority = made.Authority is null ? null : await KeepAsync(made.Authority, MaterialCopyIds.AuthorityOf(paper.Id), cancellationToken);
        var state = made.Outcome == CopyOutcome.Made ? CopyState.Ready : CopyState.Failed;
        if (!await SaveAsync(taken, p => p with { Copies = new MaterialCopies(state) { Working = upright, Authority = authority }, Look = made.Look }, cancellationToken))
        {
            // Deleted while it was copied: its copies go as well.
            await store.DeleteAsync(paper.Id, CancellationToken.None);
        }

        return true;
    }

    /// <summary>The working copy of a picture that was held upright: the same pixels without the rest. Null for others.</summary>
    private async Task<MaterialCopy?> BareAsync(Material paper, MediaType media, CancellationToken cancellationToken)
    {
        await using var kept = await store.OpenAsync(paper.Id, cancellationToken);
        if (kept is null)
        {
            return null;
        }

        // It is looked through in one go, which must not wait for a store that is far away.
        await using var staged = await store.StageAsync(kept, long.MaxValue, cancellationToken) ?? throw new InvalidOperationException("A picture that was taken in has no limit.");
        await using var picture = staged.OpenRead();
        if (BarePicture.Of(picture, media) is not { } bare)
        {
            return null;
        }

        await using (bare)
        {
            return await KeepAsync(bare, MaterialCopyIds.WorkingOf(paper.Id), paper.ContentType, paper.Width!.Value, paper.Height!.Value, cancellationToken);
        }
    }

    private async Task<MaterialCopy> KeepAsync(CopiedPicture copy, string id, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(copy.Bytes, writable: false);
        var kept = await KeepAsync(bytes, id, MediaTypes.ContentTypeOf(MediaType.Jpeg), copy.Width, copy.Height, cancellationToken);
        return kept with { Watermarked = copy.Watermarked };
    }

    private async Task<MaterialCopy> KeepAsync(Stream bytes, string id, string contentType, int width, int height, CancellationToken cancellationToken)
    {
        await using var staged = await store.StageAsync(bytes, long.MaxValue, cancellationToken) ?? throw new InvalidOperationException("A copy has no limit.");

        // One of an earlier try that was stopped before it was told.
        await store.DeleteAsync(id, cancellationToken);
        await store.CommitAsync(staged, id, cancellationToken);
        return new MaterialCopy(contentType, staged.Size, staged.Sha256, width, height);
    }

    /// <summary>False when the filing names the paper no more.</summary>
    private async Task<bool> SaveAsync(PaperWork taken, Func<Material, Material> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxSaves; attempt++)
        {
            if ((await filings.FindAsync(taken.FilingId, cancellationToken))?.RecordPaper(taken.MaterialId, change) is not { } changed)
            {
                return false;
            }

            if ((await filings.ReplaceAsync(changed, null, cancellationToken)).IsSaved)
            {
                return true;
            }
        }

        throw new InvalidOperationException("Others kept writing the filing.");
    }
}
