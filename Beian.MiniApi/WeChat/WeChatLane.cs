using System.Threading.RateLimiting;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Beian.MiniApi.WeChat;

/// <summary>
/// What one endpoint may cost: time for an attempt and for a whole call, attempts, calls at once, and a breaker of its own, so that an endpoint in
/// trouble holds up nobody but its own callers.
/// </summary>
internal sealed class WeChatLane(WeChatCall call, WeChatErrcodes errcodes, WeChatOptions limits, TimeProvider time) : IDisposable
{
    private const int MaxRetries = 2;

    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(800)];

    private readonly ConcurrencyLimiter _room = new(new ConcurrencyLimiterOptions { PermitLimit = limits.MaxCallsAtOnce, QueueLimit = 0 });
    private readonly ResiliencePipeline<WeChatReply> _pipeline = Build(call, errcodes, limits, time);

    public void Dispose() => _room.Dispose();

    /// <summary>Always a reply; throws only when <paramref name="cancellationToken"/> asks to stop.</summary>
    /// <param name="attempt">Makes one attempt.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<WeChatReply> RunAsync(Func<CancellationToken, ValueTask<WeChatReply>> attempt, CancellationToken cancellationToken)
    {
        using var place = _room.AttemptAcquire();
        if (!place.IsAcquired)
        {
            return new WeChatReply(WeChatReplyKind.Paused, Detail: "too many at once");
        }

        try
        {
            return await _pipeline.ExecuteAsync(static async (a, ct) => await a(ct), attempt, cancellationToken);
        }
        catch (TimeoutRejectedException)
        {
            return new WeChatReply(WeChatReplyKind.TimedOut, Detail: "time limit of the call");
        }
        catch (BrokenCircuitException e)
        {
            return new WeChatReply(WeChatReplyKind.Paused, Detail: "breaker open", Wait: e.RetryAfter);
        }
    }

    private static ResiliencePipeline<WeChatReply> Build(WeChatCall call, WeChatErrcodes errcodes, WeChatOptions limits, TimeProvider time)
    {
        var picture = call.Pace == WeChatPace.Picture;
        return new ResiliencePipelineBuilder<WeChatReply> { TimeProvider = time }
            .AddTimeout(TimeSpan.FromMilliseconds(picture ? limits.PictureCallTimeoutMilliseconds : limits.CallTimeoutMilliseconds))
            .AddRetry(new RetryStrategyOptions<WeChatReply>
            {
                MaxRetryAttempts = MaxRetries,
                ShouldHandle = args => ValueTask.FromResult(MayRepeat(call, errcodes, args.Outcome, args.AttemptNumber)),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(Jitter(Pauses[Math.Min(args.AttemptNumber, Pauses.Length - 1)])),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<WeChatReply>
            {
                FailureRatio = limits.BreakerFailureRatio,
                MinimumThroughput = limits.BreakerMinimumAttempts,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromMilliseconds(limits.BreakerPauseMilliseconds),
                ShouldHandle = args => ValueTask.FromResult(IsOutage(errcodes, args.Outcome)),
            })
            .AddTimeout(TimeSpan.FromMilliseconds(picture ? limits.PictureAttemptTimeoutMilliseconds : limits.AttemptTimeoutMilliseconds))
            .Build();
    }

    private static bool MayRepeat(WeChatCall call, WeChatErrcodes errcodes, Outcome<WeChatReply> outcome, int attempt)
    {
        if (outcome.Exception is not null)
        {
            return outcome.Exception is TimeoutRejectedException && call.Repeat == WeChatRepeat.Freely;
        }

        return outcome.Result switch
        {
            { Kind: WeChatReplyKind.NotSent } => true,
            { Kind: WeChatReplyKind.Lost or WeChatReplyKind.GatewayFault or WeChatReplyKind.Unreadable } => call.Repeat == WeChatRepeat.Freely,
            { Kind: WeChatReplyKind.Answered } reply when errcodes.Find(reply.Errcode).IsBusy => call.Repeat switch
            {
                WeChatRepeat.Freely => true,
                WeChatRepeat.OnceWhenBusy => attempt == 0,
                _ => false,
            },
            _ => false,
        };
    }

    private static bool IsOutage(WeChatErrcodes errcodes, Outcome<WeChatReply> outcome) =>
        outcome.Exception is TimeoutRejectedException
        || outcome.Result is { Kind: WeChatReplyKind.NotSent or WeChatReplyKind.Lost or WeChatReplyKind.GatewayFault or WeChatReplyKind.Unreadable }
        || (outcome.Result is { Kind: WeChatReplyKind.Answered } reply && errcodes.Find(reply.Errcode).IsBusy);

#pragma warning disable CA5394 // Spreads retries in time; nothing depends on it being unpredictable.
    private static TimeSpan Jitter(TimeSpan pause) => pause * (0.75 + (Random.Shared.NextDouble() * 0.5));
#pragma warning restore CA5394
}
