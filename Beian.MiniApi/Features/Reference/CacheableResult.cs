using Beian.MiniApi.ReferenceData;
using Microsoft.Net.Http.Headers;

namespace Beian.MiniApi.Features.Reference;

/// <summary>Answers a document that anybody may keep for an hour; a caller who has it already gets 304.</summary>
internal sealed class CacheableResult(PublicDocument document) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ETag = document.ETag;
        response.Headers.CacheControl = "public, max-age=3600";
        if (Has(httpContext.Request))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = document.Json.Length;
        await response.Body.WriteAsync(document.Json, httpContext.RequestAborted);
    }

    /// <summary>Weak comparison, as RFC 9110 section 13.1.2 asks for If-None-Match.</summary>
    private bool Has(HttpRequest request)
    {
        var own = new EntityTagHeaderValue(document.ETag);
        return request.GetTypedHeaders().IfNoneMatch.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Compare(own, useStrongComparison: false));
    }
}
