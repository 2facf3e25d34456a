using System.Collections.Concurrent;
using System.Net;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Probe;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Tests.Probe;

/// <summary>The real probe with names of a test's own.</summary>
internal sealed class ProbeRig : INameResolver, IDisposable
{
    public const string Shop = "shop.example.cn";
    public const string Www = "www." + Shop;
    public const string Number = "京ICP备2026000001号-1";

    private readonly ConcurrentDictionary<string, Func<int, IReadOnlyList<IPAddress>?>> _names = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);

    public ProbeRig(RawServer? http = null, RawServer? https = null, double seconds = 5, params string[] allowed)
    {
        var options = new SiteProbeOptions
        {
            HttpPort = http?.Port ?? ChildProgram.FreePort(),
            HttpsPort = https?.Port ?? ChildProgram.FreePort(),
            TimeoutSeconds = seconds,
        };
        foreach (var network in allowed)
        {
            options.AllowedNetworks.Add(network);
        }

        // Only a probe of its own port asks for the server.
        Probe = new SiteProbe(this, new SelfAddress(null!, new ConfigurationBuilder().Build()), Options.Create(options), TimeProvider.System, NullLogger<SiteProbe>.Instance);
    }

    public SiteProbe Probe { get; }

    /// <summary>How often a name was looked up.</summary>
    public int Asked(string host) => _asked.GetValueOrDefault(host);

    public ProbeRig Name(string host, params string[] addresses) => Name(host, _ => [.. addresses.Select(IPAddress.Parse)]);

    /// <param name="host">The name.</param>
    /// <param name="answer">What the resolver says the first, second … time; null for no answer.</param>
    public ProbeRig Name(string host, Func<int, IReadOnlyList<IPAddress>?> answer)
    {
        _names[host] = answer;
        return this;
    }

    public Task<IReadOnlyList<IPAddress>?> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var times = _asked.AddOrUpdate(host, 1, (_, n) => n + 1);
        return Task.FromResult(_names.TryGetValue(host, out var answer) ? answer(times) : []);
    }

    public void Dispose() => Probe.Dispose();
}
