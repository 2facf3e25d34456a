using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Accounts;

/// <summary>The real-name facts a user may see of the own account.</summary>
/// <param name="Status"><c>none</c> or <c>verified</c>.</param>
/// <param name="Kind">Null while nothing is verified.</param>
/// <param name="Name">Null while nothing is verified.</param>
/// <param name="VerifiedAt">Null while nothing is verified.</param>
public sealed record MyRealNameView(RealNameStatus Status, RealNameKind? Kind, string? Name, DateTimeOffset? VerifiedAt);

/// <summary>The account a user works for.</summary>
public sealed record MyAccountView(string Id, MyRealNameView RealName);

/// <summary>A user's own profile.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Phone">Bound number, masked; null while none is bound.</param>
/// <param name="CreatedAt">First login.</param>
/// <param name="Account">The account the user works for.</param>
/// <param name="Notifications">Which WeChat messages the user wants.</param>
public sealed record MeView(string Id, string? Phone, DateTimeOffset CreatedAt, MyAccountView Account, NotificationChoices Notifications)
{
    /// <summary>Language that the user chose, <c>zh-CN</c> or <c>en</c>; null while none was chosen.</summary>
    public required string? Language { get; init; }

    public static MeView From(User user, Account account)
    {
        var r = account.RealName;
        return new MeView(
            user.Id,
            user.MaskedPhone,
            user.CreatedAt,
            new MyAccountView(account.Id, new MyRealNameView(r.Status, r.Kind, r.Name, r.VerifiedAt)),
            user.Notifications)
        {
            Language = user.Language,
        };
    }
}

internal static class GetMe
{
    public static async Task<Answer> HandleAsync(CurrentUser caller, IUserStore users, IAccountStore accounts, CancellationToken cancellationToken) =>
        await users.FindAsync(caller.UserId, cancellationToken) is { } user
        && await accounts.FindAsync(user.AccountId, cancellationToken) is { } account
            ? Answer.Ok(MeView.From(user, account))
            : AccountErrors.NotFound().ToAnswer();
}
