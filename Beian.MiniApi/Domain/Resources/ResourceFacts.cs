using System.Net;

namespace Beian.MiniApi.Domain.Resources;

/// <summary>
/// One row of the provider's inventory feed, as sent: anything may be missing. The same fields come as JSON and as CSV columns.
/// </summary>
public sealed record ResourceFacts
{
    /// <summary>Most public addresses of one resource.</summary>
    public const int MaxIps = 64;

    /// <summary>Required in an import; in a PUT the path says it, and a different one here is refused.</summary>
    public string? Id { get; init; }

    public string? OwnerAccountId { get; init; }

    public string? Type { get; init; }

    public string? Region { get; init; }

    public bool? Mainland { get; init; }

    public IReadOnlyList<string>? PublicIps { get; init; }

    /// <summary><c>prepaid</c>, <c>payAsYouGo</c> or <c>package</c>.</summary>
    public string? Billing { get; init; }

    public int? PurchasedDaysTotal { get; init; }

    /// <summary>Required unless pay-as-you-go.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public int? BandwidthMbps { get; init; }

    public bool? FixedIp { get; init; }

    public bool? PackageSupported { get; init; }

    public bool? LoadBalancerIp { get; init; }

    public int? SlotsUsedElsewhere { get; init; }

    /// <summary>False for a purchase whose facts are not known yet; true when absent.</summary>
    public bool? Synced { get; init; }

    /// <summary>When the facts were read; the time of the feed when absent.</summary>
    public DateTimeOffset? SyncedAt { get; init; }

    /// <summary>The resource, or every field that is missing or wrong, with pointers into this row.</summary>
    public Result<CloudResource> ToResource(ResourceTypes types, DateTimeOffset now)
    {
        var wrong = new List<Finding>();
        var billing = BillingOf(Billing);
        Demand(CloudResource.IsId(Id), "/id", "resource.badId");
        Demand(CloudResource.IsId(OwnerAccountId), "/ownerAccountId", "resource.badId");
        Demand(Type is not null && types.Find(Type) is not null, "/type", "resource.unknownType");
        Demand(Region is { Length: > 0 and <= CloudResource.MaxIdLength }, "/region", "resource.fieldRequired");
        Demand(Mainland is not null, "/mainland", "resource.fieldRequired");
        Demand(billing is not null, "/billing", "resource.badBilling");
        Demand(ExpiresAt is not null || billing is null or ResourceBilling.PayAsYouGo || Synced == false, "/expiresAt", "resource.fieldRequired");
        Demand(PurchasedDaysTotal is null or (>= 0 and <= 100_000), "/purchasedDaysTotal", "resource.badNumber");
        Demand(BandwidthMbps is null or (>= 0 and <= 1_000_000), "/bandwidthMbps", "resource.badNumber");
        Demand(SlotsUsedElsewhere is null or (>= 0 and <= 1_000), "/slotsUsedElsewhere", "resource.badNumber");
        Demand((PublicIps?.Count ?? 0) <= MaxIps && (PublicIps ?? []).All(IsIp), "/publicIps", "resource.badIp");
        if (wrong.Count > 0)
        {
            return ResourceErrors.BadFields(wrong);
        }

        return new CloudResource
        {
            Id = Id!,
            OwnerAccountId = OwnerAccountId!,
            Type = Type!,
            Region = Region!,
            Mainland = Mainland!.Value,
            PublicIps = [.. (PublicIps ?? []).Select(ip => IPAddress.Parse(ip).ToString()).Distinct(StringComparer.Ordinal)],
            Billing = billing!.Value,
            PurchasedDaysTotal = PurchasedDaysTotal ?? 0,
            ExpiresAt = ExpiresAt,
            BandwidthMbps = BandwidthMbps,
            FixedIp = FixedIp,
            PackageSupported = PackageSupported,
            LoadBalancerIp = LoadBalancerIp ?? false,
            SlotsUsedElsewhere = SlotsUsedElsewhere ?? 0,
            SyncedAt = Synced == false ? null : SyncedAt ?? now,
        };

        void Demand(bool met, string pointer, string code)
        {
            if (!met)
            {
                wrong.Add(new Finding(pointer, code));
            }
        }
    }

    private static ResourceBilling? BillingOf(string? text) => text switch
    {
        "prepaid" => ResourceBilling.Prepaid,
        "payAsYouGo" => ResourceBilling.PayAsYouGo,
        "package" => ResourceBilling.Package,
        _ => null,
    };

    /// <summary>The parser takes "1" for 0.0.0.1 too, which nobody means.</summary>
    private static bool IsIp(string text) => IPAddress.TryParse(text, out _) && (text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3);
}
