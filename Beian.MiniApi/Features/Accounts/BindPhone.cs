using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.WeChat;

namespace Beian.MiniApi.Features.Accounts;

/// <param name="Code">What the phone-number button gave the mini program; good once, for five minutes, and for the user who tapped it.</param>
public sealed record BindPhoneRequest(string Code)
{
    public override string ToString() => nameof(BindPhoneRequest);
}

internal static class BindPhone
{
    public static async Task<Answer> HandleAsync(
        Body<BindPhoneRequest> body, CurrentUser caller, IUserStore users, IAccountStore accounts, IWeChatClient weChat, Idempotency idempotency, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(caller.UserId, cancellationToken) is not { } user || await accounts.FindAsync(user.AccountId, cancellationToken) is not { } account)
        {
            return AccountErrors.NotFound().ToAnswer();
        }

        var asked = await weChat.GetPhoneNumberAsync(body.Value.Code, user.OpenId, cancellationToken);
        if (!asked.TryGet(out var given, out var refusal))
        {
            return WeChatCodes.AtCode(refusal).ToAnswer();
        }

        if (PhoneNumbers.WithCountry(given.CountryCode, given.PureNumber) is not { } phone)
        {
            return WeChatErrors.CodeLost(WeChatErrors.Of("wechat.busy")).ToAnswer();
        }

        // The code is spent: from here on nobody's leaving may lose the number.
        var answer = Answer.Ok(MeView.From(user.WithPhone(phone), account));
        var saved = await users.UpdateAsync(caller.UserId, u => u.WithPhone(phone), idempotency.Record(answer), CancellationToken.None);
        return saved is null ? AccountErrors.NotFound().ToAnswer() : answer;
    }
}
