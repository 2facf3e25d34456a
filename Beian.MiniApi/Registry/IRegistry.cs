using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Registry;

/// <summary>The door to the registries of domain names.</summary>
public interface IRegistry
{
    /// <summary>
    /// What the registry says about a domain. Answers within the configured timeout and never throws for what happens outside: no answer, a bad
    /// answer and a cancelled <paramref name="cancellationToken"/> are all <see cref="RegistryOutcome.Unavailable"/>.
    /// </summary>
    /// <param name="asciiDomain">Registrable domain in A-label form.</param>
    Task<RegistryFacts> LookUpAsync(string asciiDomain, CancellationToken cancellationToken);
}

/// <summary>Where the WHOIS listener of this process's sandbox is to be found; set by it once it listens.</summary>
public sealed class SelfWhois
{
    private int _port;

    /// <summary>Loopback port, or 0 while there is none.</summary>
    public int Port
    {
        get => Volatile.Read(ref _port);
        set => Volatile.Write(ref _port, value);
    }
}
