using System.Collections.Concurrent;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Sandbox.Registry;

/// <summary>The domains of the played registry: every valid domain under an approved suffix, behaving by its first label unless it was set. Kept in memory only.</summary>
public sealed class SandboxRegistryBook(ReferenceBook book, TimeProvider clock)
{
    /// <summary>Domains that can be set at most.</summary>
    public const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, SandboxDomain> _set = new(StringComparer.Ordinal);

    /// <summary>The domain's A-label form, or null when it cannot be registered at all.</summary>
    public string? Canonical(string typed) => DomainNames.Read(typed, book) is { Domain: { } domain } reading && reading.Findings.All(f => f.Code == "domain.normalised") ? domain.Ascii : null;

    /// <summary>The played domain with every default filled in, or null when it cannot be registered at all.</summary>
    /// <param name="typed">A registrable domain in any form.</param>
    public SandboxDomain? Find(string typed) =>
        Canonical(typed) is { } ascii ? (_set.GetValueOrDefault(ascii) ?? ByLabel(ascii[..ascii.IndexOf('.', StringComparison.Ordinal)])).Complete(Now()) : null;

    /// <returns>False when the book is full.</returns>
    public bool TrySet(string ascii, SandboxDomain domain)
    {
        if (_set.Count >= Capacity && !_set.ContainsKey(ascii))
        {
            return false;
        }

        _set[ascii] = domain;
        return true;
    }

    private SandboxDomain ByLabel(string label) => Kinds.FirstOrDefault(k => label.StartsWith(k, StringComparison.Ordinal)) switch
    {
        "expired" => new SandboxDomain { RegisteredAt = Now().AddYears(-3), ExpiresAt = Now().AddDays(-10) },
        "unverified" => new SandboxDomain { RealNamedAt = null },
        "foreign" => new SandboxDomain { RegistrarApproved = false },
        "taken" => new SandboxDomain { Holder = new SandboxHolder("沙箱他人示例有限公司", 1, "91110000000000000E") },
        "slow" => new SandboxDomain { Behaviour = SandboxBehaviour.Slow },
        "down" => new SandboxDomain { Behaviour = SandboxBehaviour.Down },
        _ => new SandboxDomain(),
    };

    private static readonly string[] Kinds = ["expired", "unverified", "foreign", "taken", "slow", "down"];

    private DateTimeOffset Now()
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }
}
