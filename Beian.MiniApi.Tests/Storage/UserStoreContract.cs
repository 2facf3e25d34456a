using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What the store of users promises.</summary>
public abstract class UserStoreContract(IStores stores) : StoreContract(stores)
{
    private IUserStore Users => Stores.Users;

    [Fact]
    public async Task LogIn_FirstAndAgain_IsOneUserWithTheLastSessionKey()
    {
        var first = await Users.LogInAsync(ALogin("u", "a", [1]), default);
        var again = await Users.LogInAsync(ALogin("v", "b", [2]) with { NewUser = AUser("v", "b").WithUnionId("union") }, default);

        Assert.Equal((true, false), (first.IsNew, again.IsNew));
        Assert.Equal(AUser("u", "a"), first.User);
        Assert.Equal(AUser("u", "a").WithUnionId("union"), again.User);
        Assert.Equal(again.User, await Users.FindAsync("u", default));
        Assert.Equal(again.User, await Users.FindByOpenIdAsync("index", default));
        Assert.Equal([2], await Users.FindSessionKeyAsync("u", default));
        Assert.NotNull(await Stores.Accounts.FindAsync("a", default));
        Assert.Null(await Users.FindAsync("v", default));
        Assert.Null(await Stores.Accounts.FindAsync("b", default));
        Assert.Null(await Users.FindByOpenIdAsync("other", default));
        Assert.Null(await Users.FindSessionKeyAsync("v", default));
    }

    [Fact]
    public async Task LogIn_ByManyAtOnce_CreatesOneUserAndOneAccount()
    {
        var ends = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Task.Run(() => Users.LogInAsync(ALogin("u" + n, "a" + n, [1]), default))));

        var one = Assert.Single(ends, e => e.IsNew).User;
        Assert.All(ends, e => Assert.Equal(one, e.User));
        foreach (var n in Enumerable.Range(0, 12))
        {
            Assert.Equal("a" + n == one.AccountId, await Stores.Accounts.FindAsync("a" + n, default) is not null);
        }
    }

    [Fact]
    public async Task Update_OfAUser_LeavesTheAccountAndKeepsTheAnswer()
    {
        await Users.LogInAsync(ALogin("u", "a", [1]), default);

        var updated = await Users.UpdateAsync("u", u => u.WithPhone("13800000000").InAccount("other"), Record("k"), default);

        Assert.Equal(AUser("u", "a").WithPhone("13800000000"), updated);
        Assert.Equal(updated, await Users.FindAsync("u", default));
        Assert.NotNull(await KnownAsync("k"));
        Assert.Null(await Users.UpdateAsync("nobody", u => u, Record("l"), default));
        Assert.Null(await KnownAsync("l"));
    }

    [Fact]
    public async Task Update_WithAKeyThatIsTaken_ChangesNothing()
    {
        await Users.LogInAsync(ALogin("u", "a", [1]), default);
        await Stores.Idempotency.SaveAsync(Record("k", "first"), default);

        await Assert.ThrowsAsync<IdempotencyKeyTakenException>(() => Users.UpdateAsync("u", u => u.WithPhone("13800000000"), Record("k", "second"), default));

        Assert.Null((await Users.FindAsync("u", default))!.Phone);
        Assert.Equal("first", (await KnownAsync("k"))!.RequestHash);
    }

    [Fact]
    public async Task Update_ByManyAtOnce_LosesNone()
    {
        await Users.LogInAsync(ALogin("u", "a", [1]), default);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Task.Run(() => Users.UpdateAsync("u", u => u.WithPhone((u.Phone ?? string.Empty) + "1"), null, default))));

        Assert.Equal(new string('1', 12), (await Users.FindAsync("u", default))!.Phone);
    }

    [Fact]
    public async Task ListByAccount_GivesItsUsersOldestFirst()
    {
        foreach (var user in new[] { "c", "a", "b", "x" })
        {
            await Stores.LogInAsync(user);
        }

        await Stores.FeedAsync("shop", null, "b", "c", "a");

        Assert.Equal(["a", "b", "c"], (await Users.ListByAccountAsync("shop", default)).Select(u => u.Id));
        Assert.Empty(await Users.ListByAccountAsync("account-of-a", default));
    }

    private static User AUser(string id, string account) => User.Create(id, account, "openid", StoredFilings.Noon);

    private static UserLogin ALogin(string id, string account, byte[] key) => new("index", key, AUser(id, account), Account.Create(account, StoredFilings.Noon).Value);
}
