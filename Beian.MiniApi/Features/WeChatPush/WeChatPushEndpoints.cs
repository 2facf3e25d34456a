using Beian.MiniApi.Platform;
using Beian.MiniApi.WeChat.Push;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.WeChatPush;

/// <summary>Where WeChat pushes events to; its address is entered in the Mini Program's console.</summary>
public static partial class WeChatPushEndpoints
{
    private const string Text = "text/plain";

    public static WebApplicationBuilder AddPushInbox(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PushInbox>();
        return builder;
    }

    public static void MapWeChatPush(this WebApplication app)
    {
        var callback = app.MapGroup(SecretPathContextFactory.Push).WithTags("Operations");
        callback.MapGet("", CheckCallback.Handle)
            .WithName(nameof(CheckCallback)).WithSummary("WeChat asks whether this address is ours: a signed echostr is given back")
            .Produces<string>(StatusCodes.Status200OK, Text).Produces(StatusCodes.Status403Forbidden).Refuses(404);
        callback.MapPost("", ReceivePush.HandleAsync)
            .WithName(nameof(ReceivePush)).WithSummary("WeChat pushes an event: stored, answered with success, handled later")
            .Produces<string>(StatusCodes.Status200OK, Text).Produces(StatusCodes.Status403Forbidden).Refuses(404);
        if (!app.Services.GetRequiredService<IOptions<WeChatPushOptions>>().Value.IsOn)
        {
            Off(app.Logger, SecretPathContextFactory.Push);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "WeChat:Push:Token is not set: {Path} answers 404, and no event of WeChat arrives")]
    private static partial void Off(ILogger log, string path);
}
