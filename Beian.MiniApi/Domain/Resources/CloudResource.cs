namespace Beian.MiniApi.Domain.Resources;

/// <summary>How a resource is paid for.</summary>
public enum ResourceBilling
{
    /// <summary>A term bought in advance (包年包月).</summary>
    Prepaid = 1,

    /// <summary>By the hour (按量计费).</summary>
    PayAsYouGo = 2,

    /// <summary>A resource package (资源包).</summary>
    Package = 3,
}

/// <summary>One instance of a cloud product, as the provider's inventory last described it.</summary>
public sealed record CloudResource
{
    /// <summary>Longest id or type name, characters.</summary>
    public const int MaxIdLength = 64;

    /// <summary>The provider's instance id, 1 to 64 of <c>A-Za-z0-9_-</c>; unique over all types.</summary>
    public required string Id { get; init; }

    /// <summary>The customer account that bought it.</summary>
    public required string OwnerAccountId { get; init; }

    /// <summary>A type of <c>resource-types.json</c>, such as <c>cvm</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The provider's name of the region, such as <c>ap-shanghai</c>; shown, never interpreted.</summary>
    public required string Region { get; init; }

    /// <summary>True when it stands in mainland China.</summary>
    public required bool Mainland { get; init; }

    /// <summary>Public addresses, possibly none.</summary>
    public IReadOnlyList<string> PublicIps { get; init; } = [];

    public required ResourceBilling Billing { get; init; }

    /// <summary>Days bought in all, renewals counted together; 0 for pay-as-you-go.</summary>
    public int PurchasedDaysTotal { get; init; }

    /// <summary>When the term ends; null for pay-as-you-go.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Public bandwidth in Mbit/s; null where the product does not tell.</summary>
    public int? BandwidthMbps { get; init; }

    /// <summary>Whether a fixed public address is switched on; null where the product has no such switch.</summary>
    public bool? FixedIp { get; init; }

    /// <summary>Whether the bought package may be filed; null where the product has no packages.</summary>
    public bool? PackageSupported { get; init; }

    /// <summary>True when its public address belongs to a load balancer; such an address never gets a code.</summary>
    public bool LoadBalancerIp { get; init; }

    /// <summary>Services filed on it that this system knows nothing else about, such as those from before its time.</summary>
    public int SlotsUsedElsewhere { get; init; }

    /// <summary>When the facts were read from the product; null while a new purchase has not been synchronised (30 min to 1 h).</summary>
    public DateTimeOffset? SyncedAt { get; init; }

    /// <summary>True for a text that may be an id of ours or of the provider: 1 to 64 of <c>A-Za-z0-9_-</c>.</summary>
    public static bool IsId(string? text) =>
        text is { Length: >= 1 and <= MaxIdLength } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
