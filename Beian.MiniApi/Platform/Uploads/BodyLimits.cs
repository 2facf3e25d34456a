using Beian.MiniApi.Domain.Materials;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Beian.MiniApi.Platform.Uploads;

/// <summary>How large a request body the server reads at all; a route with its own, tighter rule applies that on top.</summary>
public static class BodyLimits
{
    /// <summary>1 MiB for every route that says nothing else; JSON bodies are held to 256 KiB by their reader.</summary>
    public const long DefaultBytes = 1024 * 1024;

    /// <summary>Room for the form around the file and the framing of a chunked transfer, 1 MiB.</summary>
    public const long FormBytes = 1024 * 1024;

    /// <summary>A video and its form.</summary>
    public const long MaterialRequestBytes = MaterialLimits.VideoBytes + FormBytes;

    /// <summary>A picture and its form.</summary>
    public const long PictureRequestBytes = MaterialLimits.PictureBytes + FormBytes;

    /// <summary>Lets this route take a larger body than the others.</summary>
    public static TBuilder WithBodyLimit<TBuilder>(this TBuilder route, long bytes)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Limit(bytes));

    /// <summary>
    /// For a request refused before its body was read: the server then swallows what comes for a moment instead of cutting the sender off, who
    /// otherwise never sees the answer.
    /// </summary>
    public static void LetFinish(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }

    private sealed record Limit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
