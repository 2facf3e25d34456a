using System.Globalization;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Uploads;

namespace Beian.MiniApi.Features.Uploads;

/// <summary>Uploads that survive a broken connection (断点续传): tus 1.0, core, creation, expiration and termination.</summary>
public static class UploadEndpoints
{
    public static WebApplicationBuilder AddUploads(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IStartupFilter, MethodOverride>();
        return builder;
    }

    public static void MapUploads(this RouteGroupBuilder api)
    {
        var uploads = api.MapGroup("/uploads").WithTags("Materials").RequireAuthorization(Policies.Applicant).AddEndpointFilter(new TusFilter());
        uploads.MapMethods("", [HttpMethods.Options], Options)
            .WithName("DescribeUploads").WithSummary("What the server speaks: Tus-Version, Tus-Extension, Tus-Max-Size")
            .Produces(StatusCodes.Status204NoContent);
        uploads.MapPost("", CreateUpload.HandleAsync).Idempotent()
            .WithName(nameof(CreateUpload)).WithSummary("Begin an upload in pieces (tus 1.0): Upload-Length in bytes, at most 100 MiB; expires after a day")
            .Produces<UploadView>(StatusCodes.Status201Created).Refuses(400, 409, 412, 413);
        uploads.MapMethods("/{uploadId}", [HttpMethods.Head], GetUpload.HandleAsync)
            .WithName(nameof(GetUpload)).WithSummary("How much of an upload has arrived: Upload-Offset")
            .Produces(StatusCodes.Status200OK).Refuses(404, 412);
        uploads.MapPatch("/{uploadId}", AppendUpload.HandleAsync).WithBodyLimit(MaterialLimits.VideoBytes + BodyLimits.FormBytes)
            .WithName(nameof(AppendUpload)).WithSummary("Send the bytes that come next, at Upload-Offset; POST with X-HTTP-Method-Override: PATCH does the same")
            .Produces(StatusCodes.Status204NoContent).Refuses(400, 404, 409, 412, 413, 415, 507);
        uploads.MapDelete("/{uploadId}", DeleteUpload.HandleAsync)
            .WithName(nameof(DeleteUpload)).WithSummary("End an upload and forget what has arrived")
            .Produces(StatusCodes.Status204NoContent).Refuses(404, 412);
    }

    /// <summary>What the server speaks, for clients that ask first.</summary>
    private static IResult Options(HttpContext http)
    {
        http.Response.Headers["Tus-Version"] = TusFilter.Version;
        http.Response.Headers["Tus-Extension"] = "creation,expiration,termination";
        http.Response.Headers["Tus-Max-Size"] = MaterialLimits.VideoBytes.ToString(CultureInfo.InvariantCulture);
        return Results.NoContent();
    }
}
