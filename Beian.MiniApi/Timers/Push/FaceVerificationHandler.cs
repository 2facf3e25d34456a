using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.WeChat.Push;

namespace Beian.MiniApi.Timers.Push;

/// <summary>Somebody finished a face verification, as WeChat says. Whatever else the event says is not looked at: the result is read from the provider.</summary>
public sealed class FaceVerificationHandler(FaceCheckWatch watch, IUserStore users, BlindIndex blind) : IWeChatEventHandler
{
    private static readonly string[] Keys = ["out_seq_no", "verify_id"];

    public string EventName => watch.PushEvent;

    public async Task HandleAsync(WeChatEvent pushed, CancellationToken cancellationToken)
    {
        foreach (var key in Keys.Select(k => pushed.Text(k)).Where(k => !string.IsNullOrEmpty(k)))
        {
            await watch.WakeAsync(key!);
        }

        if (pushed.OpenId.Length > 0 && await users.FindByOpenIdAsync(blind.Of(BlindIndex.OpenId, pushed.OpenId), cancellationToken) is { } user)
        {
            await watch.WakeAsync(user.Id);
        }
    }
}
