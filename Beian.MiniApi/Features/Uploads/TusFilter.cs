using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Uploads;

/// <summary>What tus 1.0 demands of every request and answer: the version in a header, and refused requests with another one.</summary>
internal sealed class TusFilter : IEndpointFilter
{
    public const string Version = "1.0.0";
    public const string VersionHeader = "Tus-Resumable";
    public const string Offset = "Upload-Offset";
    public const string Length = "Upload-Length";
    public const string Metadata = "Upload-Metadata";
    public const string Expires = "Upload-Expires";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers[VersionHeader] = Version;
        if (!HttpMethods.IsOptions(http.Request.Method) && http.Request.Headers[VersionHeader] != Version)
        {
            http.Response.Headers["Tus-Version"] = Version;
            return ResumableUploadErrors.VersionNotSupported().ToAnswer();
        }

        return await next(context);
    }
}
