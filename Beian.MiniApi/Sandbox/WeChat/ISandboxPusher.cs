namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>Delivers events of the played WeChat to this server's callback, signed and encrypted as WeChat does it. Where none is registered nothing is pushed.</summary>
public interface ISandboxPusher
{
    /// <summary>Delivers one event, and again where it is not acknowledged, as WeChat does; returns when that is over.</summary>
    Task PushAsync(SandboxPush push, CancellationToken cancellationToken);
}

/// <summary>An event to deliver; the pusher adds <c>ToUserName</c>, <c>CreateTime</c> and <c>MsgType</c>. Never prints.</summary>
/// <param name="OpenId">For <c>FromUserName</c>.</param>
/// <param name="Event">Its name, such as <c>wxa_media_check</c>.</param>
/// <param name="Members">Further members of the message in order, by name; values are texts, numbers, lists and dictionaries.</param>
public sealed record SandboxPush(string OpenId, string Event, IReadOnlyList<KeyValuePair<string, object>> Members)
{
    public override string ToString() => $"{nameof(SandboxPush)} {Event}";
}
