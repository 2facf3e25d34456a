using System.Collections.Concurrent;
using System.Net.Sockets;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Platform;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Beian.MiniApi.Registry;

/// <summary>Asks the service that is responsible for a suffix, within the timeout; a service that keeps failing is left alone for a while.</summary>
public sealed class RegistryClient(
    RdapClient rdap, WhoisClient whois, RegistryCache cache, ReferenceBook book, SelfAddress self, SelfWhois selfWhois, IOptions<RegistryOptions> options, TimeProvider time, ILogger<RegistryClient> logger) : IRegistry
{
    /// <summary>One pipeline per service: the breakers must not trip for each other. As many as the data files name hosts.</summary>
    private readonly ConcurrentDictionary<string, ResiliencePipeline> _pipelines = new(StringComparer.Ordinal);

    public async Task<RegistryFacts> LookUpAsync(string asciiDomain, CancellationToken cancellationToken)
    {
        if (cache.Find(asciiDomain) is { } known)
        {
            return known;
        }

        if (FindService(asciiDomain) is not { } service)
        {
            return RegistryFacts.Unavailable(RegistryFacts.NoSource, "no service known for this suffix", time.GetUtcNow());
        }

        var facts = await AskAsync(service, asciiDomain, cancellationToken);
        cache.Keep(asciiDomain, facts);
        return facts;
    }

    private async Task<RegistryFacts> AskAsync(Service service, string asciiDomain, CancellationToken cancellationToken)
    {
        try
        {
            var pipeline = _pipelines.GetOrAdd(service.Name, _ => NewPipeline());
            return await pipeline.ExecuteAsync(async token => await service.Ask(asciiDomain, token), cancellationToken);
        }
#pragma warning disable CA1031 // Whatever comes from outside ends as "unavailable": the applicant goes on, and the check is tried again later.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var why = Reason(e);
            logger.LogWarning("Registry look-up by {Service} failed: {Reason}", service.Name, why);
            return RegistryFacts.Unavailable(service.Source, why, time.GetUtcNow());
        }
    }

    private static string Reason(Exception e) => e switch
    {
        TimeoutRejectedException => "no answer in time",
        OperationCanceledException => "cancelled",
        BrokenCircuitException => "left alone after many failures",
        HttpRequestException { StatusCode: { } status } => $"status {(int)status}",
        HttpRequestException or SocketException or IOException => "no connection",
        InvalidDataException => $"bad answer, {e.Message}",
        _ => e.GetType().Name,
    };

    private Service? FindService(string asciiDomain)
    {
        var settings = options.Value;
        var suffix = asciiDomain[(asciiDomain.LastIndexOf('.') + 1)..];
        var servers = book.Tables.RegistryServers;
        var bases = servers.Rdap.GetValueOrDefault(suffix);
        if (bases is null && servers.Whois.GetValueOrDefault(suffix) is { } host)
        {
            return Whois(settings.Whois == RegistryOptions.Data ? host : settings.Whois);
        }

        return settings.Rdap == RegistryOptions.Data
            ? bases is { Count: > 0 } ? Rdap(bases[0]) : null
            : Rdap(self.Resolve(settings.Rdap.EndsWith('/') || settings.Rdap == SelfAddress.Self ? settings.Rdap : settings.Rdap + "/", "/sandbox/rdap/"));
    }

    private Service Rdap(Uri address) => new(address.Authority, "rdap", (domain, token) => rdap.LookUpAsync(address, domain, token));

    private Service? Whois(string configured)
    {
        if (configured == SelfAddress.Self)
        {
            return selfWhois.Port == 0 ? null : new Service("whois-self", "whois", (domain, token) => whois.LookUpAsync("127.0.0.1", selfWhois.Port, domain, token));
        }

        var parts = configured.Split(':', 2);
        var port = parts.Length == 2 && int.TryParse(parts[1], out var given) && given is > 0 and < 65536 ? given : WhoisClient.DefaultPort;
        return new Service(configured, "whois", (domain, token) => whois.LookUpAsync(parts[0], port, domain, token));
    }

    /// <summary>The timeout lies inside the breaker, so that a service that no longer answers counts as failing.</summary>
    private ResiliencePipeline NewPipeline() => new ResiliencePipelineBuilder()
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.9,
            MinimumThroughput = 20,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = TimeSpan.FromSeconds(10),
            ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>().Handle<SocketException>().Handle<IOException>().Handle<TimeoutRejectedException>(),
        })
        .AddTimeout(TimeSpan.FromSeconds(options.Value.TimeoutSeconds))
        .Build();

    /// <param name="Name">Host, for logs and for the breaker.</param>
    /// <param name="Source">Protocol.</param>
    private sealed record Service(string Name, string Source, Func<string, CancellationToken, Task<RegistryFacts>> Ask);
}
