using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Beian.MiniApi.WeChat;

/// <summary>Counts and times of what is asked of WeChat, by endpoint and how it ended.</summary>
internal sealed class WeChatMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Beian.MiniApi.WeChat";

    private readonly WeChatErrcodes _errcodes;
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _refreshes;

    public WeChatMetrics(IMeterFactory meters, WeChatErrcodes errcodes)
    {
        _errcodes = errcodes;
        var meter = meters.Create(MeterName);
        _attempts = meter.CreateCounter<long>("beian.wechat.attempts", "{attempt}", "Attempts to call WeChat, those not sent included.");
        _duration = meter.CreateHistogram<double>("beian.wechat.attempt.duration", "s", "Time an attempt took.");
        _refreshes = meter.CreateCounter<long>("beian.wechat.token.refreshes", "{refresh}", "Access tokens fetched.");
    }

    /// <param name="call">Which endpoint.</param>
    /// <param name="reply">How it ended.</param>
    /// <param name="took">Null for what was not sent.</param>
    public void Attempted(WeChatCall call, WeChatReply reply, TimeSpan? took)
    {
        var tags = new TagList { { "endpoint", call.Path }, { "errcode", Ending(reply) } };
        _attempts.Add(1, tags);
        if (took is { } time)
        {
            _duration.Record(time.TotalSeconds, tags);
        }
    }

    public void Refreshed(bool forced) => _refreshes.Add(1, new KeyValuePair<string, object?>("forced", forced));

    /// <summary>The errcode, or what stood in its way. Numbers that nobody has described share one word: an answer cannot make up new series.</summary>
    private string Ending(WeChatReply reply) => reply.Kind switch
    {
        WeChatReplyKind.Answered => _errcodes.Knows(reply.Errcode) ? reply.Errcode.ToString(CultureInfo.InvariantCulture) : "undescribed",
        WeChatReplyKind.NotSent => "notSent",
        WeChatReplyKind.Lost => "lost",
        WeChatReplyKind.TimedOut => "timeout",
        WeChatReplyKind.GatewayFault => "http5xx",
        WeChatReplyKind.TooLarge => "http413",
        WeChatReplyKind.GatewayRefusal => "http4xx",
        WeChatReplyKind.Paused => "paused",
        _ => "unreadable",
    };
}
