namespace Beian.MiniApi.WeChat.Push;

/// <summary>
/// Does what an event of one name asks for. It may be called again for the same event and must then change nothing more; when it throws, it is called
/// again later.
/// </summary>
#pragma warning disable CA1711 // It handles events of WeChat's; nothing here is a .NET event.
public interface IWeChatEventHandler
#pragma warning restore CA1711
{
    /// <summary>The events it handles; those that no handler names are ignored.</summary>
    string EventName { get; }

    Task HandleAsync(WeChatEvent pushed, CancellationToken cancellationToken);
}
