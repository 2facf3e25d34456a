using System.Collections.Concurrent;
using Beian.MiniApi.Domain;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Beian.MiniApi.WeChat;

/// <summary>
/// Calls an endpoint with time limits, retries and a breaker of its own, and says what a refusal means. Numbers of the retries: WeChat's busy answers
/// and transport failures at most two more attempts, after about 200 and 800 ms, inside the time limit of the call.
/// </summary>
internal sealed class WeChatGateway(
    WeChatTransport transport, WeChatErrcodes errcodes, IOptions<WeChatOptions> options, TimeProvider time, ILogger<WeChatGateway> logger)
{
    private const int MaxRetries = 2;

    /// <summary>What operators filter for to be woken.</summary>
    private static readonly EventId Alert = new(4001, "WeChatAlert");

    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(800)];
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    private readonly ConcurrentDictionary<string, ResiliencePipeline<WeChatReply>> _pipelines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _closedUntil = new(StringComparer.Ordinal);

    /// <summary>Always a reply; throws only when <paramref name="cancellationToken"/> asks to stop.</summary>
    public async Task<WeChatReply> SendAsync(
        WeChatCall call, IReadOnlyList<KeyValuePair<string, string>> query, byte[]? json, CancellationToken cancellationToken)
    {
        if (_closedUntil.TryGetValue(call.Name, out var until) && until - time.GetUtcNow() is { Ticks: > 0 } left)
        {
            return new WeChatReply(WeChatReplyKind.Paused, Detail: "asked to wait", Wait: left);
        }

        var pipeline = _pipelines.GetOrAdd(call.Name, _ => BuildPipeline(call));
        try
        {
            var reply = await pipeline.ExecuteAsync(
                static async (s, ct) => await s.transport.AttemptAsync(s.call, s.query, s.json, ct), (transport, call, query, json), cancellationToken);
            CloseIfAsked(call, reply);
            return reply;
        }
        catch (TimeoutRejectedException)
        {
            return new WeChatReply(WeChatReplyKind.Lost, Detail: "timeout");
        }
        catch (BrokenCircuitException e)
        {
            return new WeChatReply(WeChatReplyKind.Paused, Detail: "breaker open", Wait: e.RetryAfter);
        }
    }

    /// <summary>What the caller is told, or null on success. Logs what an operator has to know, never what was sent.</summary>
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

        if (reply.Kind == WeChatReplyKind.GatewayRefusal)
        {
            logger.LogError(Alert, "WeChat's gateway refused {Call}: {Detail}", call.Name, reply.Detail);
            return WeChatErrors.Misconfigured();
        }

        logger.LogWarning("WeChat {Call} failed: {Kind}, {Detail}", call.Name, reply.Kind, reply.Detail);
        return WeChatErrors.Unavailable(reply.Wait);
    }

    /// <summary>True when another access token may succeed.</summary>
    public bool IsTokenRefused(WeChatReply reply) =>
        reply.Kind == WeChatReplyKind.Answered && errcodes.Find(reply.Errcode).Outcome == WeChatOutcome.TokenRefused;

    /// <summary>A success that lacks what it has to carry.</summary>
    public DomainError Incomplete(WeChatCall call)
    {
        logger.LogWarning("WeChat {Call} answered without the fields it promises", call.Name);
        return WeChatErrors.Unavailable();
    }

    private DomainError JudgeErrcode(WeChatCall call, WeChatReply reply)
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

        return row.Outcome switch
        {
            WeChatOutcome.CodeInvalid => WeChatErrors.CodeInvalid(),
            WeChatOutcome.CodeUsed => WeChatErrors.CodeUsed(),
            WeChatOutcome.UserBlocked => WeChatErrors.UserBlocked(),
            WeChatOutcome.Throttled => WeChatErrors.Throttled(PauseOf(row.Retry)),
            WeChatOutcome.Busy => WeChatErrors.Unavailable(),
            WeChatOutcome.QuotaUsedUp => WeChatErrors.Unavailable(PauseOf(row.Retry)),
            _ => WeChatErrors.Misconfigured(row.Retry == WeChatRetry.Never ? null : PauseOf(row.Retry)),
        };
    }

    /// <summary>An endpoint whose quota is gone, or that refuses our address for a time, is not asked again before that time.</summary>
    private void CloseIfAsked(WeChatCall call, WeChatReply reply)
    {
        if (reply.Kind == WeChatReplyKind.Answered && errcodes.Find(reply.Errcode).Retry is var retry and (WeChatRetry.NextDay or WeChatRetry.NextHour))
        {
            _closedUntil[call.Name] = time.GetUtcNow() + PauseOf(retry);
        }
    }

    private TimeSpan PauseOf(WeChatRetry retry)
    {
        var china = time.GetUtcNow().ToOffset(ChinaOffset);
        return retry switch
        {
            WeChatRetry.NextMinute => TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(china.Ticks % TimeSpan.TicksPerMinute),
            WeChatRetry.NextHour => TimeSpan.FromHours(1),
            WeChatRetry.NextDay => TimeSpan.FromDays(1) - china.TimeOfDay,
            _ => TimeSpan.FromSeconds(5),
        };
    }

    private ResiliencePipeline<WeChatReply> BuildPipeline(WeChatCall call)
    {
        var limits = options.Value;
        return new ResiliencePipelineBuilder<WeChatReply> { TimeProvider = time }
            .AddTimeout(TimeSpan.FromMilliseconds(limits.CallTimeoutMilliseconds))
            .AddRetry(new RetryStrategyOptions<WeChatReply>
            {
                MaxRetryAttempts = MaxRetries,
                ShouldHandle = args => ValueTask.FromResult(MayRetry(call, args.Outcome, args.AttemptNumber)),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(Jitter(Pauses[Math.Min(args.AttemptNumber, Pauses.Length - 1)])),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<WeChatReply>
            {
                FailureRatio = limits.BreakerFailureRatio,
                MinimumThroughput = limits.BreakerMinimumAttempts,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromMilliseconds(limits.BreakerPauseMilliseconds),
                ShouldHandle = args => ValueTask.FromResult(IsOutage(args.Outcome)),
            })
            .AddTimeout(TimeSpan.FromMilliseconds(limits.AttemptTimeoutMilliseconds))
            .Build();
    }

    private bool MayRetry(WeChatCall call, Outcome<WeChatReply> outcome, int attempt)
    {
        if (outcome.Exception is not null)
        {
            return outcome.Exception is TimeoutRejectedException && !call.SingleUse;
        }

        return outcome.Result switch
        {
            { Kind: WeChatReplyKind.NotSent } => true,
            { Kind: WeChatReplyKind.Lost or WeChatReplyKind.GatewayFault or WeChatReplyKind.Unreadable } => !call.SingleUse,
            { Kind: WeChatReplyKind.Answered } reply => errcodes.Find(reply.Errcode).Outcome == WeChatOutcome.Busy && (!call.SingleUse || attempt == 0),
            _ => false,
        };
    }

    private bool IsOutage(Outcome<WeChatReply> outcome) =>
        outcome.Exception is TimeoutRejectedException
        || outcome.Result is { Kind: WeChatReplyKind.NotSent or WeChatReplyKind.Lost or WeChatReplyKind.GatewayFault or WeChatReplyKind.Unreadable }
        || (outcome.Result is { Kind: WeChatReplyKind.Answered } reply && errcodes.Find(reply.Errcode).Outcome == WeChatOutcome.Busy);

#pragma warning disable CA5394 // Spreads retries in time; nothing depends on it being unpredictable.
    private static TimeSpan Jitter(TimeSpan pause) => pause * (0.75 + (Random.Shared.NextDouble() * 0.5));
#pragma warning restore CA5394
}
