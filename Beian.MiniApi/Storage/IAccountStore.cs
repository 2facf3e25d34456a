using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;

namespace Beian.MiniApi.Storage;

/// <summary>An account with the ids of everybody who works for it, oldest first.</summary>
public sealed record AccountUsers(Account Account, IReadOnlyList<string> UserIds);

/// <summary>What the provider feeds about one account.</summary>
/// <param name="New">The account as it is created when it is absent.</param>
/// <param name="RealName">Replaces the real-name facts; null leaves them.</param>
/// <param name="UserIds">The full list of users; null leaves it.</param>
/// <param name="Fresh">Makes an empty account for a user who is removed.</param>
public sealed record AccountFeed(Account New, RealName? RealName, IReadOnlyList<string>? UserIds, Func<Account> Fresh);

/// <summary>An account after a feed.</summary>
/// <param name="Account">What is stored now.</param>
/// <param name="Created">True when it was not there before.</param>
public sealed record AccountFed(AccountUsers Account, bool Created);

/// <summary>Keeps accounts and who belongs to them.</summary>
public interface IAccountStore
{
    /// <summary>Null when there is none.</summary>
    Task<Account?> FindAsync(string accountId, CancellationToken cancellationToken);

    /// <summary>The account with its users, or null when there is none.</summary>
    Task<AccountUsers?> FindWithUsersAsync(string accountId, CancellationToken cancellationToken);

    /// <summary>
    /// Refuses the feed as a whole (unknown users, or users whose present account holds filings) or writes it. A user names the account, not the other way
    /// round: an engine without transactions writes the accounts first and then user by user, and a repeat of the same feed does the rest.
    /// </summary>
    Task<Result<AccountFed>> FeedAsync(AccountFeed feed, CancellationToken cancellationToken);
}

/// <summary>Whether an account has been put to use.</summary>
public interface IAccountUsage
{
    /// <summary>True when the account holds a filing in whatever state, or a filed subject.</summary>
    Task<bool> HasFilingsAsync(string accountId, CancellationToken cancellationToken);
}
