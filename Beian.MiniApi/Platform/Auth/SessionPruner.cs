using Beian.MiniApi.Coordination;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Platform.Auth;

/// <summary>Forgets sessions and failed logins that no longer matter.</summary>
internal sealed class SessionPruner(ISessionStore sessions, IStaffStore staff, Turns turns, TimeProvider time, ILogger<SessionPruner> log) : HourlyWork(turns, time, log)
{
    protected override async Task TidyAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await sessions.PruneAsync(now, cancellationToken);
        await staff.PruneAsync(now, cancellationToken);
    }
}
