using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Beian.MiniApi.Channels.Webhooks;

/// <summary>Signed calls of partners' addresses, which administrators register.</summary>
public sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>Whether they are called; default true. Nothing is kept for them while not.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How long one call may take, the look-up of the name included; default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Ports that addresses may have; without any 443 and 8443. In Development every port may be called.</summary>
    public IList<int> Ports { get; } = [];

    /// <summary>Networks such as <c>127.0.0.0/8</c> that are connected to although they are not public; default none, in Development <c>127.0.0.0/8</c>. Nowhere else may there be any.</summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>The allowed networks, read.</summary>
    /// <exception cref="FormatException">One is not a network; start-up refuses that before anybody asks.</exception>
    internal IReadOnlyList<IPNetwork> Networks() => [.. AllowedNetworks.Select(n => IPNetwork.Parse(n))];
}
