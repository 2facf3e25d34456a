using Beian.MiniApi.Coordination;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Timers.Messages;

/// <summary>The worker that sends subscription messages: one of its own, since a WeChat that answers slowly must not hold up the timers.</summary>
public sealed class MessageWork(
    MessageSender sender, IMessageStore queue, IOptions<MessageOptions> options, TimeProvider time, ICoordinationState instances, Turns turns, IHostApplicationLifetime lifetime, ILogger<MessageWork> log) : RoundsWork(turns, lifetime, log)
{
    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(10);

    private DateTimeOffset _tidyAt = DateTimeOffset.MinValue;
    private bool _isRecovered;

    protected override async Task RoundAsync(CancellationToken stoppingToken)
    {
        if (time.GetUtcNow() >= _tidyAt)
        {
            // What a former process left is recovered before anything is sent; where there are other instances, it may be their present calls that have no end yet.
            var all = !_isRecovered && instances.IsAlone;
            _isRecovered |= await DoAsync("recovery", stop => sender.RecoverAsync(all, stop), stoppingToken);
            await DoAsync("forgetting", stop => queue.PruneAsync(time.GetUtcNow() - options.Value.Kept, stop), stoppingToken);
            _tidyAt = _isRecovered ? time.GetUtcNow() + TidyEvery : DateTimeOffset.MinValue;
        }

        if (_isRecovered)
        {
            await DoAsync("sending", sender.SendDueAsync, stoppingToken);
        }
    }
}
