using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Scanning;
using Beian.MiniApi.Platform.Uploads;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Journey;

/// <summary>The one way a paper gets into a filing, whichever route it came by.</summary>
public sealed class MaterialKeeping(FilingDesk desk, ReferenceBook book, IMaterialStore store, IPaperWorkStore work, IMalwareScanner scanner, PaperBell bell, TimeProvider time)
{
    /// <summary>When work on a paper is due whose filing did not get as far as being saved.</summary>
    private static readonly TimeSpan Saving = TimeSpan.FromMinutes(1);

    private const string AnyId = "0";

    /// <summary>Why the filing as seen does not take that paper, or null. Asked before anything that costs is done; the save decides again.</summary>
    public DomainError? Refuses(DeskView seen, Upload upload, CurrentUser user)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(upload);
        return Add(seen, upload.ToMaterial(AnyId, seen.Now), user).Error;
    }

    /// <summary>As <see cref="KeepAsync(string, UploadedFile, Func{Filing, Result{Upload}}, Reading, CurrentUser, Func{Domain.Materials.Material, Answer}, CancellationToken)"/> where it is said what the paper is.</summary>
    public Task<Answer> KeepAsync(string filingId, Upload upload, Reading? reading, CurrentUser user, Func<Domain.Materials.Material, Answer> answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        return KeepAsync(filingId, upload.File, _ => upload, reading, user, answer, cancellationToken);
    }

    /// <summary>Keeps the paper: bytes first, then the filing that names them. When the filing is not saved the bytes are gone again.</summary>
    /// <param name="filingId">The caller's filing.</param>
    /// <param name="file">What arrived.</param>
    /// <param name="place">What it is in the filing as stored, or why it is nothing there. Asked again when another write came between: another paper may have taken the place.</param>
    /// <param name="reading">What was read from it; null when nobody asked.</param>
    /// <param name="user">Who.</param>
    /// <param name="answer">Makes the answer from the paper as kept; it is stored with the paper when the request carries a key.</param>
    /// <param name="cancellationToken">Honoured until the bytes are made durable.</param>
    public async Task<Answer> KeepAsync(
        string filingId, UploadedFile file, Func<Filing, Result<Upload>> place, Reading? reading, CurrentUser user, Func<Domain.Materials.Material, Answer> answer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        var id = IMaterialStore.NewId();
        IReadOnlyList<Domain.Materials.Material> before = [];
        Filing? saved = null;
        Result<Filing> Decide(DeskView view)
        {
            before = view.Filing.Snapshot.Materials;
            return place(view.Filing).TryGet(out var upload, out var misplaced) ? Add(view, Waiting(upload.ToMaterial(id, view.Now)) with { Reading = reading }, user) : misplaced;
        }

        // A paper that will not be taken is refused before its bytes are made durable; the save decides again.
        if (await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is { } seen && Decide(seen).Error is { } refusal)
        {
            return refusal.ToAnswer();
        }

        await store.CommitAsync(file.Staged, id, cancellationToken);

        // Noted before the filing names it, so that a stop in between loses no work; due at once when it does.
        await work.AddAsync(id, filingId, time.GetUtcNow() + Saving, CancellationToken.None);
        var given = await desk.ChangeAsync(
            filingId,
            user,
            IfMatch.Any,
            Decide,
            CancellationToken.None,
            answer: (filing, _, _) =>
            {
                saved = filing;
                return answer(filing.Snapshot.Materials[^1]);
            });
        if (given.Error is not null)
        {
            await MaterialBytes.ForgetAsync(id, store);
            await work.DoneAsync(id, CancellationToken.None);
            return given;
        }

        await work.PutOffAsync(id, time.GetUtcNow(), CancellationToken.None);
        bell.Ring();

        await MaterialBytes.DropAsync(before.Where(m => saved!.Snapshot.Materials.All(x => x.Id != m.Id)), saved!, store);
        return given;
    }

    private Domain.Materials.Material Waiting(Domain.Materials.Material paper) => paper with
    {
        Scan = scanner.IsConfigured ? MaterialScan.PendingScan : null,
        Copies = paper.Width is null ? null : MaterialCopies.Pending,
    };

    private Result<Filing> Add(DeskView view, Domain.Materials.Material paper, CurrentUser user) =>
        view.Filing.AddMaterial(paper, MaterialRules.MaxCountPerPart(book.FindMaterial(paper.Kind)!), view.Open, user.Actor, view.Now);
}
