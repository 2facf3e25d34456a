using Beian.MiniApi.Platform;
using Beian.MiniApi.WeChat.Push;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.WeChatPush;

internal static class CheckCallback
{
    public static IResult Handle(HttpContext http, IOptions<WeChatPushOptions> options, PushVerifier verifier, PushInbox inbox)
    {
        if (!options.Value.IsOn)
        {
            return RequestErrors.RouteNotFound().ToAnswer();
        }

        var query = PushQuery.Read(http.Features.Get<QueryAside>()?.Value);
        if (verifier.RefuseEcho(query) is { } reason)
        {
            return inbox.Refuse(http, reason);
        }

        // The signature does not cover it, so whoever has seen one could have any text given back: as text only.
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Text(query.Echo, "text/plain");
    }
}
