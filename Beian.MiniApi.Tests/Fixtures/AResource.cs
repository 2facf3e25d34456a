using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.ReferenceData;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>Resources to start from, and the real resource types.</summary>
internal static class AResource
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);

    public static readonly ResourceTypes Types = ResourceTypesFile.Load(TheBook.Folder, null);

    /// <summary>A server that fulfils everything at <see cref="Noon"/>.</summary>
    public static CloudResource Server(string id = "ins-1", string owner = "owner") => new()
    {
        Id = id,
        OwnerAccountId = owner,
        Type = "cvm",
        Region = "ap-shanghai",
        Mainland = true,
        PublicIps = ["203.0.113.7"],
        Billing = ResourceBilling.Prepaid,
        PurchasedDaysTotal = 90,
        ExpiresAt = Noon + TimeSpan.FromDays(30),
        BandwidthMbps = 1,
        SyncedAt = Noon,
    };

    public static CloudResource CloudRun() => Server() with
    {
        Type = "cloudRun",
        Billing = ResourceBilling.Package,
        ExpiresAt = Noon + TimeSpan.FromDays(200),
        FixedIp = true,
        PackageSupported = true,
    };

    public static CloudResource SiteBuilder() => Server() with { Type = "siteBuilder", Billing = ResourceBilling.Package };
}
