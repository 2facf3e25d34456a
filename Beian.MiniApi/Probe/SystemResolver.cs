using System.Net;
using System.Net.Sockets;

namespace Beian.MiniApi.Probe;

/// <summary>Asks the resolver of the machine.</summary>
public sealed class SystemResolver : INameResolver
{
    public async Task<IReadOnlyList<IPAddress>?> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            // With the dot of the root, or the machine's search domains would be tried as well.
            return await Dns.GetHostAddressesAsync(host + ".", cancellationToken);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData)
        {
            return [];
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
