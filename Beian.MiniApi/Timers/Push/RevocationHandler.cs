using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.WeChat.Push;

namespace Beian.MiniApi.Timers.Push;

/// <summary>Records that a user withdrew the consent to data that WeChat handed over.</summary>
public sealed partial class RevocationHandler(IAuthorizationRevocationStore revocations, BlindIndex blind, TimeProvider time, ILogger<RevocationHandler> log) : IWeChatEventHandler
{
    public string EventName => "user_authorization_revoke";

    public async Task HandleAsync(WeChatEvent pushed, CancellationToken cancellationToken)
    {
        // This event names its user in a field of its own; the sender is the same or WeChat itself.
        if ((pushed.Text("OpenID") ?? pushed.OpenId) is not { Length: > 0 } openId)
        {
            Nobody(log);
            return;
        }

        await revocations.AddAsync(new AuthorizationRevocation(blind.Of(BlindIndex.OpenId, openId), pushed.Text("RevokeInfo"), pushed.CreatedAt ?? time.GetUtcNow()), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A withdrawal of consent from WeChat names nobody and is left out")]
    private static partial void Nobody(ILogger log);
}
