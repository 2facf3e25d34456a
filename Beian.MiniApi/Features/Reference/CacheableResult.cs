using Beian.MiniApi.ReferenceData;
using Microsoft.Net.Http.Headers;

namespace Beian.MiniApi.Features.Reference;

/// <summary>
/// Answers a document that anybody may keep for an hour, compressed as the caller likes; a caller who has it already, in whatever coding, gets 304.
/// </summary>
/// <param name="document">What is answered.</param>
/// <param name="byLanguage">True when another <c>Accept-Language</c> gets another document.</param>
internal sealed class CacheableResult(PublicDocument document, bool byLanguage = false) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var request = httpContext.Request.GetTypedHeaders();
        var variant = ContentCodings.Choose(document, request.AcceptEncoding);
        var response = httpContext.Response;
        response.Headers.ETag = variant.ETag;
        response.Headers.CacheControl = "public, max-age=3600";
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (byLanguage)
        {
            response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        }

        if (Has(request.IfNoneMatch))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = variant.Bytes.Length;
        if (variant.Coding is not null)
        {
            response.Headers.ContentEncoding = variant.Coding;
        }

        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(variant.Bytes, httpContext.RequestAborted);
        }
    }

    /// <summary>Weak comparison, as RFC 9110 section 13.1.2 asks for If-None-Match.</summary>
    private bool Has(IList<EntityTagHeaderValue> known) =>
        known.Any(t => t.Equals(EntityTagHeaderValue.Any) || document.Variants.Any(v => t.Compare(new EntityTagHeaderValue(v.ETag), useStrongComparison: false)));
}
