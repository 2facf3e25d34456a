using Beian.MiniApi.Domain;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.WeChat;

/// <summary>
/// The one door to WeChat. Every refusal is a value made by <see cref="WeChatErrors"/>, with the code and status that the errcode table
/// (<c>ReferenceData/wechat-errors.json</c>) has for our caller; only the caller's own cancellation is thrown.
/// </summary>
/// <remarks>
/// Any call may be refused with <c>wechat.busy</c> (503), <c>wechat.timeout</c> (504), <c>wechat.rateLimited</c> (429), <c>wechat.quota</c> (503 until
/// midnight in Asia/Shanghai), <c>wechat.credential</c> (502), <c>wechat.config</c>, <c>wechat.banned</c> and <c>wechat.bug</c> (500, operators are
/// alerted). Further refusals stand with each call.
/// </remarks>
public interface IWeChatClient
{
    /// <summary>
    /// Exchanges a login code. Calls with one code in flight together share the exchange; once it succeeded the code is used and refused with
    /// <c>auth.codeUsed</c>. Cancelling one caller does not cancel the exchange for the others.
    /// </summary>
    /// <returns>Refused with <c>auth.codeInvalid</c> or <c>auth.codeUsed</c> (401), <c>wechat.userBlocked</c> (403), <c>wechat.unavailable</c> (503).</returns>
    Task<Result<WeChatSession>> Code2SessionAsync(string code, CancellationToken cancellationToken);

    /// <summary>The current access token, fetched when there is none and renewed in the background when fewer than 300 s are left.</summary>
    Task<Result<WeChatToken>> GetAccessTokenAsync(CancellationToken cancellationToken);

    /// <summary>Whether a session key still is the user's.</summary>
    /// <returns>Refused with <c>wechat.sessionExpired</c> (401) when it is not.</returns>
    Task<Result<WeChatAck>> CheckSessionKeyAsync(string openId, string sessionKey, CancellationToken cancellationToken);

    /// <summary>Replaces a session key; the old one is dead at once. Never repeated by itself.</summary>
    /// <returns>The user with the new key; refused with <c>wechat.sessionExpired</c> (401) when the old one was not good any more.</returns>
    Task<Result<WeChatSession>> ResetSessionKeyAsync(string openId, string sessionKey, CancellationToken cancellationToken);

    /// <summary>Redeems the code of a tap on the phone-number button; good once, for five minutes.</summary>
    /// <param name="openId">The user who tapped, for WeChat to compare; null only where it is not known.</param>
    /// <returns>Refused with <c>wechat.codeInvalid</c> (401) for a bad or used code, <c>wechat.openidMismatch</c> (403) for another user's.</returns>
    Task<Result<WeChatPhone>> GetPhoneNumberAsync(string code, string? openId, CancellationToken cancellationToken);

    /// <summary>
    /// Sends a subscription message; messages to one user go one after the other. A lost answer is no refusal but <see cref="WeChatDeliveryState.Unknown"/>:
    /// after a refusal with a status of 429 or 5xx it was not sent as far as WeChat says, and may be sent again later.
    /// </summary>
    /// <returns>Refused with <c>wechat.openidMismatch</c> (403), <c>wechat.sensitiveText</c> (422), <c>wechat.template</c>, <c>wechat.templateValue</c> or <c>wechat.page</c> (500).</returns>
    Task<Result<WeChatDelivery>> SendSubscribeMessageAsync(WeChatSubscribeMessage message, CancellationToken cancellationToken);

    /// <summary>The templates of the account.</summary>
    Task<Result<WeChatTemplates>> ListTemplatesAsync(CancellationToken cancellationToken);

    /// <summary>Reads an identity card. A typing aid, no proof.</summary>
    /// <returns>Refused with <c>ocr.notFound</c> or <c>ocr.imageInvalid</c> (422), <c>ocr.quota</c> (503).</returns>
    Task<Result<WeChatIdCard>> ReadIdCardAsync(WeChatPicture picture, CancellationToken cancellationToken);

    /// <summary>Reads a business licence. A typing aid, no proof.</summary>
    /// <returns>Refused with <c>ocr.notFound</c> or <c>ocr.imageInvalid</c> (422), <c>ocr.quota</c> (503).</returns>
    Task<Result<WeChatLicence>> ReadBusinessLicenceAsync(WeChatPicture picture, CancellationToken cancellationToken);

    /// <summary>Has a text judged.</summary>
    /// <returns>A risky text is a verdict, no refusal; refused with <c>wechat.contentTooLong</c> (422), <c>wechat.openidMismatch</c> (403).</returns>
    Task<Result<WeChatVerdict>> CheckTextAsync(WeChatText text, CancellationToken cancellationToken);

    /// <summary>Has a file judged later; the verdict is pushed.</summary>
    Task<Result<WeChatMediaJob>> CheckMediaAsync(WeChatMedia media, CancellationToken cancellationToken);

    /// <summary>Draws a Mini Program code.</summary>
    /// <returns>Refused with <c>wechat.page</c> (500) for a page the edition does not have.</returns>
    Task<Result<WeChatCodeImage>> GetUnlimitedCodeAsync(WeChatCodeRequest request, CancellationToken cancellationToken);

    /// <summary>Makes a link that opens the Mini Program.</summary>
    Task<Result<WeChatLink>> GenerateUrlLinkAsync(WeChatLinkRequest request, CancellationToken cancellationToken);

    /// <summary>Starts a face verification (getverifyid). Not repeated when its answer is lost: a serial works once.</summary>
    /// <returns>Refused with <c>face.nameInvalid</c> or <c>face.idInvalid</c> (422); <c>wechat.busy</c> (503) also for a serial used before.</returns>
    Task<Result<WeChatFaceTicket>> StartFaceVerificationAsync(WeChatFaceStart start, CancellationToken cancellationToken);

    /// <summary>How a face verification stands (queryverifyinfo).</summary>
    /// <returns>Refused with <c>face.tampered</c> (403), <c>face.expired</c> (409), <c>face.busy</c> (503), <c>face.config</c> (500).</returns>
    Task<Result<WeChatFaceResult>> QueryFaceVerificationAsync(WeChatFaceQuery query, CancellationToken cancellationToken);
}

/// <summary>What a login code stood for. Never leaves the server and never prints.</summary>
/// <param name="OpenId">The user within this Mini Program.</param>
/// <param name="SessionKey">Base64 text of 16 bytes: the secret WeChat signs and encrypts this user's data with.</param>
/// <param name="UnionId">The person across the apps of one open-platform account; null where the Mini Program is bound to none.</param>
public sealed record WeChatSession(string OpenId, string SessionKey, string? UnionId)
{
    public override string ToString() => nameof(WeChatSession);
}

/// <summary>An access token. Never prints.</summary>
/// <param name="Value">The token; up to 512 characters.</param>
/// <param name="FetchedAt">When this process got it.</param>
/// <param name="ExpiresAt">The first instant at which it no longer works.</param>
public sealed record WeChatToken(string Value, DateTimeOffset FetchedAt, DateTimeOffset ExpiresAt)
{
    public override string ToString() => nameof(WeChatToken);
}
