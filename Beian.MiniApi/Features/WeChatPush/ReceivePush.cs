using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Uploads;
using Beian.MiniApi.WeChat.Push;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.WeChatPush;

internal static class ReceivePush
{
    public static async Task<IResult> HandleAsync(HttpContext http, IOptions<WeChatPushOptions> options, PushInbox inbox, CancellationToken cancellationToken)
    {
        if (!options.Value.IsOn)
        {
            return RequestErrors.RouteNotFound().ToAnswer();
        }

        var query = PushQuery.Read(http.Features.Get<QueryAside>()?.Value);
        BodyLimits.LetFinish(http);
        if (await BodyAsync(http, cancellationToken) is not { } body)
        {
            return inbox.Refuse(http, PushRefusals.TooLarge);
        }

        return await inbox.TakeAsync(query, body, cancellationToken) is { } reason ? inbox.Refuse(http, reason) : TypedResults.Text("success", "text/plain");
    }

    /// <summary>Null when it is larger than any push; not read further then.</summary>
    private static async Task<byte[]?> BodyAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (http.Request.ContentLength > PushInbox.MaxBytes)
        {
            return null;
        }

        var buffer = new byte[(http.Request.ContentLength ?? PushInbox.MaxBytes) + 1];
        var read = await http.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return read == buffer.Length ? null : buffer[..read];
    }
}
