using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Resources;

public sealed class ResourceFactsTests
{
    private static readonly ResourceFacts Good = new()
    {
        Id = "ins-1",
        OwnerAccountId = "owner",
        Type = "cvm",
        Region = "ap-shanghai",
        Mainland = true,
        Billing = "prepaid",
        ExpiresAt = AResource.Noon.AddDays(90),
        PublicIps = ["203.0.113.7", "203.0.113.7", "2001:DB8::1"],
        PurchasedDaysTotal = 90,
        BandwidthMbps = 1,
        SlotsUsedElsewhere = 1,
        LoadBalancerIp = true,
    };

    public static TheoryData<string> WrongRows() => [.. Wrong.Keys];

    private static readonly Dictionary<string, (ResourceFacts Row, string Pointer, string Code)> Wrong = new()
    {
        ["no id"] = (Good with { Id = null }, "/id", "resource.badId"),
        ["no owner"] = (Good with { OwnerAccountId = "a b" }, "/ownerAccountId", "resource.badId"),
        ["no type"] = (Good with { Type = null }, "/type", "resource.unknownType"),
        ["another type"] = (Good with { Type = "toaster" }, "/type", "resource.unknownType"),
        ["no region"] = (Good with { Region = string.Empty }, "/region", "resource.fieldRequired"),
        ["mainland?"] = (Good with { Mainland = null }, "/mainland", "resource.fieldRequired"),
        ["another billing"] = (Good with { Billing = "barter" }, "/billing", "resource.badBilling"),
        ["no end"] = (Good with { ExpiresAt = null }, "/expiresAt", "resource.fieldRequired"),
        ["no end of a package"] = (Good with { Billing = "package", ExpiresAt = null }, "/expiresAt", "resource.fieldRequired"),
        ["negative days"] = (Good with { PurchasedDaysTotal = -1 }, "/purchasedDaysTotal", "resource.badNumber"),
        ["huge bandwidth"] = (Good with { BandwidthMbps = 1_000_001 }, "/bandwidthMbps", "resource.badNumber"),
        ["many slots"] = (Good with { SlotsUsedElsewhere = 1_001 }, "/slotsUsedElsewhere", "resource.badNumber"),
        ["a number as an address"] = (Good with { PublicIps = ["1"] }, "/publicIps", "resource.badIp"),
        ["a name as an address"] = (Good with { PublicIps = ["shop.cn"] }, "/publicIps", "resource.badIp"),
        ["too many addresses"] = (Good with { PublicIps = [.. Enumerable.Repeat("203.0.113.7", 65)] }, "/publicIps", "resource.badIp"),
    };

    [Theory]
    [MemberData(nameof(WrongRows))]
    public void ToResource_WithAWrongField_NamesItAlone(string row)
    {
        var refused = Wrong[row].Row.ToResource(AResource.Types, AResource.Noon).Error;

        Assert.Equal((Wrong[row].Pointer, Wrong[row].Code), refused!.Errors.Select(e => (e.Pointer, e.Code)).Single());
    }

    [Fact]
    public void ToResource_OfAGoodRow_KeepsEachAddressOnce()
    {
        var resource = Good.ToResource(AResource.Types, AResource.Noon).Value;

        Assert.Equal(["203.0.113.7", "2001:db8::1"], resource.PublicIps);
        Assert.Equal((ResourceBilling.Prepaid, AResource.Noon, true, 1), (resource.Billing, resource.SyncedAt, resource.LoadBalancerIp, resource.SlotsUsedElsewhere));
    }

    [Fact]
    public void ToResource_OfABareRow_FillsInWhatMayBeAbsent()
    {
        var bare = new ResourceFacts { Id = "ins-1", OwnerAccountId = "owner", Type = "cvm", Region = "r", Mainland = false, Billing = "payAsYouGo" };

        var resource = bare.ToResource(AResource.Types, AResource.Noon).Value;

        Assert.Equal((0, false, 0, null), (resource.PurchasedDaysTotal, resource.LoadBalancerIp, resource.SlotsUsedElsewhere, resource.ExpiresAt));
        Assert.Empty(resource.PublicIps);
        Assert.Null((bare with { Billing = "prepaid", Synced = false }).ToResource(AResource.Types, AResource.Noon).Value.SyncedAt);
        Assert.Equal(AResource.Noon.AddDays(-1), (bare with { SyncedAt = AResource.Noon.AddDays(-1) }).ToResource(AResource.Types, AResource.Noon).Value.SyncedAt);
    }
}
