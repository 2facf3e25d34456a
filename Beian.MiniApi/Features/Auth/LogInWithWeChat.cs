using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.WeChat;

namespace Beian.MiniApi.Features.Auth;

/// <param name="Code">What <c>wx.login</c> gave the mini program; good for one login.</param>
public sealed record WeChatLoginRequest(string Code);

/// <summary>The user who logged in.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="IsNew">True at the first login ever.</param>
/// <param name="Phone">Bound number, masked; null while none is bound.</param>
public sealed record LoginUserView(string Id, bool IsNew, string? Phone);

/// <summary>The answer to a login.</summary>
/// <param name="AccessToken">JWT for the <c>Authorization: Bearer</c> header.</param>
/// <param name="ExpiresIn">Seconds the access token lives.</param>
/// <param name="RefreshToken">Good for one refresh.</param>
/// <param name="User">Who logged in.</param>
public sealed record LoginView(string AccessToken, int ExpiresIn, string RefreshToken, LoginUserView User);

internal static class LogInWithWeChat
{
    public static async Task<Answer> HandleAsync(
        Body<WeChatLoginRequest> body, IWeChatClient weChat, WeChatUsers users, SessionTokens tokens, CancellationToken cancellationToken)
    {
        var exchanged = await weChat.Code2SessionAsync(body.Value.Code, cancellationToken);
        if (!exchanged.TryGet(out var session, out var refusal))
        {
            return WeChatCodes.AtCode(refusal).ToAnswer();
        }

        var (user, isNew) = await users.LogInAsync(session, cancellationToken);
        var opened = await tokens.OpenAsync(user.Id, Role.Applicant, cancellationToken);
        return Answer.Ok(new LoginView(opened.AccessToken, opened.ExpiresIn, opened.RefreshToken, new LoginUserView(user.Id, isNew, user.MaskedPhone)));
    }
}

/// <summary>Turns what WeChat confirmed into a user of ours. The session key is stored sealed and goes nowhere else.</summary>
public sealed class WeChatUsers(IUserStore users, BlindIndex index, TimeProvider time)
{
    public Task<LoggedIn> LogInAsync(WeChatSession session, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var account = Account.Create(Guid.CreateVersion7().ToString("N"), now).Value;
        var user = User.Create(Guid.CreateVersion7().ToString("N"), account.Id, session.OpenId, now).WithUnionId(session.UnionId);
        var key = Encoding.UTF8.GetBytes(session.SessionKey);
        return users.LogInAsync(new UserLogin(index.Of(BlindIndex.OpenId, session.OpenId), key, user, account), cancellationToken);
    }
}
