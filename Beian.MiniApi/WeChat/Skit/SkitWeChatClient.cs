using System.Text.Json.Serialization;
using Beian.MiniApi.Domain;
using Beian.MiniApi.WeChat.Calls;
using Beian.MiniApi.WeChat.Models;
using SKIT.FlurlHttpClient.Wechat.Api;
using SKIT.FlurlHttpClient.Wechat.Api.Models;

namespace Beian.MiniApi.WeChat.Skit;

/// <summary>
/// The door to WeChat over SKIT.FlurlHttpClient.Wechat.Api 3.14. What SKIT does not have stays what it is: the token keeper, time limits, retries, breakers,
/// metrics, the table of errcodes. The access token itself is fetched by the built-in client, which keeps it.
/// </summary>
/// <remarks>
/// Face verification (getverifyid, queryverifyinfo) goes through the built-in client: its models are newer than 3.14. The <c>openid</c> of a phone code is a
/// member that 3.14 lacks, added to its request by <see cref="PhoneRequest"/>.
/// </remarks>
internal sealed class SkitWeChatClient(
    SkitSender sender,
    WeChatGateway gateway,
    WeChatCaller caller,
    LoginExchanges exchanges,
    WeChatTokens tokens,
    SessionCalls sessions,
    MessageCalls messages,
    OcrCalls ocr,
    ModerationCalls moderation,
    CodeCalls codes,
    FaceCalls faces) : IWeChatClient
{
    public async Task<Result<WeChatSession>> Code2SessionAsync(string code, CancellationToken cancellationToken) =>
        WeChatClient.RefuseLogin(code) is { } refusal ? refusal : await exchanges.ShareAsync(code, ExchangeAsync).WaitAsync(cancellationToken);

    public Task<Result<WeChatToken>> GetAccessTokenAsync(CancellationToken cancellationToken) => tokens.GetAsync(cancellationToken);

    public async Task<Result<WeChatAck>> CheckSessionKeyAsync(string openId, string sessionKey, CancellationToken cancellationToken)
    {
        var request = new WxaCheckSessionRequest { OpenId = openId };
        request.SetSignatureBySessionKey(sessionKey);
        return SessionCalls.AckOf(await AskAsync(WeChatCall.CheckSession, request, (c, ct) => c.ExecuteWxaCheckSessionAsync(request, ct), cancellationToken));
    }

    public async Task<Result<WeChatSession>> ResetSessionKeyAsync(string openId, string sessionKey, CancellationToken cancellationToken)
    {
        var request = new WxaResetUserSessionKeyRequest { OpenId = openId };
        request.SetSignatureBySessionKey(sessionKey);
        return sessions.SessionOf(openId, await AskAsync(WeChatCall.ResetSession, request, (c, ct) => c.ExecuteWxaResetUserSessionKeyAsync(request, ct), cancellationToken));
    }

    public async Task<Result<WeChatPhone>> GetPhoneNumberAsync(string code, string? openId, CancellationToken cancellationToken)
    {
        if (SessionCalls.RefuseCode(code) is { } refusal)
        {
            return refusal;
        }

        var request = new PhoneRequest { Code = code, OpenId = openId };
        return sessions.PhoneOf(await AskAsync(WeChatCall.PhoneNumber, request, (c, ct) => c.ExecuteWxaBusinessGetUserPhoneNumberAsync(request, ct), cancellationToken));
    }

    public Task<Result<WeChatDelivery>> SendSubscribeMessageAsync(WeChatSubscribeMessage message, CancellationToken cancellationToken) => messages.SendAsync(message, PostAsync, cancellationToken);

    public async Task<Result<WeChatTemplates>> ListTemplatesAsync(CancellationToken cancellationToken)
    {
        var request = new WxaApiNewTemplateGetTemplateRequest();
        return messages.TemplatesOf(await AskAsync(WeChatCall.Templates, request, (c, ct) => c.ExecuteWxaApiNewTemplateGetTemplateAsync(request, ct), cancellationToken));
    }

    public async Task<Result<WeChatIdCard>> ReadIdCardAsync(WeChatPicture picture, CancellationToken cancellationToken)
    {
        var request = new CVOCRIdCardRequest { ImageFileBytes = picture.Bytes.ToArray() };
        return ocr.IdCardOf(OcrCalls.Refuse(picture) is { } refusal ? refusal : await AskAsync(WeChatCall.IdCard, request, (c, ct) => c.ExecuteCVOCRIdCardAsync(request, ct), cancellationToken));
    }

    public async Task<Result<WeChatLicence>> ReadBusinessLicenceAsync(WeChatPicture picture, CancellationToken cancellationToken)
    {
        var request = new CVOCRBusinessLicenseRequest { ImageFileBytes = picture.Bytes.ToArray() };
        return OcrCalls.LicenceOf(
            OcrCalls.Refuse(picture) is { } refusal ? refusal : await AskAsync(WeChatCall.Licence, request, (c, ct) => c.ExecuteCVOCRBusinessLicenseAsync(request, ct), cancellationToken));
    }

    public async Task<Result<WeChatVerdict>> CheckTextAsync(WeChatText text, CancellationToken cancellationToken)
    {
        var request = new WxaMessageSecurityCheckRequest
        {
            OpenId = text.OpenId,
            Content = text.Content,
            Version = ModerationCalls.Version,
            Scene = (int)text.Scene,
            Title = text.Title,
            Nickname = text.Nickname,
        };
        return moderation.VerdictOf(
            ModerationCalls.Refuse(text) is { } refusal ? refusal : await AskAsync(WeChatCall.TextCheck, request, (c, ct) => c.ExecuteWxaMessageSecurityCheckAsync(request, ct), cancellationToken));
    }

    public async Task<Result<WeChatMediaJob>> CheckMediaAsync(WeChatMedia media, CancellationToken cancellationToken)
    {
        var request = new WxaMediaCheckRequest
        {
            OpenId = media.OpenId,
            MediaUrl = media.Address.AbsoluteUri,
            MediaType = (int)media.Kind,
            Version = ModerationCalls.Version,
            Scene = (int)media.Scene,
        };
        return moderation.JobOf(await AskAsync(WeChatCall.MediaCheck, request, (c, ct) => c.ExecuteWxaMediaCheckAsync(request, ct), cancellationToken));
    }

    public async Task<Result<WeChatCodeImage>> GetUnlimitedCodeAsync(WeChatCodeRequest request, CancellationToken cancellationToken)
    {
        var asked = new WxaGetWxaCodeUnlimitRequest
        {
            Scene = request.Scene,
            PagePath = request.Page,
            RequireCheckPath = request.CheckPath,
            EnvironmentVersion = CodeCalls.NameOf(request.Edition),
            Width = request.Width,
        };
        return codes.ImageOf(await AskAsync(WeChatCall.UnlimitedCode, asked, (c, ct) => c.ExecuteWxaGetWxaCodeUnlimitAsync(asked, ct), cancellationToken));
    }

    public async Task<Result<WeChatLink>> GenerateUrlLinkAsync(WeChatLinkRequest request, CancellationToken cancellationToken)
    {
        // SKIT has no null for a path; an empty one is the home page too.
        var asked = new WxaGenerateUrlLinkRequest
        {
            Path = request.Path ?? string.Empty,
            Query = request.Query,
            ExpireType = CodeCalls.InDays,
            ExpireInterval = request.Life,
            EnvironmentVersion = CodeCalls.NameOf(request.Edition),
        };
        return codes.LinkOf(await AskAsync(WeChatCall.UrlLink, asked, (c, ct) => c.ExecuteWxaGenerateUrlLinkAsync(asked, ct), cancellationToken));
    }

    public Task<Result<WeChatFaceTicket>> StartFaceVerificationAsync(WeChatFaceStart start, CancellationToken cancellationToken) => faces.StartAsync(start, cancellationToken);

    public Task<Result<WeChatFaceResult>> QueryFaceVerificationAsync(WeChatFaceQuery query, CancellationToken cancellationToken) => faces.QueryAsync(query, cancellationToken);

    private async Task<Result<WeChatSession>> ExchangeAsync(string code) => WeChatClient.SessionOf(gateway, await gateway.SendAsync(
        WeChatCall.Code2Session, ct => sender.AttemptAsync((c, stop) => c.ExecuteSnsJsCode2SessionAsync(new SnsJsCode2SessionRequest { JsCode = code }, stop), ct), CancellationToken.None));

    private Task<Result<WeChatReply>> PostAsync(WeChatSubscribeMessage message, CancellationToken cancellationToken)
    {
        var request = new CgibinMessageSubscribeSendRequest
        {
            ToUserOpenId = message.OpenId,
            TemplateId = message.TemplateId,
            MiniProgramPagePath = message.Page,
            MiniProgramState = MessageCalls.StateOf(message.Edition),
            Language = message.Language,
            Data = message.Data.ToDictionary(d => d.Key, d => new CgibinMessageSubscribeSendRequest.Types.DataItem { Value = d.Value }, StringComparer.Ordinal),
        };
        return AskAsync(WeChatCall.SubscribeSend, request, (c, ct) => c.ExecuteCgibinMessageSubscribeSendAsync(request, ct), cancellationToken);
    }

    /// <summary>A call with a token: SKIT wants it in each request.</summary>
    private Task<Result<WeChatReply>> AskAsync<T>(WeChatCall call, WechatApiRequest request, Func<WechatApiClient, CancellationToken, Task<T>> execute, CancellationToken cancellationToken)
        where T : WechatApiResponse => caller.AskAsync(
            call,
            (token, ct) =>
            {
                request.AccessToken = token.Value;
                return gateway.SendAsync(call, stop => sender.AttemptAsync(execute, stop), ct);
            },
            cancellationToken);

    /// <summary>SKIT's request with the user whose tap it was, for WeChat to compare.</summary>
    private sealed class PhoneRequest : WxaBusinessGetUserPhoneNumberRequest
    {
        [JsonPropertyName("openid")]
        public string? OpenId { get; set; }
    }
}
