using Beian.MiniApi.Channels;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Timers.Notify;

/// <summary>
/// Sends what is due. An attempt is leased before it is made, and its end is recorded only by whoever still holds the lease: a process that is killed leaves its messages to the
/// next one. A target that hangs holds the places of its own lane and nobody else's.
/// </summary>
public sealed partial class DeliverySender(
    IDeliveryStore queue, DeliveryChannels channels, DeliveryOutcomes outcomes, IOptions<NotifyOptions> options, TimeProvider time, ILogger<DeliverySender> log)
{
    /// <summary>Between looks for new messages while attempts are under way.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Part of the lease that an attempt may take; the rest is for recording its end.</summary>
    private const double Attempting = 0.75;

    private readonly string _owner = Guid.NewGuid().ToString("N");

    /// <summary>Sends until nothing is due, at most for that long; what is under way is waited for.</summary>
    public async Task SendDueAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + atMost;
        var underWay = new Dictionary<Task, string>();
        while (!cancellationToken.IsCancellationRequested && time.GetUtcNow() < until)
        {
            foreach (var delivery in await LeaseAsync(underWay.Values, cancellationToken))
            {
                underWay.Add(AttemptAsync(delivery), delivery.Lane);
            }

            if (underWay.Count == 0)
            {
                return;
            }

            await Task.WhenAny([.. underWay.Keys, Task.Delay(Pause, CancellationToken.None)]);
            foreach (var ended in underWay.Keys.Where(t => t.IsCompleted).ToList())
            {
                underWay.Remove(ended);
            }
        }

        await Task.WhenAll(underWay.Keys);
    }

    private async Task<IReadOnlyList<LeasedDelivery>> LeaseAsync(Dictionary<Task, string>.ValueCollection lanes, CancellationToken cancellationToken)
    {
        var free = options.Value.MaxAtOnce - lanes.Count;
        if (free <= 0)
        {
            return [];
        }

        var now = time.GetUtcNow();
        var busy = lanes.CountBy(l => l, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return await queue.LeaseAsync(new DeliveryLease(_owner, now, now + options.Value.Lease, free, options.Value.MaxPerLane, busy, options.Value.IsQuiet(now)), cancellationToken);
    }

    /// <summary>Never throws: a message whose end cannot be recorded comes back when its lease lapses.</summary>
    private async Task AttemptAsync(LeasedDelivery delivery)
    {
        try
        {
            await outcomes.SettleAsync(delivery, _owner, await SendAsync(delivery));
        }
#pragma warning disable CA1031 // Logged; one message's trouble must not end the others'.
        catch (Exception e)
#pragma warning restore CA1031
        {
            NotSettled(log, delivery.Id, e);
        }
    }

    private async Task<ParcelOutcome> SendAsync(LeasedDelivery delivery)
    {
        if (time.GetUtcNow() >= delivery.ExpiresAt)
        {
            return new ParcelOutcome(ParcelEnd.Refused, "expired");
        }

        if (delivery.Attempts > options.Value.MaxAttempts)
        {
            // Attempts whose end was lost with their process count too: one that ends the process must not do so for ever.
            return new ParcelOutcome(ParcelEnd.Refused, "attempts", Alert: true);
        }

        if (DeliveryOutcomes.InsteadOfAttempting(delivery) is { } uncertain)
        {
            return uncertain;
        }

        if (delivery.Body is not { } body)
        {
            return new ParcelOutcome(ParcelEnd.Refused, "unreadable", Alert: true);
        }

        if (channels.Find(delivery.Channel) is not { } channel)
        {
            return new ParcelOutcome(ParcelEnd.NotNow, "channelOff", TimeSpan.FromHours(1));
        }

        return await CallAsync(channel, new Parcel(delivery.Key, delivery.Event, body.Address, body.Subject, body.Text, body.Values, body.Payload, delivery.Attempts), delivery.Id);
    }

    /// <summary>Not cancelled by the program's end, which waits for it; never longer than the lease.</summary>
    private async Task<ParcelOutcome> CallAsync(IChannel channel, Parcel parcel, long id)
    {
        using var limit = new CancellationTokenSource(options.Value.Lease * Attempting);
        try
        {
            // Begun elsewhere: what a channel does before it first waits must not hold up the others.
            return await Task.Run(() => channel.SendAsync(parcel, limit.Token), CancellationToken.None).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return new ParcelOutcome(ParcelEnd.InDoubt, "timedOut");
        }
#pragma warning disable CA1031 // A channel promises not to throw; one that does has left its message in doubt.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Threw(log, id, channel.Kind, e.GetType().Name);
            return new ParcelOutcome(ParcelEnd.InDoubt, "failed", Alert: true);
        }
    }

    [LoggerMessage(LogLevel.Error, "The end of an attempt of delivery {Id} could not be recorded; it is attempted again")]
    private static partial void NotSettled(ILogger log, long id, Exception exception);

    // Without the exception: its words may hold the address.
    [LoggerMessage(LogLevel.Error, "The {Channel} channel threw {Kind} at delivery {Id}")]
    private static partial void Threw(ILogger log, long id, ChannelKind channel, string kind);
}
