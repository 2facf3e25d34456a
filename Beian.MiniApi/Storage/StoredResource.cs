using System.Text.Json;
using Beian.MiniApi.Domain.Resources;

namespace Beian.MiniApi.Storage;

/// <summary>What is sealed of a resource; its id and its owner stand beside it, to be searched.</summary>
internal sealed record StoredResource
{
    public required string Type { get; init; }

    public required string Region { get; init; }

    public required bool Mainland { get; init; }

    public required IReadOnlyList<string> PublicIps { get; init; }

    public required ResourceBilling Billing { get; init; }

    public int PurchasedDaysTotal { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public int? BandwidthMbps { get; init; }

    public bool? FixedIp { get; init; }

    public bool? PackageSupported { get; init; }

    public bool LoadBalancerIp { get; init; }

    public int SlotsUsedElsewhere { get; init; }

    public DateTimeOffset? SyncedAt { get; init; }

    public static byte[] Write(CloudResource resource) => JsonSerializer.SerializeToUtf8Bytes(Of(resource), StoredJson.Options);

    public static CloudResource Read(byte[] plain, string id, string owner) => JsonSerializer.Deserialize<StoredResource>(plain, StoredJson.Options)!.Restore(id, owner);

    private static StoredResource Of(CloudResource r) => new()
    {
        Type = r.Type,
        Region = r.Region,
        Mainland = r.Mainland,
        PublicIps = r.PublicIps,
        Billing = r.Billing,
        PurchasedDaysTotal = r.PurchasedDaysTotal,
        ExpiresAt = r.ExpiresAt,
        BandwidthMbps = r.BandwidthMbps,
        FixedIp = r.FixedIp,
        PackageSupported = r.PackageSupported,
        LoadBalancerIp = r.LoadBalancerIp,
        SlotsUsedElsewhere = r.SlotsUsedElsewhere,
        SyncedAt = r.SyncedAt,
    };

    private CloudResource Restore(string id, string owner) => new()
    {
        Id = id,
        OwnerAccountId = owner,
        Type = Type,
        Region = Region,
        Mainland = Mainland,
        PublicIps = PublicIps,
        Billing = Billing,
        PurchasedDaysTotal = PurchasedDaysTotal,
        ExpiresAt = ExpiresAt,
        BandwidthMbps = BandwidthMbps,
        FixedIp = FixedIp,
        PackageSupported = PackageSupported,
        LoadBalancerIp = LoadBalancerIp,
        SlotsUsedElsewhere = SlotsUsedElsewhere,
        SyncedAt = SyncedAt,
    };
}
