using Beian.MiniApi.Domain;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Beian.MiniApi.Platform;

/// <summary>Reads a whole small body, once per request.</summary>
internal static class RequestBytes
{
    private static readonly object Key = new();

    /// <summary>The body's bytes, or why it cannot be taken. The second call in a request gets what the first one read.</summary>
    public static async ValueTask<(ReadOnlyMemory<byte> Bytes, DomainError? Refusal)> ReadAsync(HttpContext context, int maxBytes)
    {
        if (context.Items.TryGetValue(Key, out var known) && known is ReadOnlyMemory<byte> kept)
        {
            return (kept, null);
        }

        var request = context.Request;
        if (request.ContentLength > maxBytes)
        {
            return (default, RequestErrors.BodyTooLarge(maxBytes));
        }

        var mayHaveBody = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;
        if (mayHaveBody && request.ContentLength is not 0 && !IsPlainJson(request))
        {
            return (default, RequestErrors.NotJson());
        }

        using var buffer = new MemoryStream((int)(request.ContentLength ?? 1024));
        var chunk = new byte[8192];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, context.RequestAborted)) > 0)
        {
            if (buffer.Length + read > maxBytes)
            {
                return (default, RequestErrors.BodyTooLarge(maxBytes));
            }

            buffer.Write(chunk, 0, read);
        }

        ReadOnlyMemory<byte> bytes = buffer.ToArray();
        context.Items[Key] = bytes;
        return (bytes, null);
    }

    /// <summary>JSON in UTF-8 that nobody has packed: what another charset or coding means would only be guessed.</summary>
    private static bool IsPlainJson(HttpRequest request) =>
        request.HasJsonContentType()
        && (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && (StringValues.IsNullOrEmpty(request.Headers.ContentEncoding) || string.Equals(request.Headers.ContentEncoding, "identity", StringComparison.OrdinalIgnoreCase));
}
