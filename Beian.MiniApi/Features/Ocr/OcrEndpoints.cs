using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Uploads;

namespace Beian.MiniApi.Features.Ocr;

/// <summary>The routes of recognition (证件识别).</summary>
public static class OcrEndpoints
{
    public static WebApplicationBuilder AddOcr(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<OcrOptions>().BindConfiguration(OcrOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<PaperReader>();
        builder.Services.AddSingleton<OcrViews>();
        builder.Services.AddScoped<OcrDesk>();
        return builder;
    }

    public static void MapOcr(this RouteGroupBuilder api)
    {
        var ocr = api.MapGroup("/ocr").WithTags("Materials").RequireAuthorization(Policies.Applicant);
        ocr.MapPost("/id-card", ReadIdCard.HandleAsync).Idempotent().WithBodyLimit(BodyLimits.PictureRequestBytes)
            .WithMetadata(new MultipartAttribute("file"))
            .WithName(nameof(ReadIdCard)).WithSummary("Read an identity card; with filingId the picture is kept as a paper, whatever was read")
            .Produces<IdCardView>().Refuses(404, 409, 413, 415, 422, 429, 500, 502, 503, 504, 507);
        ocr.MapPost("/business-licence", ReadBusinessLicence.HandleAsync).Idempotent().WithBodyLimit(BodyLimits.PictureRequestBytes)
            .WithMetadata(new MultipartAttribute("file"))
            .WithName(nameof(ReadBusinessLicence)).WithSummary("Read a business licence; with filingId the picture is kept as a paper, whatever was read")
            .Produces<LicenceView>().Refuses(404, 409, 413, 415, 422, 429, 500, 502, 503, 504, 507);
    }
}
