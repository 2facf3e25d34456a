using System.Text;

namespace Beian.MiniApi.Features.Letters;

/// <summary>
/// A finished page. It shows personal data: nothing may keep it, frame it, run in it or learn where it was opened from; the one style it has is allowed by
/// its hash.
/// </summary>
internal sealed class LetterPage(int status, string html) : IResult
{
    private const string ContentType = "text/html; charset=utf-8";

    private static readonly string Policy =
        $"default-src 'none'; style-src '{LetterStyle.Hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void SetHeaders(HttpResponse response)
    {
        var headers = response.Headers;
        response.ContentType = ContentType;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.Vary = "Accept, Accept-Language";
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = Encoding.UTF8.GetBytes(html);
        httpContext.Response.StatusCode = status;
        SetHeaders(httpContext.Response);
        httpContext.Response.ContentLength = bytes.Length;
        await httpContext.Response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
