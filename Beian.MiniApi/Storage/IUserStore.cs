using Beian.MiniApi.Domain.Accounts;

namespace Beian.MiniApi.Storage;

/// <summary>A login that WeChat has confirmed.</summary>
/// <param name="OpenIdIndex">Blind index of the openid.</param>
/// <param name="SessionKey">WeChat's session key, which the store seals; replaces the one before.</param>
/// <param name="NewUser">The user as created when nobody has that openid.</param>
/// <param name="NewAccount">The account created along with a new user.</param>
public sealed record UserLogin(string OpenIdIndex, byte[] SessionKey, User NewUser, Account NewAccount);

/// <summary>Who logged in.</summary>
/// <param name="User">As stored now.</param>
/// <param name="IsNew">True when this login created the user.</param>
public sealed record LoggedIn(User User, bool IsNew);

/// <summary>Keeps WeChat users. What identifies a person is stored sealed; the openid is found by its blind index alone.</summary>
public interface IUserStore
{
    /// <summary>
    /// Finds or creates the user of that openid. An engine without transactions writes the new account before the user that names it: an account without a
    /// user is only empty, and the unique openid index lets one user through.
    /// </summary>
    Task<LoggedIn> LogInAsync(UserLogin login, CancellationToken cancellationToken);

    /// <summary>Null when there is none.</summary>
    Task<User?> FindAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Null when nobody has that openid.</summary>
    Task<User?> FindByOpenIdAsync(string openIdIndex, CancellationToken cancellationToken);

    /// <summary>Everybody who works for the account, oldest first.</summary>
    Task<IReadOnlyList<User>> ListByAccountAsync(string accountId, CancellationToken cancellationToken);

    /// <summary>The session key of the last login, or null.</summary>
    Task<byte[]?> FindSessionKeyAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Replaces what <paramref name="change"/> changes; the account is moved by <see cref="IAccountStore"/> alone.</summary>
    /// <param name="userId">Whose record.</param>
    /// <param name="change">Pure: runs inside the write on the user as stored then.</param>
    /// <param name="idempotency">Written with the change; null when the caller sent no key.</param>
    /// <param name="cancellationToken">Honoured until the write begins.</param>
    /// <returns>The user afterwards, or null when there is none.</returns>
    Task<User?> UpdateAsync(string userId, Func<User, User> change, IdempotencyRecord? idempotency, CancellationToken cancellationToken);
}
