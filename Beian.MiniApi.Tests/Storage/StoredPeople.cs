using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>Users and accounts for the stores' contracts.</summary>
internal static class StoredPeople
{
    public static string IndexOf(string user) => "openid-of-" + user;

    /// <summary>A user who has logged in, with an account of their own.</summary>
    public static Task<LoggedIn> LogInAsync(this IStores stores, string user) => stores.Users.LogInAsync(
        new UserLogin(IndexOf(user), [1], User.Create(user, "account-of-" + user, "o-" + user, StoredFilings.Noon), AnAccount("account-of-" + user)), default);

    /// <summary>An account as the provider feeds it.</summary>
    public static Task FeedAsync(this IStores stores, string account, RealName? realName = null, params string[]? users) =>
        stores.Accounts.FeedAsync(new AccountFeed(AnAccount(account), realName, users, () => AnAccount("fresh-" + Guid.NewGuid().ToString("N"))), default);

    public static async Task<string?> AccountOfAsync(this IStores stores, string user) => (await stores.Users.FindAsync(user, default))?.AccountId;

    private static Account AnAccount(string id) => Account.Create(id, StoredFilings.Noon).Value;
}
