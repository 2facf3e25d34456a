using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Platform.Auth;

/// <summary>Forgets, once an hour, sessions and failed logins that no longer matter.</summary>
internal sealed class SessionPruner(ISessionStore sessions, IStaffStore staff, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await sessions.PruneAsync(time.GetUtcNow(), stoppingToken);
            await staff.PruneAsync(time.GetUtcNow(), stoppingToken);
        }
    }
}
