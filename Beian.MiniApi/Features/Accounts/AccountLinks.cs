using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Accounts;

/// <summary>Makes and takes the codes with which a user joins the provider's account, each a <see cref="OneTimeCode"/> that is good for ten minutes of real time.</summary>
public sealed class AccountLinks(IAccountLinkStore links, TimeProvider time)
{
    /// <summary>How long a code can be used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>What the Mini Program's page gets as <c>scene</c>: 27 of the 32 characters that WeChat allows.</summary>
    public static string SceneOf(string code) => "join=" + code;

    /// <returns>The code, which is kept nowhere, and until when it is good; null when there is no such account.</returns>
    public async Task<(string Code, DateTimeOffset ExpiresAt)?> IssueAsync(string accountId, CancellationToken cancellationToken)
    {
        var code = OneTimeCode.Make();
        var expiresAt = time.GetUtcNow() + Lifetime;
        return await links.AddAsync(new AccountLink(OneTimeCode.HashOf(code)!, accountId, expiresAt), cancellationToken) ? (code, expiresAt) : null;
    }

    /// <summary>The account the code leads into, or null; does not use it up.</summary>
    public Task<Account?> FindAsync(string code, CancellationToken cancellationToken) =>
        OneTimeCode.HashOf(code) is { } hash ? links.FindAsync(hash, time.GetUtcNow(), cancellationToken) : Task.FromResult<Account?>(null);

    /// <summary>Lets the user join and uses the code up.</summary>
    public Task<AccountJoin> JoinAsync(string code, string userId, IdempotencyRecord? idempotency, CancellationToken cancellationToken) =>
        OneTimeCode.HashOf(code) is { } hash ? links.JoinAsync(hash, userId, time.GetUtcNow(), idempotency, cancellationToken) : Task.FromResult(AccountJoin.NotOpen);
}
