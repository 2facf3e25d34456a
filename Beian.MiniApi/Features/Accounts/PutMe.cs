using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Accounts;

/// <param name="Notifications">Replaces the choices made before.</param>
public sealed record PutMeRequest(NotificationChoices Notifications)
{
    /// <summary>Language of text messages and mails, <c>zh-CN</c> or <c>en</c>; left out: as chosen before.</summary>
    public string? Language { get; init; }
}

internal static class PutMe
{
    public static async Task<Answer> HandleAsync(
        Body<PutMeRequest> body, CurrentUser caller, IUserStore users, IAccountStore accounts, CancellationToken cancellationToken)
    {
        var language = body.Value.Language;
        if (language is not null && !User.Languages.Contains(language))
        {
            return RequestErrors.Invalid(new Finding("/language", AccountErrors.LanguageUnknown)).ToAnswer();
        }

        var user = await users.UpdateAsync(caller.UserId, u => u.With(body.Value.Notifications).Speaking(language ?? u.Language), null, cancellationToken);
        return user is not null && await accounts.FindAsync(user.AccountId, cancellationToken) is { } account
            ? Answer.Ok(MeView.From(user, account))
            : AccountErrors.NotFound().ToAnswer();
    }
}
