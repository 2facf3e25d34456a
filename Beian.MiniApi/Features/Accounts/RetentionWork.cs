using System.Diagnostics.Metrics;
using Beian.MiniApi.Coordination;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.Accounts;

/// <summary>Counts what went because of its age.</summary>
public sealed class RetentionMetrics
{
    public const string MeterName = "Beian.MiniApi.Retention";

    /// <summary>Deleted rows by <c>kind</c>: <c>closedFiling</c>, <c>inbox</c>, <c>fullView</c>.</summary>
    public const string DeletedName = "beian.retention.deleted";

    private readonly Counter<long> _deleted;

    public RetentionMetrics(IMeterFactory meters) => _deleted = meters.Create(MeterName).CreateCounter<long>(DeletedName, "{row}", "What was older than it is kept.");

    public void Deleted(string kind, long count) => _deleted.Add(count, new KeyValuePair<string, object?>("kind", kind));
}

/// <summary>Deletes what is older than <see cref="RetentionOptions"/> says, and reports it. Erased accounts are <see cref="AccountSweeper"/>'s, the audit trail keeps itself.</summary>
internal sealed partial class RetentionWork(
    IErasureStore erasures,
    INotificationStore inbox,
    IFullViewStore fullViews,
    IOptions<RetentionOptions> options,
    BusinessClock clock,
    RetentionMetrics metrics,
    Turns turns,
    TimeProvider time,
    ILogger<RetentionWork> log) : HourlyWork(turns, time, log)
{
    /// <summary>Filings erased in one write, so that others wait little.</summary>
    private const int Batch = 50;

    /// <summary>Deletes what is too old by now; also for tests, which do not wait for an hour.</summary>
    /// <param name="now">Real time; filings and messages follow the business clock.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    internal async Task<(int ClosedFilings, int Messages, int FullViews)> DeleteAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var business = clock.GetUtcNow();
        var closed = 0;
        if (options.Value.ClosedFilingDays is { } days)
        {
            int some;
            do
            {
                some = await erasures.EraseClosedAsync(business.AddDays(-days), Batch, cancellationToken);
                closed += some;
            }
            while (some == Batch);
        }

        var messages = await inbox.PruneAsync(business.AddDays(-options.Value.InboxDays), cancellationToken);
        var views = await fullViews.PruneAsync(now.AddDays(-options.Value.FullViewDays), cancellationToken);
        metrics.Deleted("closedFiling", closed);
        metrics.Deleted("inbox", messages);
        metrics.Deleted("fullView", views);
        return (closed, messages, views);
    }

    protected override async Task TidyAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (closed, messages, views) = await DeleteAsync(now, cancellationToken);
        if (closed + messages + views > 0)
        {
            Deleted(log, closed, messages, views);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Older than they are kept, and deleted: {ClosedFilings} closed filings, {Messages} inbox messages, {FullViews} grants of full views")]
    private static partial void Deleted(ILogger log, int closedFilings, int messages, int fullViews);
}
