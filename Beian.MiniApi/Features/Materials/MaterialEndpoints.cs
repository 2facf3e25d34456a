using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Uploads;

namespace Beian.MiniApi.Features.Materials;

/// <summary>The routes of papers (上传材料).</summary>
public static class MaterialEndpoints
{
    public static void MapMaterials(this RouteGroupBuilder api)
    {
        var materials = api.MapGroup("/filings/{filingId}/materials").WithTags("Materials").RequireAuthorization(Policies.Applicant);
        materials.MapPost("", AddMaterial.HandleAsync).Idempotent().WithBodyLimit(BodyLimits.MaterialRequestBytes)
            .WithMetadata(new MultipartAttribute("file", "kind", "part?", "siteId?", "signedOn?", "uploadId?"))
            .WithName(nameof(AddMaterial)).WithSummary("Upload a paper: JPEG or PNG up to 10 MiB, MP4 up to 100 MiB and 60 s")
            .Produces<MaterialView>(StatusCodes.Status201Created).Refuses(404, 409, 413, 415, 422, 507);
        materials.MapGet("", ListMaterials.HandleAsync).Shows("filings", "filingId")
            .WithName(nameof(ListMaterials)).WithSummary("The filing's papers")
            .Produces<Page<MaterialView>>().Refuses(404);
        materials.MapGet("/{materialId}/content", GetMaterialContent.HandleAsync).Shows("materials", "materialId")
            .WithName(nameof(GetMaterialContent)).WithSummary("A paper's bytes")
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg").Refuses(404);
        materials.MapGet("/{materialId}/copies/{copy}", GetMaterialCopy.HandleAsync).Shows("materials", "materialId")
            .WithName(nameof(GetMaterialCopy)).WithSummary("A copy of a picture: working (upright, without camera data) or authority (as it is handed over)")
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg").Refuses(404, 409);
        materials.MapDelete("/{materialId}", DeleteMaterial.HandleAsync)
            .WithName(nameof(DeleteMaterial)).WithSummary("Take a paper away")
            .Produces<FilingView>().Refuses(404, 409);
    }
}
