using System.Net;

namespace Beian.MiniApi.Probe;

/// <summary>Looks the addresses of a name up.</summary>
public interface INameResolver
{
    /// <summary>The addresses, empty when the name has none; null when nobody could say.</summary>
    /// <param name="host">A-label form, without a trailing dot.</param>
    /// <param name="cancellationToken">Ends it early, with an <see cref="OperationCanceledException"/>.</param>
    Task<IReadOnlyList<IPAddress>?> ResolveAsync(string host, CancellationToken cancellationToken);
}
