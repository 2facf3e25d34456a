using System.Diagnostics.Metrics;

namespace Beian.MiniApi.Timers.Notify;

/// <summary>Counts messages by text message, mail and webhook by what became of them; no count tells whose they are.</summary>
public sealed class DeliveryMetrics
{
    public const string MeterName = "Beian.MiniApi.Deliveries";

    private readonly Counter<long> _queued;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _postponed;
    private readonly Counter<long> _alerts;

    public DeliveryMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _queued = meter.CreateCounter<long>("beian.deliveries.queued", "{message}", "Messages queued, by channel and event.");
        _ended = meter.CreateCounter<long>("beian.deliveries.ended", "{message}", "Messages that came to an end, by channel, state and reason.");
        _postponed = meter.CreateCounter<long>("beian.deliveries.postponed", "{message}", "Attempts after which a message waits, by channel and reason.");
        _alerts = meter.CreateCounter<long>("beian.deliveries.alerts", "{alert}", "What an operator has to look at, by channel and reason.");
    }

    public void Queued(string channel, string code) => _queued.Add(1, Tag("channel", channel), Tag("event", code));

    /// <param name="channel">As it is stored, such as <c>sms</c>.</param>
    /// <param name="state"><c>sent</c> or <c>dead</c>.</param>
    /// <param name="reason">As it is stored; null for none.</param>
    public void Ended(string channel, string state, string? reason) => _ended.Add(1, Tag("channel", channel), Tag("state", state), Tag("reason", reason ?? "none"));

    public void Postponed(string channel, string reason) => _postponed.Add(1, Tag("channel", channel), Tag("reason", reason));

    public void Alert(string channel, string reason) => _alerts.Add(1, Tag("channel", channel), Tag("reason", reason));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
