using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Accounts;

/// <summary>Forgets, at the start and once an hour, codes for joining that nobody used, and finishes what erasures left to do.</summary>
internal sealed class AccountSweeper(IAccountLinkStore links, Erasing erasing, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await links.PruneAsync(time.GetUtcNow(), stoppingToken);
            await erasing.SweepAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
