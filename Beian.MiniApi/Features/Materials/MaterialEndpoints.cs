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

/// <summary>The routes of papers (上传材料).</summary>
public static class MaterialEndpoints
{
    public static void MapMaterials(this RouteGroupBuilder api)
    {
        var materials = api.MapGroup("/filings/{filingId}/materials").WithTags("Materials").RequireAuthorization(Policies.Applicant);
        materials.MapPost("", AddMaterial.HandleAsync).Idempotent().WithBodyLimit(BodyLimits.MaterialRequestBytes)
            .WithMetadata(new MultipartAttribute("file", "kind", "part?", "siteId?"))
            .WithName(nameof(AddMaterial)).WithSummary("Upload a paper: JPEG or PNG up to 10 MiB, MP4 up to 100 MiB and 60 s")
            .Produces<MaterialView>(StatusCodes.Status201Created).Refuses(404, 409, 413, 415, 422, 507);
        materials.MapGet("", ListMaterials.HandleAsync)
            .WithName(nameof(ListMaterials)).WithSummary("The filing's papers")
            .Produces<Page<MaterialView>>().Refuses(404);
        materials.MapGet("/{materialId}/content", GetMaterialContent.HandleAsync)
            .WithName(nameof(GetMaterialContent)).WithSummary("A paper's bytes")
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg").Refuses(404);
        materials.MapDelete("/{materialId}", DeleteMaterial.HandleAsync)
            .WithName(nameof(DeleteMaterial)).WithSummary("Take a paper away")
            .Produces<FilingView>().Refuses(404, 409);
    }
}

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

        if (!(await uploads.ReadMaterialAsync(http, kind => FormatOf(book, kind), cancellationToken)).TryGet(out var upload, out var refusal))
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

    private static MaterialFormat? FormatOf(ReferenceBook book, string kind) =>
        book.FindMaterial(kind) is { } row && book.FindFormatProfile(row.FormatProfile) is { } profile
            ? new MaterialFormat(row.Id, profile.Id, row.Parts, profile.MinBytes, profile.MaxBytes, profile.MinLongSide, profile.MinShortSide)
            : null;
}

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

internal static class ListMaterials
{
    public static async Task<IResult> HandleAsync(string filingId, CurrentUser user, IFilingStore filings, FilingViews views, CancellationToken cancellationToken) =>
        await filings.FindAsync(filingId, user.AccountId, cancellationToken) is { } filing
            ? Answer.Ok(new Page<MaterialView>([.. filing.Snapshot.Materials.Select(views.Of)], null))
            : FilingErrors.NotFound().ToAnswer();
}

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

internal static class DeleteMaterial
{
    public static async Task<Answer> HandleAsync(
        string filingId, string materialId, CurrentUser user, FilingDesk desk, FilingViews views, IMaterialStore store, CancellationToken cancellationToken)
    {
        Filing? saved = null;
        Domain.Materials.Material? gone = null;
        var answer = await desk.ChangeAsync(
            filingId,
            user,
            IfMatch.Any,
            view =>
            {
                gone = view.Filing.Snapshot.Materials.FirstOrDefault(m => m.Id == materialId);
                return view.Filing.RemoveMaterial(materialId, view.Open, user.Actor, view.Now);
            },
            cancellationToken,
            answer: (filing, requirements, now) =>
            {
                saved = filing;
                return Answer.Ok(views.Of(filing, requirements, now), filing.Version);
            });
        if (answer.Error is null && saved is not null && gone is not null)
        {
            await MaterialBytes.DropAsync([gone], saved, store);
        }

        return answer;
    }
}
