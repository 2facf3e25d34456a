using Beian.MiniApi.Domain;
using Beian.MiniApi.WeChat.Models;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.WeChat.Calls;

/// <summary>Session keys, and the telephone number.</summary>
internal sealed class SessionCalls(WeChatCaller caller, IOptions<WeChatOptions> options)
{
    public async Task<Result<WeChatAck>> CheckKeyAsync(string openId, string sessionKey, CancellationToken cancellationToken) =>
        AckOf(await caller.AskAsync(WeChatCall.CheckSession, Signed(openId, sessionKey), null, cancellationToken));

    public async Task<Result<WeChatSession>> ResetKeyAsync(string openId, string sessionKey, CancellationToken cancellationToken) =>
        SessionOf(openId, await caller.AskAsync(WeChatCall.ResetSession, Signed(openId, sessionKey), null, cancellationToken));

    public async Task<Result<WeChatPhone>> PhoneAsync(string code, string? openId, CancellationToken cancellationToken) =>
        RefuseCode(code) is { } refusal ? refusal : PhoneOf(await caller.PostAsync(WeChatCall.PhoneNumber, new PhoneBody(code, openId), cancellationToken));

    /// <summary>What cannot be a code and is not sent.</summary>
    public static DomainError? RefuseCode(string code) => WeChatCodes.MayBeOne(code) ? null : WeChatErrors.PhoneCodeInvalid();

    public static Result<WeChatAck> AckOf(Result<WeChatReply> asked) => asked.Error is { } refusal ? refusal : WeChatAck.Done;

    public Result<WeChatSession> SessionOf(string openId, Result<WeChatReply> asked)
    {
        if (!asked.TryGet(out var reply, out var refusal))
        {
            return refusal;
        }

        return reply.Text("openid") is { } owner && owner == openId && reply.Text("session_key") is { } key
            ? new WeChatSession(owner, key, null)
            : caller.Incomplete(WeChatCall.ResetSession);
    }

    public Result<WeChatPhone> PhoneOf(Result<WeChatReply> asked)
    {
        if (!asked.TryGet(out var reply, out var refusal))
        {
            return refusal;
        }

        if (reply.Body.Member("phone_info") is not { } info || info.TextOf("phoneNumber") is not { } number || info.TextOf("purePhoneNumber") is not { } pure)
        {
            return caller.Incomplete(WeChatCall.PhoneNumber);
        }

        return info.Member("watermark")?.TextOf("appid") == options.Value.AppId
            ? new WeChatPhone(number, pure, info.TextOrNumberOf("countryCode") ?? string.Empty)
            : WeChatErrors.Misconfigured();
    }

    private static KeyValuePair<string, string>[] Signed(string openId, string sessionKey) =>
    [
        new("openid", openId),
        new("signature", WeChatSignatures.OfSession(sessionKey, string.Empty)),
        new("sig_method", "hmac_sha256"),
    ];

    private sealed record PhoneBody(string Code, string? Openid);
}
