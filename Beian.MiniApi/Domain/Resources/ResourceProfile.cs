using System.Collections.Frozen;

namespace Beian.MiniApi.Domain.Resources;

/// <summary>What a type of resource must fulfil to be filed on, and how much can be filed on it. A row of <c>resource-types.json</c>.</summary>
public sealed record ResourceProfile
{
    /// <summary>The type's name in the inventory, such as <c>cvm</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The product's name for people.</summary>
    public required ResourceTypeName Name { get; init; }

    /// <summary>False for a product that cannot be filed on at all, or not at present.</summary>
    public required bool Available { get; init; }

    /// <summary>The billing that may be filed on; null when <see cref="Available"/> is false.</summary>
    public ResourceBilling? Billing { get; init; }

    /// <summary>Least days bought in all; 0 for no demand.</summary>
    public int MinBoughtDays { get; init; }

    /// <summary>Least days left; 0 means that the term must merely not be over.</summary>
    public int MinRemainingDays { get; init; }

    /// <summary>True when the instance itself needs bandwidth; every filed resource needs an address in any case.</summary>
    public bool NeedsBandwidth { get; init; }

    /// <summary>True when a fixed address must be switched on.</summary>
    public bool NeedsFixedIp { get; init; }

    /// <summary>True when only some packages may be filed.</summary>
    public bool NeedsSupportedPackage { get; init; }

    /// <summary>Services the owning account can file on one instance.</summary>
    public int Slots { get; init; }

    /// <summary>Auth codes one instance can carry; 0 when the type has none.</summary>
    public int Codes { get; init; }

    /// <summary>True when a code takes one of the <see cref="Slots"/>; false when codes come on top of them.</summary>
    public bool CodesShareSlots { get; init; }

    /// <summary>True when codes may only be made out to the owning account itself.</summary>
    public bool CodesForOwnerOnly { get; init; }

    /// <summary>Where the numbers come from: page and date.</summary>
    public required string Source { get; init; }
}

/// <summary>A product's name in both languages.</summary>
public sealed record ResourceTypeName(string Zh, string En);

/// <summary>The types of resources this provider knows.</summary>
public sealed class ResourceTypes
{
    private readonly FrozenDictionary<string, ResourceProfile> _byType;

    /// <exception cref="ArgumentException">A type stands twice, or its numbers contradict each other.</exception>
    public ResourceTypes(IEnumerable<ResourceProfile> profiles)
    {
        All = [.. profiles];
        _byType = All.ToFrozenDictionary(p => p.Type, StringComparer.Ordinal);
        foreach (var p in All)
        {
            if (!CloudResource.IsId(p.Type) || string.IsNullOrWhiteSpace(p.Source) || p.Slots is < 0 or > 20 || p.Codes is < 0 or > 20
                || p.MinBoughtDays < 0 || p.MinRemainingDays < 0 || p.Available != (p.Billing is not null) || (p.CodesShareSlots && p.Codes > p.Slots))
            {
                throw new ArgumentException($"The resource type '{p.Type}' contradicts itself.", nameof(profiles));
            }
        }
    }

    /// <summary>In the order of the data.</summary>
    public IReadOnlyList<ResourceProfile> All { get; }

    /// <summary>The profile of a type, or null for one that the data does not know.</summary>
    public ResourceProfile? Find(string type) => _byType.GetValueOrDefault(type);
}
