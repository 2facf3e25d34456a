using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Resources;

public sealed class EligibilityTests
{
    [Fact]
    public void Of_ServerAtEveryMinimum_IsEligible() => Assert.Empty(Reasons(AResource.Server()));

    [Fact]
    public void Of_CloudRunWithFixedIpAndSupportedPackage_IsEligible() => Assert.Empty(Reasons(AResource.CloudRun()));

    [Fact]
    public void Of_OneDemandMissed_NamesExactlyThat()
    {
        var server = AResource.Server();
        Assert.Equal(["resource.notMainland"], Reasons(server with { Mainland = false }));
        Assert.Equal(["resource.notPrepaid"], Reasons(server with { Billing = ResourceBilling.PayAsYouGo, ExpiresAt = null, PurchasedDaysTotal = 0 }));
        Assert.Equal(["resource.termTooShort"], Reasons(server with { PurchasedDaysTotal = 89 }));
        Assert.Equal(["resource.expiring"], Reasons(server with { ExpiresAt = server.ExpiresAt!.Value.AddMilliseconds(-1) }));
        Assert.Equal(["resource.expiring"], Reasons(server with { ExpiresAt = AResource.Noon.AddDays(-1) }));
        Assert.Equal(["resource.noPublicIp"], Reasons(server with { PublicIps = [] }));
        Assert.Equal(["resource.noPublicIp"], Reasons(server with { BandwidthMbps = 0 }));
        Assert.Equal(["resource.notSynced"], Reasons(server with { SyncedAt = null, PublicIps = [], Mainland = false }));
        Assert.Equal(["resource.packageUnsupported"], Reasons(AResource.CloudRun() with { PackageSupported = false }));
        Assert.Equal(["resource.fixedIpOff"], Reasons(AResource.CloudRun() with { FixedIp = null }));
        Assert.Equal(["resource.typeUnavailable"], Reasons(server with { Type = "siteHost" }));
        Assert.Equal(["resource.typeUnavailable"], Reasons(server with { Type = "something-new" }));
    }

    [Fact]
    public void Of_SeveralDemandsMissed_NamesAll() =>
        Assert.Equal(["resource.notMainland", "resource.termTooShort", "resource.noPublicIp"], Reasons(AResource.Server() with { Mainland = false, PurchasedDaysTotal = 1, PublicIps = [] }));

    [Fact]
    public void Of_PackageWithoutAMinimum_EndsWithItsTerm()
    {
        var builder = AResource.SiteBuilder();
        Assert.Empty(Reasons(builder with { ExpiresAt = AResource.Noon.AddSeconds(1) }));
        Assert.Equal(["resource.expiring"], Reasons(builder with { ExpiresAt = AResource.Noon }));
    }

    [Theory]
    [InlineData(4, null)]
    [InlineData(5, "resource.quotaFull")]
    [InlineData(6, "resource.quotaFull")]
    public void Of_ServerWithUsedSlots_IsFullAtFive(int used, string? reason) =>
        Assert.Equal(reason is null ? [] : [reason], Reasons(AResource.Server(), new ResourceUse(used, 5)));

    [Fact]
    public void Of_OnlySlotTakenByACode_IsCodeBound()
    {
        Assert.Equal(["resource.codeBound"], Reasons(AResource.SiteBuilder(), new ResourceUse(0, 1)));
        Assert.Equal(["resource.quotaFull"], Reasons(AResource.SiteBuilder(), new ResourceUse(1, 0)));
    }

    [Fact]
    public void ForCodes_TypeWithoutCodesOrLoadBalancerAddress_IsRefused()
    {
        Assert.Empty(Codes(AResource.Server()));
        Assert.Equal(["resource.codesUnsupported"], Codes(AResource.Server() with { Type = "lighthouse" }));
        Assert.Equal(["resource.loadBalancerIp"], Codes(AResource.Server() with { LoadBalancerIp = true }));
    }

    [Fact]
    public void CodesLeft_SharedWithSlots_CountsBoth()
    {
        var builder = AResource.Types.Find("siteBuilder")!;
        var server = AResource.Types.Find("cvm")!;
        Assert.Equal(0, Eligibility.CodesLeft(builder, new ResourceUse(1, 0)));
        Assert.Equal(1, Eligibility.CodesLeft(builder, ResourceUse.None));
        Assert.Equal(3, Eligibility.CodesLeft(server, new ResourceUse(5, 2)));
    }

    private static string[] Reasons(CloudResource resource, ResourceUse? use = null) =>
        [.. Eligibility.Of(resource, AResource.Types.Find(resource.Type), AResource.Noon, use ?? ResourceUse.None).Select(r => r.Code)];

    private static string[] Codes(CloudResource resource) => [.. Eligibility.ForCodes(resource, AResource.Types.Find(resource.Type), AResource.Noon).Select(r => r.Code)];
}
