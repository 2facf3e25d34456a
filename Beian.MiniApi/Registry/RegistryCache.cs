using Beian.MiniApi.Domain.Verification;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Registry;

/// <summary>Facts of registered domains for a few minutes, so that repeated checks do not ask the registry again. Lives in the process and is bounded.</summary>
public sealed class RegistryCache(IOptions<RegistryOptions> options, TimeProvider time)
{
    /// <summary>Domains kept at most; the oldest goes first.</summary>
    public const int Capacity = 5000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, RegistryFacts> _facts = new(StringComparer.Ordinal);
    private readonly Queue<(string Domain, RegistryFacts Facts)> _order = new();

    /// <summary>Facts that are still fresh, or null.</summary>
    public RegistryFacts? Find(string domain)
    {
        lock (_lock)
        {
            return _facts.TryGetValue(domain, out var facts) && facts.CheckedAt.AddSeconds(options.Value.CacheSeconds) > time.GetUtcNow() ? facts : null;
        }
    }

    /// <summary>Keeps the facts of a registered domain; anything else is ignored.</summary>
    public void Keep(string domain, RegistryFacts facts)
    {
        if (facts.Outcome != RegistryOutcome.Found || options.Value.CacheSeconds == 0)
        {
            return;
        }

        lock (_lock)
        {
            _facts[domain] = facts;
            _order.Enqueue((domain, facts));
            while (_order.Count > Capacity)
            {
                var (oldest, kept) = _order.Dequeue();
                if (_facts.TryGetValue(oldest, out var current) && ReferenceEquals(current, kept))
                {
                    _facts.Remove(oldest);
                }
            }
        }
    }

    /// <summary>Forgets a domain whose facts are known to have changed.</summary>
    public void Forget(string domain)
    {
        lock (_lock)
        {
            _facts.Remove(domain);
        }
    }
}
