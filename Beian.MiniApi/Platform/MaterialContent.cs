using Beian.MiniApi.Domain.Materials;
using Microsoft.Net.Http.Headers;

namespace Beian.MiniApi.Platform;

/// <summary>
/// Sends the bytes of a material so that a browser can do nothing with them but show a picture or play a film: our own content type, no guessing, no name
/// from the applicant, no cache, no scripts. Ranges are answered, which players of films need.
/// </summary>
public sealed class MaterialContent : IResult
{
    private readonly Stream _content;
    private readonly MediaType _media;

    private MaterialContent(Stream content, MediaType media) => (_content, _media) = (content, media);

    /// <param name="content">Seekable; disposed after sending.</param>
    /// <param name="contentType">As stored with the material.</param>
    /// <exception cref="ArgumentException">A content type that was never taken in.</exception>
    public static MaterialContent Of(Stream content, string contentType)
    {
        foreach (var media in Enum.GetValues<MediaType>())
        {
            if (MediaTypes.ContentTypeOf(media) == contentType)
            {
                return new MaterialContent(content, media);
            }
        }

        throw new ArgumentException($"'{contentType}' is never stored.", nameof(contentType));
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var extension = _media switch
        {
            MediaType.Jpeg => "jpg",
            MediaType.Png => "png",
            _ => "mp4",
        };
        var headers = httpContext.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentDisposition = $"inline; filename=\"material.{extension}\"";
        headers.CacheControl = "private, no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers[HeaderNames.AcceptRanges] = "bytes";
        headers["Cross-Origin-Resource-Policy"] = "same-site";
        return TypedResults.Stream(_content, MediaTypes.ContentTypeOf(_media), enableRangeProcessing: true).ExecuteAsync(httpContext);
    }
}
