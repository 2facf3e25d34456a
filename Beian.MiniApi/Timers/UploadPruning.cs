using Beian.MiniApi.Coordination;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Timers;

/// <summary>Forgets uploads nobody finished in time.</summary>
public sealed class UploadPruning(ResumableUploads uploads, Turns turns, TimeProvider time, ILogger<UploadPruning> log) : HourlyWork(turns, time, log)
{
    protected override Task TidyAsync(DateTimeOffset now, CancellationToken cancellationToken) => uploads.PruneAsync(cancellationToken);
}
