using System.Diagnostics.Metrics;
using System.Text.Json;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Timers.Messages;

/// <summary>Counts subscription messages by what became of them; no count tells whose they are, and none is of what the store did not take.</summary>
public sealed class MessageMetrics
{
    public const string MeterName = "Beian.MiniApi.Messages";

    private readonly Counter<long> _queued;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _postponed;
    private readonly Counter<long> _alerts;

    public MessageMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _queued = meter.CreateCounter<long>("beian.messages.queued", "{message}", "Subscription messages queued, by event.");
        _ended = meter.CreateCounter<long>("beian.messages.ended", "{message}", "Subscription messages that came to an end, by state and reason; one that WeChat reports on later counts once more.");
        _postponed = meter.CreateCounter<long>("beian.messages.postponed", "{message}", "Attempts after which a message waits, by reason.");
        _alerts = meter.CreateCounter<long>("beian.messages.alerts", "{alert}", "What an operator has to look at, by reason.");
    }

    public void Queued(string code) => _queued.Add(1, Tag("event", code));

    /// <param name="state">Told as it is stored, such as <c>sent</c>.</param>
    /// <param name="reason">As it is stored, such as <c>noPermission</c>; null for none.</param>
    public void Ended(MessageState state, string? reason) => _ended.Add(1, Tag("state", JsonNamingPolicy.CamelCase.ConvertName(state.ToString())), Tag("reason", reason ?? "none"));

    public void Postponed(string reason) => _postponed.Add(1, Tag("reason", reason));

    public void Alert(string reason) => _alerts.Add(1, Tag("reason", reason));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
