using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What the store of codes for joining promises.</summary>
public abstract class AccountLinkStoreContract(IStores stores) : StoreContract(stores)
{
    private static readonly byte[] Code = [1];

    private IAccountLinkStore Links => Stores.AccountLinks;

    [Fact]
    public async Task Add_ForAnAccountThatIsNotThere_WritesNothing()
    {
        Assert.False(await Links.AddAsync(ALink("absent"), default));

        await Stores.FeedAsync("absent");
        Assert.Null(await Links.FindAsync(Code, StoredFilings.Noon, default));
    }

    [Fact]
    public async Task Find_UntilItExpires_GivesTheAccountAndLeavesTheCode()
    {
        await Stores.FeedAsync("shop");
        var link = ALink("shop");
        Assert.True(await Links.AddAsync(link, default));

        Assert.Equal("shop", (await Links.FindAsync(Code, StoredFilings.Noon, default))?.Id);
        Assert.Equal("shop", (await Links.FindAsync(Code, link.ExpiresAt.AddMilliseconds(-1), default))?.Id);
        Assert.Null(await Links.FindAsync(Code, link.ExpiresAt, default));
        Assert.Null(await Links.FindAsync([2], StoredFilings.Noon, default));
    }

    [Fact]
    public async Task Join_WithACode_MovesTheUserOnceAndDropsTheEmptyAccount()
    {
        await SetAsync("shop", "u", "v");

        Assert.Equal(AccountJoin.Joined, await Links.JoinAsync(Code, "u", StoredFilings.Noon, Record("k"), default));

        Assert.Equal("shop", await Stores.AccountOfAsync("u"));
        Assert.NotNull(await KnownAsync("k"));
        Assert.Null(await Stores.Accounts.FindAsync("account-of-u", default));
        Assert.Equal(AccountJoin.NotOpen, await Links.JoinAsync(Code, "v", StoredFilings.Noon, Record("l"), default));
        Assert.Null(await KnownAsync("l"));
        Assert.Equal("account-of-v", await Stores.AccountOfAsync("v"));
    }

    [Fact]
    public async Task Join_ByManyAtOnce_LetsOneIn()
    {
        string[] users = [.. Enumerable.Range(0, 12).Select(n => "u" + n)];
        await SetAsync("shop", users);

        var ends = await Task.WhenAll(users.Select(u => Task.Run(() => Links.JoinAsync(Code, u, StoredFilings.Noon, null, default))));

        Assert.Single(ends, AccountJoin.Joined);
        Assert.Equal(11, ends.Count(e => e == AccountJoin.NotOpen));
        Assert.Single((await Stores.Accounts.FindWithUsersAsync("shop", default))!.UserIds);
    }

    [Fact]
    public async Task Join_ByAMemberOrWithFilings_LeavesTheCode()
    {
        await SetAsync("shop", "member", "busy", "free");
        await Stores.FeedAsync("shop", null, "member");
        await Stores.Filings.AddAsync(StoredFilings.Draft(1, "account-of-busy"), null, default);

        Assert.Equal(AccountJoin.AlreadyThere, await Links.JoinAsync(Code, "member", StoredFilings.Noon, Record("k"), default));
        Assert.Equal(AccountJoin.HasFilings, await Links.JoinAsync(Code, "busy", StoredFilings.Noon, Record("l"), default));

        Assert.Equal("account-of-busy", await Stores.AccountOfAsync("busy"));
        Assert.NotNull(await KnownAsync("k"));
        Assert.Null(await KnownAsync("l"));
        Assert.Equal(AccountJoin.Joined, await Links.JoinAsync(Code, "free", StoredFilings.Noon, null, default));
    }

    [Fact]
    public async Task Join_LeavingAnAccountWithFactsOrOthersBehind_KeepsIt()
    {
        await SetAsync("shop", "u", "v", "w");
        await Stores.FeedAsync("facts", RealName.Verified(RealNameKind.Individual, "测试甲", null, null, StoredFilings.Noon).Value, "u");
        await Stores.FeedAsync("others", null, "v", "w");
        await Links.AddAsync(ALink("shop") with { Hash = [2] }, default);

        await Links.JoinAsync(Code, "u", StoredFilings.Noon, null, default);
        await Links.JoinAsync([2], "v", StoredFilings.Noon, null, default);

        Assert.Equal(RealNameStatus.Verified, (await Stores.Accounts.FindAsync("facts", default))?.RealName.Status);
        Assert.Equal(["w"], (await Stores.Accounts.FindWithUsersAsync("others", default))!.UserIds);
    }

    [Fact]
    public async Task Join_ExpiredOrByNobody_ChangesNothing()
    {
        await SetAsync("shop", "u");

        Assert.Equal(AccountJoin.NotOpen, await Links.JoinAsync(Code, "u", StoredFilings.Noon.AddMinutes(10), null, default));
        Assert.Equal(AccountJoin.NotOpen, await Links.JoinAsync(Code, "nobody", StoredFilings.Noon, null, default));

        Assert.Equal("account-of-u", await Stores.AccountOfAsync("u"));
        Assert.NotNull(await Links.FindAsync(Code, StoredFilings.Noon, default));
    }

    [Fact]
    public async Task Prune_ForgetsOnlyWhatExpired()
    {
        await SetAsync("shop");
        await Links.AddAsync(ALink("shop") with { Hash = [2], ExpiresAt = StoredFilings.Noon.AddMinutes(11) }, default);

        Assert.Equal(1, await Links.PruneAsync(StoredFilings.Noon.AddMinutes(10), default));

        Assert.Null(await Links.FindAsync(Code, StoredFilings.Noon, default));
        Assert.NotNull(await Links.FindAsync([2], StoredFilings.Noon, default));
    }

    private static AccountLink ALink(string account) => new(Code, account, StoredFilings.Noon.AddMinutes(10));

    /// <summary>An account with a code, and users with accounts of their own.</summary>
    private async Task SetAsync(string account, params string[] users)
    {
        await Stores.FeedAsync(account);
        Assert.True(await Links.AddAsync(ALink(account), default));
        foreach (var user in users)
        {
            await Stores.LogInAsync(user);
        }
    }
}
