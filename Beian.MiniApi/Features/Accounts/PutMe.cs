using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Accounts;

/// <param name="Notifications">Replaces the choices made before.</param>
public sealed record PutMeRequest(NotificationChoices Notifications);

internal static class PutMe
{
    public static async Task<Answer> HandleAsync(
        Body<PutMeRequest> body, CurrentUser caller, IUserStore users, IAccountStore accounts, CancellationToken cancellationToken)
    {
        var user = await users.UpdateAsync(caller.UserId, u => u.With(body.Value.Notifications), null, cancellationToken);
        return user is not null && await accounts.FindAsync(user.AccountId, cancellationToken) is { } account
            ? Answer.Ok(MeView.From(user, account))
            : AccountErrors.NotFound().ToAnswer();
    }
}
