using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Uploads;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Materials;

internal static class AddMaterial
{
    public static async Task<Answer> HandleAsync(
        string filingId,
        HttpContext http,
        CurrentUser user,
        FilingDesk desk,
        FilingViews views,
        ReferenceBook book,
        UploadReader uploads,
        IMaterialStore store,
        Idempotency idempotency,
        CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is null)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        if (!(await uploads.ReadMaterialAsync(http, kind => MaterialFormat.Of(book, kind), cancellationToken)).TryGet(out var upload, out var refusal))
        {
            return refusal.ToAnswer();
        }

        await using (upload)
        {
            return idempotency.Repeats(upload.RequestHash) ?? await KeepAsync(filingId, upload, user, desk, views, book, store, cancellationToken);
        }
    }

    private static async Task<Answer> KeepAsync(
        string filingId, Upload upload, CurrentUser user, FilingDesk desk, FilingViews views, ReferenceBook book, IMaterialStore store, CancellationToken cancellationToken)
    {
        var id = IMaterialStore.NewId();
        var max = MaterialRules.MaxCountPerPart(book.FindMaterial(upload.Kind)!);
        IReadOnlyList<Domain.Materials.Material> before = [];
        Filing? saved = null;
        Result<Filing> Decide(DeskView view)
        {
            before = view.Filing.Snapshot.Materials;
            return view.Filing.AddMaterial(upload.ToMaterial(id, view.Now), max, view.Open, user.Actor, view.Now);
        }

        // A paper that will not be taken is refused before its bytes are made durable; the save decides again.
        if (await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is { } seen && Decide(seen).Error is { } refusal)
        {
            return refusal.ToAnswer();
        }

        await store.CommitAsync(upload.File.Staged, id, cancellationToken);
        var answer = await desk.ChangeAsync(
            filingId,
            user,
            IfMatch.Any,
            Decide,
            CancellationToken.None,
            answer: (filing, _, _) =>
            {
                saved = filing;
                return Answer.Created($"/api/v1/filings/{filingId}/materials/{id}", views.Of(filing.Snapshot.Materials[^1]));
            });
        if (answer.Status != StatusCodes.Status201Created)
        {
            await store.DeleteAsync(id, CancellationToken.None);
            return answer;
        }

        await MaterialBytes.DropAsync(before.Where(m => saved!.Snapshot.Materials.All(x => x.Id != m.Id)), saved!, store);
        return answer;
    }
}
