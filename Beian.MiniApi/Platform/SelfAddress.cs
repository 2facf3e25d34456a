using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Beian.MiniApi.Platform;

/// <summary>
/// The address this server listens on. Clients of outside services whose base address is configured as <c>self</c> are pointed at the sandbox of this
/// same process through it; the port is only known once the server runs.
/// </summary>
public sealed class SelfAddress(IServer server, IConfiguration configuration)
{
    /// <summary>The configured word that means "this server's sandbox".</summary>
    public const string Self = "self";

    /// <summary>Setting that names another program whose sandbox is meant.</summary>
    private const string PlayedBy = "Sandbox:PlayedBy";

    /// <summary>Resolves a configured base address; <c>self</c> becomes this server's address, or that of the program that plays for it, plus <paramref name="sandboxPath"/>.</summary>
    /// <exception cref="InvalidOperationException">Asked for <c>self</c> before the server listens.</exception>
    public Uri Resolve(string configured, string sandboxPath) =>
        configured == Self ? new Uri(configuration[PlayedBy] is { Length: > 0 } other ? new Uri(other) : Base(), sandboxPath) : new Uri(configured, UriKind.Absolute);

    /// <summary>The first address listened on, with any-address replaced by loopback.</summary>
    public Uri Base()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The server is not listening yet.");
        return new Uri(address.Replace("[::]", "127.0.0.1", StringComparison.Ordinal).Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("//+", "//127.0.0.1", StringComparison.Ordinal).Replace("//*", "//127.0.0.1", StringComparison.Ordinal));
    }
}
