using System.Text.Json.Nodes;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>Events of the played WeChat that happen after the answer; without an <see cref="ISandboxPusher"/> they do not happen.</summary>
internal sealed class SandboxPushes(IServiceProvider services, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<SandboxPushes> logger)
{
    /// <summary>Pushes an event after a while; returns at once.</summary>
    /// <param name="openId">Whose doing it is.</param>
    /// <param name="name">Of the event.</param>
    /// <param name="delay">How long WeChat takes for it.</param>
    /// <param name="members">Further members of the event.</param>
    public void Later(string openId, string name, TimeSpan delay, params (string Name, JsonNode Value)[] members)
    {
        if (services.GetService<ISandboxPusher>() is not { } pusher)
        {
            return;
        }

        var fields = new JsonObject { ["FromUserName"] = openId, ["Event"] = name };
        foreach (var (member, value) in members)
        {
            fields[member] = value;
        }

        _ = Task.Run(() => PushAsync(pusher, fields, delay), CancellationToken.None);
    }

    private async Task PushAsync(ISandboxPusher pusher, JsonObject fields, TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, time, lifetime.ApplicationStopping);
            await pusher.PushAsync(fields, lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            logger.LogDebug("The server stopped before an event was pushed");
        }
    }
}
