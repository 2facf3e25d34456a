using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Beian.MiniApi.Probe;

/// <summary>How sites are looked at from outside: whether one being filed is open already, whether filed ones are up and show their number.</summary>
public sealed class SiteProbeOptions
{
    public const string Section = "SiteProbe";

    /// <summary>Who is asked for addresses: <c>system</c>, the resolver of the machine, or <c>self</c>, this server's sandbox. Default <c>system</c>, in Development <c>self</c>.</summary>
    [Required]
    [RegularExpression("system|self")]
    public string Resolver { get; set; } = "system";

    /// <summary>Networks such as <c>127.0.0.0/8</c> that are connected to although they are not public, for tests; default none, in Development <c>127.0.0.0/8</c>. Nowhere else may there be any.</summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>Port of HTTP; default 80.</summary>
    [Range(1, 65535)]
    public int HttpPort { get; set; } = 80;

    /// <summary>Port of HTTPS; default 443.</summary>
    [Range(1, 65535)]
    public int HttpsPort { get; set; } = 443;

    /// <summary>Whether the port this server listens on is asked instead of those two, by HTTP alone, since the sandbox plays the sites there; default false, in Development true. Nowhere else may it be true.</summary>
    public bool OwnPort { get; set; }

    /// <summary>Longest time for one site with all its hosts, addresses and redirects, in seconds; default 10.</summary>
    [Range(0.1, 60)]
    public double TimeoutSeconds { get; set; } = 10;

    /// <summary>How many filed sites of a subject are looked at, the newest first; default 20.</summary>
    [Range(1, 200)]
    public int MaxFiledSites { get; set; } = 20;

    /// <summary>The allowed networks, read.</summary>
    /// <exception cref="FormatException">One is not a network; start-up refuses that before anybody asks.</exception>
    internal IReadOnlyList<IPNetwork> Networks() => [.. AllowedNetworks.Select(n => IPNetwork.Parse(n))];
}
