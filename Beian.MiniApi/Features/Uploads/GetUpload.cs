using System.Globalization;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Uploads;

/// <summary>HEAD: how much has arrived.</summary>
internal static class GetUpload
{
    public static async Task<IResult> HandleAsync(string uploadId, HttpContext http, CurrentUser user, ResumableUploads uploads, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await uploads.FindAsync(uploadId, user.AccountId, cancellationToken) is not { } upload)
        {
            return ResumableUploadErrors.NotFound().ToAnswer();
        }

        var headers = http.Response.Headers;
        headers[TusFilter.Offset] = upload.Offset.ToString(CultureInfo.InvariantCulture);
        headers[TusFilter.Length] = upload.Length.ToString(CultureInfo.InvariantCulture);
        headers[TusFilter.Expires] = upload.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
        if (upload.Metadata is not null)
        {
            headers[TusFilter.Metadata] = upload.Metadata;
        }

        return Results.Ok();
    }
}
