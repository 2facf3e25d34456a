using System.Diagnostics.Metrics;

namespace Beian.MiniApi.WeChat.Push;

/// <summary>Counts pushes by what became of them; no count tells whose they are.</summary>
public sealed class PushMetrics
{
    public const string MeterName = "Beian.MiniApi.WeChat.Push";

    /// <summary>Refused pushes by <c>reason</c>, one of <see cref="PushRefusals"/>.</summary>
    public const string RefusedName = "beian.wechat.push.refused";

    /// <summary>Genuine pushes by <c>event</c> and <c>outcome</c>: <c>stored</c>, <c>duplicate</c>, <c>ignored</c>.</summary>
    public const string ReceivedName = "beian.wechat.push.received";

    /// <summary>Attempts to handle a stored event by <c>event</c> and <c>outcome</c>: <c>done</c>, <c>failed</c>.</summary>
    public const string HandledName = "beian.wechat.push.handled";

    private readonly Counter<long> _refused;
    private readonly Counter<long> _received;
    private readonly Counter<long> _handled;

    public PushMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _refused = meter.CreateCounter<long>(RefusedName, "{push}", "Pushes that were not WeChat's, not for us or not of now.");
        _received = meter.CreateCounter<long>(ReceivedName, "{push}", "Pushes of WeChat by what became of them.");
        _handled = meter.CreateCounter<long>(HandledName, "{attempt}", "Attempts to handle a stored event.");
    }

    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <param name="name">Of an event that has a handler; others count as <c>other</c>, since there is no end of names.</param>
    /// <param name="outcome">What became of it.</param>
    public void Received(string? name, string outcome) => _received.Add(1, new KeyValuePair<string, object?>("event", name ?? "other"), new KeyValuePair<string, object?>("outcome", outcome));

    public void Handled(string name, string outcome) => _handled.Add(1, new KeyValuePair<string, object?>("event", name), new KeyValuePair<string, object?>("outcome", outcome));
}
