using Beian.MiniApi.Channels;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Timers.Notify;

/// <summary>What follows from the end of an attempt: it is done, waits for another one, or becomes a dead letter that an operator sees.</summary>
public sealed partial class DeliveryOutcomes(IDeliveryStore queue, DeliveryMetrics metrics, IOptions<NotifyOptions> options, TimeProvider time, ILogger<DeliveryOutcomes> log)
{
    /// <summary>Longest pause between attempts, also where the other side asks for a longer one.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(4);

    /// <summary>Text messages whose answer was lost are repeated so often: their providers know no keys, and each one that arrived is read by a person.</summary>
    private const int MostDoubts = 1;

    /// <summary>Reason of a dead letter that may have arrived.</summary>
    private const string Uncertain = "mayHaveArrived";

    /// <summary>The end without an attempt of a text message that was lost with its process too often; null for everything that may be attempted.</summary>
    public static ParcelOutcome? InsteadOfAttempting(LeasedDelivery delivery) =>
        delivery.Channel == DeliveryChannels.Sms && delivery.Doubts > MostDoubts ? new ParcelOutcome(ParcelEnd.Refused, Uncertain, Alert: true) : null;

    /// <summary>Records the end of an attempt.</summary>
    public Task SettleAsync(LeasedDelivery delivery, string owner, ParcelOutcome outcome)
    {
        if (outcome.Alert)
        {
            metrics.Alert(delivery.Channel, outcome.Reason ?? "unknown");
            NotTaken(log, delivery.Id, delivery.Channel, outcome.Reason);
        }

        return outcome.End switch
        {
            ParcelEnd.Taken => EndAsync(delivery, owner, DeliveryEnd.Sent, null, outcome.Receipt),
            ParcelEnd.Refused => EndAsync(delivery, owner, DeliveryEnd.Dead, outcome.Reason, outcome.Receipt),
            ParcelEnd.InDoubt when delivery.Channel == DeliveryChannels.Sms && delivery.Doubts >= MostDoubts => EndAsync(delivery, owner, DeliveryEnd.Dead, Uncertain, outcome.Receipt),
            ParcelEnd.InDoubt => AgainAsync(delivery, owner, DeliveryEnd.Doubt, outcome with { Reason = outcome.Reason ?? "answerLost" }),
            _ => AgainAsync(delivery, owner, DeliveryEnd.Again, outcome),
        };
    }

    private async Task AgainAsync(LeasedDelivery delivery, string owner, DeliveryEnd end, ParcelOutcome outcome)
    {
        var reason = outcome.Reason ?? "unavailable";
        if (delivery.Attempts >= options.Value.MaxAttempts)
        {
            await EndAsync(delivery, owner, DeliveryEnd.Dead, reason, outcome.Receipt);
            return;
        }

        var pause = TimeSpan.FromTicks(Math.Min(options.Value.RetryAfter.Ticks << Math.Min(delivery.Attempts - 1, 16), LongestPause.Ticks));
        var asked = outcome.RetryAfter is { } wanted && wanted < LongestPause ? wanted : outcome.RetryAfter is null ? TimeSpan.Zero : LongestPause;
        var now = time.GetUtcNow();
        if (await queue.SettleAsync(delivery.Id, owner, end, reason, now + Spread(asked > pause ? asked : pause), null, now, CancellationToken.None))
        {
            metrics.Postponed(delivery.Channel, reason);
        }
    }

    private async Task EndAsync(LeasedDelivery delivery, string owner, DeliveryEnd end, string? reason, string? receipt)
    {
        // False when the lease has lapsed: somebody else attempts it, with the same key.
        if (await queue.SettleAsync(delivery.Id, owner, end, reason, null, receipt, time.GetUtcNow(), CancellationToken.None))
        {
            metrics.Ended(delivery.Channel, end == DeliveryEnd.Sent ? "sent" : "dead", reason);
            if (end == DeliveryEnd.Dead)
            {
                Died(log, delivery.Id, delivery.Channel, reason, delivery.Attempts);
            }
        }
    }

    /// <summary>Later by up to a quarter and never earlier, so that what waits for one moment does not come all at once.</summary>
#pragma warning disable CA5394 // Spreads attempts in time; nothing depends on it being unpredictable.
    private static TimeSpan Spread(TimeSpan wait) => wait + wait / 4 * Random.Shared.NextDouble();
#pragma warning restore CA5394

    [LoggerMessage(OperatorAlert.Id, LogLevel.Error, "Delivery {Id} by {Channel} was not taken as it is: {Reason}", EventName = OperatorAlert.Name)]
    private static partial void NotTaken(ILogger log, long id, string channel, string? reason);

    [LoggerMessage(LogLevel.Warning, "Delivery {Id} by {Channel} is a dead letter after {Attempts} attempts: {Reason}")]
    private static partial void Died(ILogger log, long id, string channel, string? reason, int attempts);
}
