using System.Text.Json;
using Beian.MiniApi.Platform;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Beian.MiniApi.Channels.Sms;

/// <summary>One attempt at a provider within the limits of time, with every way it can end short of an answer as an outcome. Repeating is the queue's affair.</summary>
internal sealed class SmsPipeline(IOptions<SmsOptions> options, TimeProvider time)
{
    private readonly ResiliencePipeline _pipeline = OutsideLimits.For(time, options.Value.Timeout, options.Value.Break, new PredicateBuilder().Handle<JsonException>()).Build();

    public async Task<ParcelOutcome> RunAsync(Func<CancellationToken, Task<ParcelOutcome>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(async ct => await attempt(ct), cancellationToken);
        }
        catch (BrokenCircuitException)
        {
            return new ParcelOutcome(ParcelEnd.NotNow, "resting", options.Value.Break);
        }
        catch (TimeoutRejectedException)
        {
            return new ParcelOutcome(ParcelEnd.InDoubt, "answerLost");
        }
        catch (JsonException)
        {
            return new ParcelOutcome(ParcelEnd.InDoubt, "badAnswer");
        }
        catch (HttpRequestException e)
        {
            return OfFailure(e);
        }
    }

    /// <summary>Nothing was sent where no connection came about; a status is a gateway's; whatever broke later may have been sent.</summary>
    private static ParcelOutcome OfFailure(HttpRequestException e) => e switch
    {
        { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError } => new(ParcelEnd.NotNow, "noConnection"),
        { HttpRequestError: HttpRequestError.SecureConnectionError } => new(ParcelEnd.NotNow, "badCertificate", Alert: true),
        { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => new(ParcelEnd.InDoubt, "badAnswer"),
        { StatusCode: not null } => new(ParcelEnd.NotNow, "gateway"),
        _ => new(ParcelEnd.InDoubt, "answerLost"),
    };
}
