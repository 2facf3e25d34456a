using System.Globalization;
using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What the store of auth codes promises.</summary>
public abstract class AuthCodeStoreContract(IStores stores) : StoreContract(stores)
{
    private IAuthCodeStore Codes => Stores.AuthCodes;

    [Fact]
    public async Task Add_FiftyAtOnce_NeverExceedsFive()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => AddAsync(ACode("r")))));

        Assert.Equal(5, outcomes.Count(o => o == AuthCodeChange.Done));
        Assert.Equal(45, outcomes.Count(o => o == AuthCodeChange.QuotaExceeded));
        Assert.Equal([1, 2, 3, 4, 5], (await Codes.FindByIssuerAsync("issuer", null, 100, default)).Select(c => c.Number).Order());
    }

    [Fact]
    public async Task Add_MoreThanAreLeft_AddsNone()
    {
        await AddAsync(ACode("r"), ACode("r"), ACode("r"));

        var outcome = await AddAsync(ACode("r"), ACode("r"), ACode("r"));

        Assert.Equal(AuthCodeChange.QuotaExceeded, outcome);
        Assert.Equal(3, (await Codes.CountByResourceAsync(["r"], default))["r"]);
    }

    [Fact]
    public async Task Add_WithAKeyThatIsTaken_AddsNothing()
    {
        var record = new IdempotencyRecord("key", "hash", [1], DateTimeOffset.UnixEpoch.AddDays(1));
        await Codes.AddAsync([ACode("r")], AResource.Types.Find("cvm")!, record, default);

        await Assert.ThrowsAsync<IdempotencyKeyTakenException>(() => Codes.AddAsync([ACode("r")], AResource.Types.Find("cvm")!, record, default));

        Assert.Equal(1, (await Codes.CountByResourceAsync(["r"], default))["r"]);
    }

    [Fact]
    public async Task Add_OnlySlotHeldByAFiling_IsRefusedWhereCodesShareSlots()
    {
        await Stores.HoldAsync("slot:b:1", "filing-1", used: false);

        Assert.Equal(AuthCodeChange.QuotaExceeded, await Codes.AddAsync([ACode("b")], AResource.Types.Find("siteBuilder")!, null, default));
    }

    [Fact]
    public async Task Delete_Unused_FreesItsNumber()
    {
        var code = ACode("r");
        await AddAsync(code, ACode("r"), ACode("r"), ACode("r"), ACode("r"));

        Assert.Equal(AuthCodeChange.NotFound, await Codes.DeleteAsync(code.Id, "somebody-else", default));
        Assert.Equal(AuthCodeChange.Done, await Codes.DeleteAsync(code.Id, "issuer", default));

        Assert.Null(await Codes.FindByHashAsync(code.CodeHash, default));
        Assert.Equal(AuthCodeChange.Done, await AddAsync(ACode("r")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Change_HeldByAFiling_IsRefused(bool used)
    {
        var code = ACode("r");
        await AddAsync(code);
        await Stores.HoldAsync(code.HoldKey, "filing-1", used);

        Assert.Equal(AuthCodeChange.InUse, await Codes.DeleteAsync(code.Id, "issuer", default));
        Assert.Equal(AuthCodeChange.InUse, await Codes.ReplaceAsync(code with { TargetAccountId = "other" }, AResource.Types.Find("cvm")!, default));
        Assert.Equal("target", (await Codes.FindAsync(code.Id, default))!.TargetAccountId);
    }

    [Fact]
    public async Task Replace_ToAFullResource_IsRefusedAndStays()
    {
        var code = ACode("r");
        await AddAsync(code);
        await AddAsync(ACode("full"), ACode("full"), ACode("full"), ACode("full"), ACode("full"));

        Assert.Equal(AuthCodeChange.QuotaExceeded, await Codes.ReplaceAsync(code with { ResourceId = "full" }, AResource.Types.Find("cvm")!, default));
        Assert.Equal(AuthCodeChange.Done, await Codes.ReplaceAsync(code with { ResourceId = "empty", Note = "moved" }, AResource.Types.Find("cvm")!, default));

        var moved = await Codes.FindAsync(code.Id, "issuer", default);
        Assert.Equal(("empty", 1, "moved"), (moved!.ResourceId, moved.Number, moved.Note));
    }

    [Fact]
    public async Task FindByIssuer_PageByPage_IsNewestFirstWithoutGapsOrRepeats()
    {
        var all = Enumerable.Range(0, 4).Select(_ => ACode("r")).ToArray();
        await AddAsync(all);

        var first = await Codes.FindByIssuerAsync("issuer", null, 3, default);
        var second = await Codes.FindByIssuerAsync("issuer", first[^1].Id, 3, default);

        Assert.Equal(all.Select(c => c.Id).OrderDescending(StringComparer.Ordinal), first.Concat(second).Select(c => c.Id));
        Assert.Empty(await Codes.FindByIssuerAsync("somebody-else", null, 3, default));
    }

    [Fact]
    public async Task Add_SeveralByManyAtOnce_IsAllOfOneOrNone()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => AddAsync(ACode("r"), ACode("r"), ACode("r")))));

        Assert.Single(outcomes, o => o == AuthCodeChange.Done);
        Assert.All(outcomes, o => Assert.True(o is AuthCodeChange.Done or AuthCodeChange.QuotaExceeded));
        Assert.Equal(3, (await Codes.CountByResourceAsync(["r"], default))["r"]);
        Assert.Equal(AuthCodeChange.Done, await AddAsync(ACode("r"), ACode("r")));
        Assert.Equal([1, 2, 3, 4, 5], (await Codes.PageAsync("r", null, 100, default)).Select(c => c.Number).Order());
    }

    [Fact]
    public async Task Find_Kept_IsAsItWasAdded()
    {
        var code = ACode("r");
        await AddAsync(code, ACode("r"));

        Assert.Equal(code with { Number = 1 }, await Codes.FindByHashAsync(code.CodeHash, default));
        Assert.Equal(code with { Number = 1 }, await Codes.FindAsync(code.Id, "issuer", default));
        Assert.Null(await Codes.FindAsync(code.Id, "somebody-else", default));
        Assert.Null(await Codes.FindAsync("other", default));
    }

    [Fact]
    public async Task Delete_ByManyAtOnce_IsDoneOnce()
    {
        var code = ACode("r");
        await AddAsync(code);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Codes.DeleteAsync(code.Id, "issuer", default))));

        Assert.Single(outcomes, o => o == AuthCodeChange.Done);
        Assert.Equal(9, outcomes.Count(o => o == AuthCodeChange.NotFound));
    }

    [Fact]
    public async Task Page_OfAResourceOrOfAll_IsNewestFirst()
    {
        var (r, other) = (ACode("r"), ACode("s"));
        await AddAsync(r);
        await AddAsync(other);

        var all = new[] { r.Id, other.Id }.OrderDescending(StringComparer.Ordinal).ToArray();
        Assert.Equal(all, (await Codes.PageAsync(null, null, 10, default)).Select(c => c.Id));
        Assert.Equal(all[1..], (await Codes.PageAsync(null, all[0], 10, default)).Select(c => c.Id));
        Assert.Equal([r.Id], (await Codes.PageAsync("r", null, 10, default)).Select(c => c.Id));
        Assert.Equal(new Dictionary<string, int> { ["r"] = 1, ["s"] = 1 }, await Codes.CountByResourceAsync(["r", "s", "t"], default));
    }

    private Task<AuthCodeChange> AddAsync(params AuthCode[] codes) => Codes.AddAsync(codes, AResource.Types.Find("cvm")!, null, default);

    private static AuthCode ACode(string resourceId)
    {
        var id = Guid.CreateVersion7().ToString("N");
        return new AuthCode
        {
            Id = id,
            CodeHash = "hash-" + id,
            Last4 = "ABCD",
            ProtectedValue = "protected",
            IssuerAccountId = "issuer",
            TargetAccountId = "target",
            ResourceId = resourceId,
            CreatedAt = AResource.Noon,
            Note = string.Create(CultureInfo.InvariantCulture, $"note {id[^4..]}"),
        };
    }
}
