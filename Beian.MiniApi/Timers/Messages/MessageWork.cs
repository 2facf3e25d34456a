using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Timers.Messages;

/// <summary>The worker that sends subscription messages: one of its own, since a WeChat that answers slowly must not hold up the timers.</summary>
public sealed partial class MessageWork(
    MessageSender sender, IMessageStore queue, IOptions<MessageOptions> options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<MessageWork> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The sandbox of this very server must listen first.
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await using var stopped = stoppingToken.Register(() => started.TrySetCanceled());
        await started.Task;
        var tidyAt = DateTimeOffset.MinValue;
        var isFirst = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            if (time.GetUtcNow() >= tidyAt)
            {
                // What a former process left is recovered before anything is sent.
                var all = isFirst;
                isFirst = !await DoAsync(() => sender.RecoverAsync(all, stoppingToken)) && isFirst;
                await DoAsync(() => queue.PruneAsync(time.GetUtcNow() - options.Value.Kept, stoppingToken));
                tidyAt = isFirst ? DateTimeOffset.MinValue : time.GetUtcNow() + TidyEvery;
            }

            if (!isFirst)
            {
                await DoAsync(() => sender.SendDueAsync(stoppingToken));
            }

            await Task.Delay(Round, stoppingToken);
        }
    }

    /// <summary>False when it failed; the next round tries again.</summary>
    private async Task<bool> DoAsync(Func<Task<int>> work)
    {
        try
        {
            await work();
            return true;
        }
#pragma warning disable CA1031 // Logged and tried again next round; the program's own end is no failure.
        catch (Exception e) when (!lifetime.ApplicationStopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Failed(log, e);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending messages failed; it is tried again")]
    private static partial void Failed(ILogger log, Exception exception);
}
