using Beian.MiniApi.Domain;
using Beian.MiniApi.WeChat.Calls;
using Beian.MiniApi.WeChat.Models;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.WeChat;

/// <inheritdoc />
internal sealed class WeChatClient(
    WeChatGateway gateway,
    LoginExchanges exchanges,
    WeChatTokens tokens,
    SessionCalls sessions,
    MessageCalls messages,
    OcrCalls ocr,
    ModerationCalls moderation,
    CodeCalls codes,
    FaceCalls faces,
    IOptions<WeChatOptions> options) : IWeChatClient
{
    public async Task<Result<WeChatSession>> Code2SessionAsync(string code, CancellationToken cancellationToken) =>
        RefuseLogin(code) is { } refusal ? refusal : await exchanges.ShareAsync(code, ExchangeAsync).WaitAsync(cancellationToken);

    /// <summary>What cannot be a login code and is not sent.</summary>
    public static DomainError? RefuseLogin(string code) => WeChatCodes.MayBeOne(code) ? null : WeChatErrors.CodeInvalid();

    /// <summary>What the answer to a login code comes to.</summary>
    public static Result<WeChatSession> SessionOf(WeChatGateway gateway, WeChatReply reply)
    {
        if (gateway.Judge(WeChatCall.Code2Session, reply) is { } refusal)
        {
            return refusal;
        }

        return reply.Text("openid") is { } openId && reply.Text("session_key") is { } sessionKey
            ? new WeChatSession(openId, sessionKey, reply.Text("unionid"))
            : gateway.Incomplete(WeChatCall.Code2Session);
    }

    public Task<Result<WeChatToken>> GetAccessTokenAsync(CancellationToken cancellationToken) => tokens.GetAsync(cancellationToken);

    public Task<Result<WeChatAck>> CheckSessionKeyAsync(string openId, string sessionKey, CancellationToken cancellationToken) =>
        sessions.CheckKeyAsync(openId, sessionKey, cancellationToken);

    public Task<Result<WeChatSession>> ResetSessionKeyAsync(string openId, string sessionKey, CancellationToken cancellationToken) =>
        sessions.ResetKeyAsync(openId, sessionKey, cancellationToken);

    public Task<Result<WeChatPhone>> GetPhoneNumberAsync(string code, string? openId, CancellationToken cancellationToken) => sessions.PhoneAsync(code, openId, cancellationToken);

    public Task<Result<WeChatDelivery>> SendSubscribeMessageAsync(WeChatSubscribeMessage message, CancellationToken cancellationToken) => messages.SendAsync(message, cancellationToken);

    public Task<Result<WeChatTemplates>> ListTemplatesAsync(CancellationToken cancellationToken) => messages.ListAsync(cancellationToken);

    public Task<Result<WeChatIdCard>> ReadIdCardAsync(WeChatPicture picture, CancellationToken cancellationToken) => ocr.IdCardAsync(picture, cancellationToken);

    public Task<Result<WeChatLicence>> ReadBusinessLicenceAsync(WeChatPicture picture, CancellationToken cancellationToken) => ocr.LicenceAsync(picture, cancellationToken);

    public Task<Result<WeChatVerdict>> CheckTextAsync(WeChatText text, CancellationToken cancellationToken) => moderation.TextAsync(text, cancellationToken);

    public Task<Result<WeChatMediaJob>> CheckMediaAsync(WeChatMedia media, CancellationToken cancellationToken) => moderation.MediaAsync(media, cancellationToken);

    public Task<Result<WeChatCodeImage>> GetUnlimitedCodeAsync(WeChatCodeRequest request, CancellationToken cancellationToken) => codes.UnlimitedAsync(request, cancellationToken);

    public Task<Result<WeChatLink>> GenerateUrlLinkAsync(WeChatLinkRequest request, CancellationToken cancellationToken) => codes.UrlLinkAsync(request, cancellationToken);

    public Task<Result<WeChatFaceTicket>> StartFaceVerificationAsync(WeChatFaceStart start, CancellationToken cancellationToken) => faces.StartAsync(start, cancellationToken);

    public Task<Result<WeChatFaceResult>> QueryFaceVerificationAsync(WeChatFaceQuery query, CancellationToken cancellationToken) => faces.QueryAsync(query, cancellationToken);

    private async Task<Result<WeChatSession>> ExchangeAsync(string code)
    {
        KeyValuePair<string, string>[] query =
        [
            new("appid", options.Value.AppId),
            new("secret", options.Value.AppSecret),
            new("js_code", code),
            new("grant_type", "authorization_code"),
        ];
        return SessionOf(gateway, await gateway.SendAsync(WeChatCall.Code2Session, query, null, CancellationToken.None));
    }
}
