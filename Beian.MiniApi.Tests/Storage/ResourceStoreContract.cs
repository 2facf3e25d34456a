using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What the inventory promises, and what it notes for the filings that use a resource.</summary>
public abstract class ResourceStoreContract(IStores stores) : StoreContract(stores)
{
    private IResourceStore Resources => Stores.Resources;

    [Fact]
    public async Task Save_Again_ReplacesAndKeepsThePlace()
    {
        await Resources.SaveAsync([AResource.Server("a"), AResource.Server("b")], null, default);

        await Resources.SaveAsync([AResource.Server("a", "other") with { BandwidthMbps = 7 }], Record("key"), default);

        var found = (await Resources.FindAsync("a", default))!;
        Assert.Equal(("other", 7, "203.0.113.7"), (found.OwnerAccountId, found.BandwidthMbps, Assert.Single(found.PublicIps)));
        Assert.Null(await Resources.FindAsync("c", default));
        Assert.Equal(["b", "a"], (await Resources.PageAsync(null, 10, default)).Select(r => r.Resource.Id));
        Assert.Equal(["a", "b"], (await Resources.FindAllAsync(["b", "c", "a"], default)).Keys.Order(StringComparer.Ordinal));
        Assert.NotNull(await KnownAsync("key"));
    }

    [Fact]
    public async Task Save_KeyInUse_IsRefused()
    {
        await Resources.SaveAsync([AResource.Server("a")], Record("key"), default);

        await Assert.ThrowsAsync<IdempotencyKeyTakenException>(() => Resources.SaveAsync([AResource.Server("b")], Record("key"), default));

        Assert.Null(await Resources.FindAsync("b", default));
    }

    [Fact]
    public async Task Save_ByManyAtOnce_IsOneResource()
    {
        await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Task.Run(() => Resources.SaveAsync([AResource.Server("a") with { BandwidthMbps = n }], null, default))));

        Assert.Single(await Resources.PageAsync(null, 10, default));
    }

    [Fact]
    public async Task FindByOwner_PageByPage_IsNewestFirst()
    {
        await Resources.SaveAsync([AResource.Server("1"), AResource.Server("of another", "another"), AResource.Server("2"), AResource.Server("3")], null, default);

        var first = await Resources.FindByOwnerAsync("owner", null, 2, default);
        var second = await Resources.FindByOwnerAsync("owner", first[^1].Sequence, 2, default);

        Assert.Equal(["3", "2", "1"], first.Concat(second).Select(r => r.Resource.Id));
        Assert.Equal(["2", "of another"], (await Resources.PageAsync(first[0].Sequence, 2, default)).Select(r => r.Resource.Id));
    }

    [Fact]
    public async Task AddMissing_LeavesWhatIsThere()
    {
        await Resources.SaveAsync([AResource.Server("a")], null, default);

        Assert.Equal(1, await Resources.AddMissingAsync([AResource.Server("a", "other"), AResource.Server("b")], default));
        Assert.Equal(0, await Resources.AddMissingAsync([AResource.Server("b", "other")], default));

        Assert.Equal(("owner", "owner"), ((await Resources.FindAsync("a", default))!.OwnerAccountId, (await Resources.FindAsync("b", default))!.OwnerAccountId));
    }

    [Fact]
    public async Task Changed_NamesTheOpenFilingsBySlotAndByCode()
    {
        await Stores.HoldAsync("slot:r:1", "by-slot", used: false);
        await Stores.HoldAsync("slot:r:2", "approved", used: true);
        await Stores.HoldAsync("slot:r-2:1", "of-another", used: false);
        await Stores.HoldAsync("code:c-1", "by-code", used: false);
        await Stores.AuthCodes.AddAsync([ACode("c-1", "r")], AResource.Types.Find("cvm")!, null, default);

        await Resources.SaveAsync([AResource.Server("r"), AResource.Server("unused")], null, default);

        var change = Assert.Single(await Resources.ChangedAsync(10, default));
        Assert.Equal("r", change.ResourceId);
        Assert.Equal(["by-code", "by-slot"], change.FilingIds.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Told_AfterAnotherChange_LeavesThatOne()
    {
        await Stores.HoldAsync("slot:r:1", "f", used: false);
        await Resources.SaveAsync([AResource.Server("r")], null, default);
        var first = Assert.Single(await Resources.ChangedAsync(10, default));
        await Resources.SaveAsync([AResource.Server("r")], null, default);

        await Resources.ToldAsync(first.Sequence, default);
        var second = Assert.Single(await Resources.ChangedAsync(10, default));
        await Resources.ToldAsync(second.Sequence, default);

        Assert.Empty(await Resources.ChangedAsync(10, default));
    }

    private static AuthCode ACode(string id, string resource) => new()
    {
        Id = id,
        CodeHash = "hash-" + id,
        Last4 = "ABCD",
        ProtectedValue = "protected",
        IssuerAccountId = "issuer",
        TargetAccountId = "target",
        ResourceId = resource,
        CreatedAt = AResource.Noon,
    };
}
