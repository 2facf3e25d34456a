using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Accounts;

/// <summary>Forgets, once an hour, codes for joining that nobody used.</summary>
internal sealed class AccountSweeper(IAccountLinkStore links, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await links.PruneAsync(time.GetUtcNow(), stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
