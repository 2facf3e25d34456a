using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.Registry;

/// <summary>Where and how long registries are asked.</summary>
public sealed class RegistryOptions
{
    public const string Section = "Registry";

    /// <summary>The word that means: by the data files.</summary>
    public const string Data = "data";

    /// <summary>
    /// <c>data</c>: by <c>rdap-bootstrap.json</c>; <c>self</c>: this server's sandbox; else the base address of one RDAP service. Default <c>data</c>,
    /// in Development <c>self</c>.
    /// </summary>
    [Required]
    [RegularExpression("data|self|https?://.+")]
    public string Rdap { get; set; } = Data;

    /// <summary><c>data</c>: by <c>whois-servers.json</c>; <c>self</c>: this server's sandbox; else host or host:port of one WHOIS service. Default <c>data</c>, in Development <c>self</c>.</summary>
    [Required]
    [RegularExpression(@"data|self|[A-Za-z0-9.-]+(:\d{1,5})?")]
    public string Whois { get; set; } = Data;

    /// <summary>Longest time for one look-up, redirects included, in seconds; default 4.5, so that verification answers within 5.</summary>
    [Range(0.1, 60)]
    public double TimeoutSeconds { get; set; } = 4.5;

    /// <summary>How long a registered domain's facts are reused, in seconds; default 30: long enough for one round of saves, short enough for somebody who has just renewed. 0 for never; failures are never kept.</summary>
    [Range(0, 86400)]
    public int CacheSeconds { get; set; } = 30;
}
