using Beian.MiniApi.Domain.Accounts;

namespace Beian.MiniApi.Storage;

/// <summary>A code that lets one user join an account, as far as it is kept.</summary>
/// <param name="Hash">SHA-256 of the code; the code itself is kept nowhere.</param>
/// <param name="AccountId">The account it leads into.</param>
/// <param name="ExpiresAt">Real time from which it leads nowhere.</param>
public sealed record AccountLink(byte[] Hash, string AccountId, DateTimeOffset ExpiresAt);

/// <summary>How joining an account ended. Unless the user joined, nothing about users and codes was written.</summary>
public enum AccountJoin
{
    /// <summary>The user works for the account now, and the code is used up.</summary>
    Joined = 1,

    /// <summary>The user did so already; the code still works.</summary>
    AlreadyThere = 2,

    /// <summary>Unknown, used or expired, or its account is gone.</summary>
    NotOpen = 3,

    /// <summary>The user's present account holds a filing or a subject; the code still works.</summary>
    HasFilings = 4,
}

/// <summary>Codes for joining an account that were given out and not used. Real time, never business time.</summary>
public interface IAccountLinkStore
{
    /// <returns>False, with nothing written, when there is no such account.</returns>
    Task<bool> AddAsync(AccountLink link, CancellationToken cancellationToken);

    /// <summary>The account that the code with that hash leads into at <paramref name="now"/>, or null; leaves the code as it is.</summary>
    Task<Account?> FindAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Moves the user and uses the code up in one write: of any number of users at once one joins. An account that the user leaves empty goes when nothing
    /// refers to it and nobody fed facts about it. An engine without transactions takes the code first and moves the user then: a crash in between costs a
    /// code, which an admin makes anew.
    /// </summary>
    /// <param name="hash">SHA-256 of the code.</param>
    /// <param name="userId">Who joins.</param>
    /// <param name="now">Real time.</param>
    /// <param name="idempotency">Written when the user joined or was there already; null when the caller sent no key.</param>
    /// <param name="cancellationToken">Honoured until the write begins.</param>
    Task<AccountJoin> JoinAsync(byte[] hash, string userId, DateTimeOffset now, IdempotencyRecord? idempotency, CancellationToken cancellationToken);

    /// <summary>Forgets what has expired; returns how many.</summary>
    Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
