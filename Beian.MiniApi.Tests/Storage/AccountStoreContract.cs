using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What the store of accounts promises.</summary>
public abstract class AccountStoreContract(IStores stores) : StoreContract(stores)
{
    private static readonly RealName Facts = RealName.Verified(RealNameKind.Individual, "测试甲", null, null, StoredFilings.Noon).Value;

    private IAccountStore Accounts => Stores.Accounts;

    [Fact]
    public async Task Feed_AccountAndFacts_CreatesItOnceAndKeepsWhatIsNotFed()
    {
        Assert.Null(await Accounts.FindAsync("shop", default));
        Assert.Null(await Accounts.FindWithUsersAsync("shop", default));

        var first = (await FeedAsync("shop", Facts)).Value;
        var again = (await FeedAsync("shop", null)).Value;

        Assert.Equal((true, false), (first.Created, again.Created));
        Assert.Equal(Facts, (await Accounts.FindAsync("shop", default))!.RealName);
        Assert.Equal(Facts, again.Account.Account.RealName);
        Assert.Equal(RealName.None, (await FeedAsync("shop", RealName.None)).Value.Account.Account.RealName);
    }

    [Fact]
    public async Task Feed_Users_IsTheFullList_AndWhoIsNotInItGetsAFreshAccount()
    {
        await LogInAsync("u", "v", "w");
        var fed = (await FeedAsync("shop", null, "v", "u", "u")).Value;
        Assert.Equal(["u", "v"], fed.Account.UserIds);

        fed = (await FeedAsync("shop", null, "u", "w")).Value;

        Assert.Equal(["u", "w"], fed.Account.UserIds);
        Assert.Equal(["u", "w"], (await Accounts.FindWithUsersAsync("shop", default))!.UserIds);
        var fresh = (await Stores.AccountOfAsync("v"))!;
        Assert.StartsWith("fresh-", fresh, StringComparison.Ordinal);
        Assert.Equal(["v"], (await Accounts.FindWithUsersAsync(fresh, default))!.UserIds);
        Assert.Equal(["u", "w"], (await FeedAsync("shop", Facts)).Value.Account.UserIds);
        Assert.Empty((await FeedAsync("shop", null, (IReadOnlyList<string>)[])).Value.Account.UserIds);
    }

    [Fact]
    public async Task Feed_WithAUserNobodyKnows_IsRefusedAsAWhole()
    {
        await LogInAsync("u");

        var refused = await FeedAsync("shop", Facts, "u", "nobody");

        Assert.Equal([new Finding("/userIds/1", AccountErrors.UnknownUser)], refused.Error!.Errors);
        Assert.Null(await Accounts.FindAsync("shop", default));
        Assert.Equal("account-of-u", await Stores.AccountOfAsync("u"));
    }

    [Fact]
    public async Task Feed_WithAUserWhoHasFilings_IsRefusedAsAWhole()
    {
        await LogInAsync("free", "busy");
        await Stores.Filings.AddAsync(StoredFilings.Draft(1, "account-of-busy"), null, default);

        var refused = await FeedAsync("shop", Facts, "free", "busy");

        Assert.Equal([new Finding("/userIds/1", AccountErrors.UserHasFilingsCode)], refused.Error!.Errors);
        Assert.Equal(("account-of-free", "account-of-busy"), (await Stores.AccountOfAsync("free"), await Stores.AccountOfAsync("busy")));
        Assert.Null(await Accounts.FindAsync("shop", default));
    }

    [Fact]
    public async Task Feed_ListsAtOnce_EndWithOneOfThem()
    {
        await LogInAsync("u", "v", "w");
        string[][] lists = [["u"], ["v"], ["w"], ["u", "v"], ["v", "w"], ["u", "v", "w"]];

        await Task.WhenAll(lists.Select(l => Task.Run(() => FeedAsync("shop", null, l))));

        Assert.Contains((await Accounts.FindWithUsersAsync("shop", default))!.UserIds, lists);
    }

    private async Task LogInAsync(params string[] users)
    {
        foreach (var user in users)
        {
            await Stores.LogInAsync(user);
        }
    }

    private Task<Result<AccountFed>> FeedAsync(string id, RealName? realName, params string[] users) => FeedAsync(id, realName, users.Length == 0 ? null : (IReadOnlyList<string>)users);

    private Task<Result<AccountFed>> FeedAsync(string id, RealName? realName, IReadOnlyList<string>? users) => Accounts.FeedAsync(
        new AccountFeed(Account.Create(id, StoredFilings.Noon).Value, realName, users, () => Account.Create("fresh-" + Guid.NewGuid().ToString("N"), StoredFilings.Noon).Value), default);
}
