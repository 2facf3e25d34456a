using Beian.MiniApi.Coordination;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Timers.Notify;

/// <summary>The worker that sends text messages, mails and calls of webhooks: one of its own, since a target that answers slowly must not hold up the timers.</summary>
public sealed class DeliveryWork(
    DeliverySender sender, IDeliveryStore queue, IOptions<NotifyOptions> options, TimeProvider time, Turns turns, IHostApplicationLifetime lifetime, ILogger<DeliveryWork> log) : RoundsWork(turns, lifetime, log)
{
    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(10);

    private DateTimeOffset _tidyAt = DateTimeOffset.MinValue;

    /// <summary>The queue leases each attempt.</summary>
    protected override bool IsShared => true;

    protected override async Task RoundAsync(CancellationToken stoppingToken)
    {
        if (time.GetUtcNow() >= _tidyAt)
        {
            await DoAsync("forgetting", stop => queue.PruneAsync(time.GetUtcNow() - options.Value.Kept, stop), stoppingToken);
            _tidyAt = time.GetUtcNow() + TidyEvery;
        }

        await DoAsync("sending", stop => sender.SendDueAsync(TidyEvery, stop), stoppingToken);
    }
}
