using System.Text.Json.Nodes;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>Delivers events of the played WeChat to this server's callback, signed and encrypted as WeChat does it. Where none is registered nothing is pushed.</summary>
public interface ISandboxPusher
{
    /// <summary>Delivers one event, and again where it is not acknowledged, as WeChat does; returns when that is over, and throws for nothing but the cancellation.</summary>
    /// <param name="fields">Has <c>FromUserName</c> and <c>Event</c>; the pusher adds <c>ToUserName</c>, <c>CreateTime</c> and <c>MsgType</c>.</param>
    Task PushAsync(JsonObject fields, CancellationToken cancellationToken);
}
