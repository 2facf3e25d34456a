using System.Collections.Concurrent;
using System.Diagnostics;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.WeChat;

/// <summary>
/// Calls an endpoint within its <see cref="WeChatLane"/>, remembers which endpoints are closed for the day, and says what a refusal means.
/// </summary>
internal sealed class WeChatGateway(
    WeChatTransport transport, WeChatErrcodes errcodes, WeChatMetrics metrics, IOptions<WeChatOptions> options, TimeProvider time, ILogger<WeChatGateway> logger) : IDisposable
{
    /// <summary>What operators filter for to be woken.</summary>
    private static readonly EventId Alert = new(OperatorAlert.Id, OperatorAlert.Name);

    private readonly ConcurrentDictionary<WeChatCall, Lazy<WeChatLane>> _lanes = new();
    private readonly ConcurrentDictionary<WeChatCall, (DateTimeOffset Until, WeChatTold Told)> _closed = new();

    public void Dispose()
    {
        foreach (var lane in _lanes.Values.Where(l => l.IsValueCreated))
        {
            lane.Value.Dispose();
        }
    }

    /// <summary>Always a reply; throws only when <paramref name="cancellationToken"/> asks to stop.</summary>
    public Task<WeChatReply> SendAsync(WeChatCall call, IReadOnlyList<KeyValuePair<string, string>> query, WeChatBody? body, CancellationToken cancellationToken) =>
        SendAsync(call, ct => transport.AttemptAsync(call, query, body, ct), cancellationToken);

    /// <summary>Always a reply; throws only when <paramref name="cancellationToken"/> asks to stop.</summary>
    /// <param name="call">Which endpoint.</param>
    /// <param name="attempt">Makes one attempt; throws only when it is asked to stop.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<WeChatReply> SendAsync(WeChatCall call, Func<CancellationToken, Task<WeChatReply>> attempt, CancellationToken cancellationToken)
    {
        if (ClosedReply(call) is { } closed)
        {
            metrics.Attempted(call, closed, null);
            return closed;
        }

        var lane = _lanes.GetOrAdd(call, c => new Lazy<WeChatLane>(() => new WeChatLane(c, errcodes, options.Value, time))).Value;
        var reply = await lane.RunAsync(async ct => await AttemptAsync(call, attempt, ct), cancellationToken);
        if (reply.Kind == WeChatReplyKind.Paused)
        {
            metrics.Attempted(call, reply, null);
        }

        CloseIfAsked(call, reply);
        return reply;
    }

    /// <summary>What the caller is told, or null when it is no refusal. Logs what an operator has to know, never what was sent.</summary>
    public DomainError? Judge(WeChatCall call, WeChatReply reply)
    {
        if (reply.IsSuccess)
        {
            return null;
        }

        if (reply.Kind == WeChatReplyKind.Answered)
        {
            return JudgeErrcode(call, reply);
        }

        var failure = errcodes.Find(reply);
        var isAlert = failure.Alert || reply.Kind == WeChatReplyKind.GatewayRefusal;
        logger.Log(isAlert ? LogLevel.Error : LogLevel.Warning, isAlert ? Alert : default, "WeChat {Call} failed: {Kind}, {Detail}", call.Name, reply.Kind, reply.Detail);
        var refusal = WeChatErrors.Of((reply.Closed ?? failure.ToldOn(call.Path)).Code, reply.Wait);
        return call.UsesCode && reply.IsEffectUnknown ? WeChatErrors.CodeLost(refusal) : refusal;
    }

    /// <summary>True when an answer is an ordinary outcome of that name, such as <c>notify.noPermission</c>.</summary>
    public bool Says(WeChatCall call, WeChatReply reply, string code) =>
        reply is { Kind: WeChatReplyKind.Answered, IsSuccess: false } && errcodes.Find(reply.Errcode).ToldOn(call.Path) is { IsRefusal: false } told && told.Code == code;

    /// <summary>True when another access token may succeed.</summary>
    public bool IsTokenRefused(WeChatReply reply) =>
        reply.Kind == WeChatReplyKind.Answered && errcodes.Find(reply.Errcode).Retry == WeChatRetry.AfterTokenRefresh;

    /// <summary>A success that lacks what it has to carry: as good as none that can be read.</summary>
    public DomainError Incomplete(WeChatCall call) => Judge(call, new WeChatReply(WeChatReplyKind.Unreadable, Detail: "promised fields are missing"))!;

    private async Task<WeChatReply> AttemptAsync(WeChatCall call, Func<CancellationToken, Task<WeChatReply>> attempt, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var reply = await attempt(cancellationToken);
            metrics.Attempted(call, reply, Stopwatch.GetElapsedTime(started));
            return reply;
        }
        catch (OperationCanceledException)
        {
            // Out of time, or the caller left: either way no answer was waited for.
            metrics.Attempted(call, new WeChatReply(WeChatReplyKind.TimedOut), Stopwatch.GetElapsedTime(started));
            throw;
        }
    }

    private DomainError? JudgeErrcode(WeChatCall call, WeChatReply reply)
    {
        var row = errcodes.Find(reply.Errcode);
        if (row.Alert)
        {
            logger.LogError(Alert, "WeChat refused {Call} with {Errcode} ({Meaning}), rid {Rid}", call.Name, row.Code, row.Meaning, reply.Detail);
        }
        else
        {
            logger.LogInformation("WeChat refused {Call} with {Errcode}, rid {Rid}", call.Name, row.Code, reply.Detail);
        }

        var told = row.ToldOn(call.Path);
        return told.IsRefusal ? WeChatErrors.Of(told.Code, PauseOf(row.Retry)) : null;
    }

    private WeChatReply? ClosedReply(WeChatCall call) =>
        _closed.TryGetValue(call, out var closed) && closed.Until - time.GetUtcNow() is { Ticks: > 0 } left
            ? new WeChatReply(WeChatReplyKind.Paused, Detail: "closed for now", Wait: left) { Closed = closed.Told }
            : null;

    /// <summary>An endpoint whose quota is gone, or that refuses our address for a time, is not asked again before that time.</summary>
    private void CloseIfAsked(WeChatCall call, WeChatReply reply)
    {
        if (reply.Kind == WeChatReplyKind.Answered && errcodes.Find(reply.Errcode) is { Retry: WeChatRetry.NextDay or WeChatRetry.NextHour } row)
        {
            _closed[call] = (time.GetUtcNow() + PauseOf(row.Retry)!.Value, row.ToldOn(call.Path));
        }
    }

    /// <summary>How long to wait; null for the usual.</summary>
    private TimeSpan? PauseOf(WeChatRetry retry)
    {
        var china = time.GetUtcNow().ToOffset(ChinaTime.Offset);
        return retry switch
        {
            WeChatRetry.NextMinute => TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(china.Ticks % TimeSpan.TicksPerMinute),
            WeChatRetry.NextHour => TimeSpan.FromHours(1),
            WeChatRetry.NextDay => TimeSpan.FromDays(1) - china.TimeOfDay,
            _ => null,
        };
    }
}
