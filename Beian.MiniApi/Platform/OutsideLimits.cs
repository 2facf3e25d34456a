using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Beian.MiniApi.Platform;

/// <summary>What a call of an outside service that one person waits for may cost.</summary>
public static class OutsideLimits
{
    /// <summary>
    /// The service is left alone once half of at least five calls within 30 s have failed: no connection, no answer in time, a status that is
    /// no <see cref="IsRefusal"/>, or what the caller names. The time limit lies inside, so that a service that no longer answers counts as
    /// failing.
    /// </summary>
    /// <param name="time">Real time.</param>
    /// <param name="timeout">For one call, with all that is added to the pipeline behind this.</param>
    /// <param name="pause">How long it is left alone.</param>
    /// <param name="failures">What else counts as failed.</param>
    public static ResiliencePipelineBuilder For(TimeProvider time, TimeSpan timeout, TimeSpan pause, PredicateBuilder<object> failures)
    {
        ArgumentNullException.ThrowIfNull(failures);
        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = 5,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = pause,
                ShouldHandle = failures.Handle<HttpRequestException>(e => !IsRefusal(e)).Handle<TimeoutRejectedException>(),
            })
            .AddTimeout(timeout);
    }

    /// <summary>True where it answered and will answer the same to the next one: nothing is gained by leaving it alone. Too late (408) and too many (429) pass.</summary>
    public static bool IsRefusal(HttpRequestException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return failure.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);
    }
}
