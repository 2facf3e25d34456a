using System.Globalization;
using System.Text;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Uploads;

/// <summary>Where pieces can be sent.</summary>
/// <param name="Id">Name it as <c>uploadId</c> when it is added as a paper.</param>
/// <param name="Length">Bytes it will have.</param>
/// <param name="ExpiresAt">When it goes, finished or not.</param>
public sealed record UploadView(string Id, long Length, DateTimeOffset ExpiresAt);

internal static class CreateUpload
{
    private const int MaxOpen = 3;
    private const int MaxMetadataChars = 2048;

    public static async Task<Answer> HandleAsync(HttpContext http, CurrentUser user, ResumableUploads uploads, CancellationToken cancellationToken)
    {
        if (!long.TryParse(http.Request.Headers[TusFilter.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length == 0)
        {
            return ResumableUploadErrors.LengthMissing().ToAnswer();
        }

        if (length > MaterialLimits.VideoBytes)
        {
            return MaterialErrors.TooLarge(MaterialLimits.VideoBytes).ToAnswer();
        }

        var metadata = http.Request.Headers[TusFilter.Metadata].ToString();
        if (metadata.Length > MaxMetadataChars || !IsMetadata(metadata))
        {
            return ResumableUploadErrors.MetadataBroken().ToAnswer();
        }

        if (await uploads.CreateAsync(user.AccountId, length, metadata.Length == 0 ? null : metadata, MaxOpen, cancellationToken) is not { } upload)
        {
            return ResumableUploadErrors.TooMany(MaxOpen).ToAnswer();
        }

        http.Response.Headers[TusFilter.Expires] = upload.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
        return Answer.Created("/api/v1/uploads/" + upload.Id, new UploadView(upload.Id, upload.Length, upload.ExpiresAt));
    }

    /// <summary>Comma-separated pairs of a key and a Base64 value; the value may be missing.</summary>
    private static bool IsMetadata(string text)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pair in text.Length == 0 ? [] : text.Split(','))
        {
            var parts = pair.Trim(' ').Split(' ');
            if (parts.Length > 2 || parts[0].Length == 0 || !Ascii.IsValid(parts[0]) || !keys.Add(parts[0]) || (parts.Length == 2 && !Convert.TryFromBase64String(parts[1], new byte[parts[1].Length], out _)))
            {
                return false;
            }
        }

        return true;
    }
}
