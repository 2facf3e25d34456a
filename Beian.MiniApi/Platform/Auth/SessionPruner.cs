using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Platform.Auth;

/// <summary>Forgets sessions and failed logins that no longer matter.</summary>
internal sealed class SessionPruner(ISessionStore sessions, IStaffStore staff, TimeProvider time, ILogger<SessionPruner> log) : HourlyWork(time, log)
{
    protected override async Task TidyAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await sessions.PruneAsync(now, cancellationToken);
        await staff.PruneAsync(now, cancellationToken);
    }
}
