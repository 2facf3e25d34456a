using System.Globalization;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Messages;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Subjects;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Timers.Messages;
using Beian.MiniApi.Timers.Notify;

namespace Beian.MiniApi.Timers;

/// <summary>
/// Does what saved changes left to do: messages into the inbox and on their way outside, approved filings into the record of subjects. Each piece can be done twice without harm,
/// and is taken off the filing only after it is done.
/// </summary>
public sealed partial class Outbox(
    IFilingStore filings, ISubjectStore subjects, INotificationStore notifications, MessageDesk messages, DeliveryDesk deliveries, ReferenceBook book, TimeProvider time, ILogger<Outbox> log)
{
    /// <summary>How many filings at once: what they write is committed together.</summary>
    private const int AtOnce = 8;

    private readonly Postponed _later = new(time);

    /// <summary>Works off everything that waits; returns how many filings it finished.</summary>
    public async Task<int> DrainAsync(CancellationToken cancellationToken)
    {
        var done = 0;
        var ids = (await filings.WithOutboxAsync(200, cancellationToken)).Where(id => !_later.Has(id));
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (id, ct) =>
        {
            if (await TryDrainAsync(id, ct))
            {
                _later.Remove(id);
                Interlocked.Increment(ref done);
            }
            else
            {
                _later.Add(id);
            }
        });
        return done;
    }

    /// <summary>A filing whose work throws must not end the others' round.</summary>
    private async Task<bool> TryDrainAsync(string filingId, CancellationToken cancellationToken)
    {
        try
        {
            return await DrainAsync(filingId, cancellationToken);
        }
#pragma warning disable CA1031 // Logged and tried again after a while.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            NotDrained(log, filingId, e);
            return false;
        }
    }

    /// <summary>Works off one filing's; false when some of it has to be tried again.</summary>
    public async Task<bool> DrainAsync(string filingId, CancellationToken cancellationToken)
    {
        while (await filings.FindAsync(filingId, cancellationToken) is { Snapshot.Outbox.Count: > 0 } filing)
        {
            var done = new List<OutboxEntry>();
            foreach (var entry in filing.Snapshot.Outbox)
            {
                if (await DoAsync(filing, entry, cancellationToken))
                {
                    done.Add(entry);
                }
            }

            if (done.Count == 0)
            {
                return false;
            }

            var outcome = await filings.ReplaceAsync(filing.OutboxDone(done), null, cancellationToken);
            if (outcome.IsSaved && done.Count < filing.Snapshot.Outbox.Count)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> DoAsync(Filing filing, OutboxEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Kind == OutboxEntry.ProjectSubject)
        {
            return await ProjectAsync(filing, cancellationToken);
        }

        var happened = filing.Snapshot.History[entry.Seq - 1];
        var message = Message(filing, happened);
        var row = book.Tables.Notifications[message.Code];
        if (row.InApp)
        {
            await notifications.AddAsync(message, cancellationToken);
        }

        if (row.WeChat)
        {
            await messages.QueueAsync(filing, happened, message, cancellationToken);
        }

        await deliveries.QueueAsync(filing, happened, message, cancellationToken);
        return true;
    }

    private async Task<bool> ProjectAsync(Filing filing, CancellationToken cancellationToken)
    {
        var s = filing.Snapshot;
        var known = await subjects.FindAsync(s.SubjectId ?? s.Id, s.AccountId, cancellationToken);
        while (!await subjects.SaveAsync(FiledSubject.Project(known, s, filing), cancellationToken))
        {
            // Somebody else wrote the record in between, or another record has what this one needs.
            var seen = known?.Revision;
            known = await subjects.FindAsync(s.SubjectId ?? s.Id, s.AccountId, cancellationToken);
            if (known?.Revision == seen)
            {
                ProjectionRefused(log, s.Id);
                return false;
            }
        }

        return true;
    }

    private static Notification Message(Filing filing, HistoryEntry entry)
    {
        var s = filing.Snapshot;

        // Sorts by time; made of the event alone, so that telling it twice is telling it once.
        var id = string.Create(CultureInfo.InvariantCulture, $"{entry.At.ToUnixTimeMilliseconds():x12}{s.Id[^16..]}{entry.Seq:x4}");
        return new Notification(id, s.AccountId, s.Id, MessageEvent.CodeOf(entry), entry.At, null) { Number = s.Number, State = FilingTransitions.NameOf(entry.To) };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox of filing {FilingId} could not be worked off; it is tried again")]
    private static partial void NotDrained(ILogger log, string filingId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Filing {FilingId} is approved but its subject record conflicts with another one; it is tried again")]
    private static partial void ProjectionRefused(ILogger log, string filingId);
}
