using System.Collections.Concurrent;
using System.Net;

namespace Beian.MiniApi.Probe;

/// <summary>What a name came to.</summary>
/// <param name="Addresses">Those that may be connected to, IPv4 first; empty otherwise.</param>
/// <param name="Why">When there are none: why, for the evidence.</param>
/// <param name="Answer">When there are none: what that says of the host.</param>
internal sealed record Named(IReadOnlyList<IPAddress> Addresses, string Why, Domain.Verification.HostAnswer Answer);

/// <summary>The names of one probe: each is looked up once, so that a resolver that changes its answer changes nothing.</summary>
internal sealed class NameBook(INameResolver resolver, IReadOnlyList<IPNetwork> allowed, CancellationToken deadline)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Named>>> _names = new(StringComparer.OrdinalIgnoreCase);

    public Task<Named> FindAsync(string host) => _names.GetOrAdd(host, h => new Lazy<Task<Named>>(() => LookUpAsync(h))).Value;

    private async Task<Named> LookUpAsync(string host)
    {
        IReadOnlyList<IPAddress>? found;
        try
        {
            found = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await resolver.ResolveAsync(host, deadline);
        }
        catch (OperationCanceledException)
        {
            found = null;
        }

        if (found is null)
        {
            return new Named([], "the name could not be looked up", Domain.Verification.HostAnswer.Unknown);
        }

        var open = found.Select(PublicAddresses.Plain).Where(Allows).OrderBy(a => a.AddressFamily).ToArray();
        return open.Length > 0 ? new Named(open, string.Empty, default)
            : found.Count == 0 ? new Named([], "no address", Domain.Verification.HostAnswer.NoAddress)
            : new Named([], "not probed: private address", Domain.Verification.HostAnswer.NotPublic);
    }

    private bool Allows(IPAddress plain) => PublicAddresses.IsPublic(plain) || allowed.Any(n => n.Contains(plain));
}
