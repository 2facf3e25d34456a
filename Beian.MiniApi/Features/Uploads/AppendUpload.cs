using System.Globalization;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Uploads;

/// <summary>PATCH: the bytes that come next.</summary>
internal static class AppendUpload
{
    private const string PieceType = "application/offset+octet-stream";

    public static async Task<Answer> HandleAsync(string uploadId, HttpContext http, CurrentUser user, ResumableUploads uploads, CancellationToken cancellationToken)
    {
        if (await uploads.FindAsync(uploadId, user.AccountId, cancellationToken) is not { } upload)
        {
            return ResumableUploadErrors.NotFound().ToAnswer();
        }

        if (!string.Equals(http.Request.ContentType, PieceType, StringComparison.OrdinalIgnoreCase))
        {
            return ResumableUploadErrors.NotPieces().ToAnswer();
        }

        if (!long.TryParse(http.Request.Headers[TusFilter.Offset], NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            return ResumableUploadErrors.OffsetMissing().ToAnswer();
        }

        if (offset != upload.Offset || http.Request.ContentLength > upload.Length - offset)
        {
            return (offset != upload.Offset ? ResumableUploadErrors.OffsetMismatch() : MaterialErrors.TooLarge(upload.Length)).ToAnswer();
        }

        if (await uploads.AppendAsync(upload, http.Request.Body, cancellationToken) is not { } now)
        {
            return ResumableUploadErrors.OffsetMismatch().ToAnswer();
        }

        http.Response.Headers[TusFilter.Offset] = now.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers[TusFilter.Expires] = upload.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
        return Answer.NoContent();
    }
}
