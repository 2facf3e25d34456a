using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Accounts;

/// <param name="Code">From the provider, or from <c>scene</c> after <c>join=</c>.</param>
public sealed record JoinAccountRequest(string Code)
{
    /// <summary>Without the code: records end up in logs.</summary>
    public override string ToString() => nameof(JoinAccountRequest);
}

internal static class JoinAccount
{
    /// <summary>Wrong codes per user and hour, after which none is looked up any more.</summary>
    private const int WrongCodesPerHour = 5;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    public static async Task<Answer> HandleAsync(
        Body<JoinAccountRequest> body, CurrentUser caller, AccountLinks links, IUserStore users, IAttemptStore attempts, TimeProvider time, Idempotency idempotency,
        CancellationToken cancellationToken)
    {
        // Counted before it is looked up, so that guesses sent at once are counted one by one; taken back when the code was no guess.
        var key = AttemptKeys.JoiningOf(caller.UserId);
        var now = time.GetUtcNow();
        if (!await attempts.TryAddAsync(key, WrongCodesPerHour, now - Window, now, cancellationToken))
        {
            var wrong = await attempts.CountAsync(key, now - Window, cancellationToken);
            return AccountErrors.TooManyLinkAttempts((wrong.Oldest ?? now) + Window - now).ToAnswer();
        }

        var answer = await JoinAsync(body.Value.Code, caller.UserId, links, users, idempotency, cancellationToken);
        if (answer.Error?.Code != AccountErrors.LinkInvalidCode)
        {
            await attempts.RemoveAsync(key, now, CancellationToken.None);
        }

        return answer;
    }

    private static async Task<Answer> JoinAsync(string code, string userId, AccountLinks links, IUserStore users, Idempotency idempotency, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(code, cancellationToken) is not { } account || await users.FindAsync(userId, cancellationToken) is not { } user)
        {
            return AccountErrors.LinkInvalid().ToAnswer();
        }

        var answer = Answer.Ok(MeView.From(user.InAccount(account.Id), account));
        return await links.JoinAsync(code, userId, idempotency.Record(answer), cancellationToken) switch
        {
            AccountJoin.Joined or AccountJoin.AlreadyThere => answer,
            AccountJoin.HasFilings => AccountErrors.UserHasFilings().ToAnswer(),
            _ => AccountErrors.LinkInvalid().ToAnswer(),
        };
    }
}
