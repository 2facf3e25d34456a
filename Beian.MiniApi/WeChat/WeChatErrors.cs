using System.Collections.Frozen;
using Beian.MiniApi.Domain;

namespace Beian.MiniApi.WeChat;

/// <summary>Refusals that come from WeChat, in our words. Which errcode leads to which stands in <c>ReferenceData/wechat-errors.json</c>.</summary>
public static class WeChatErrors
{
    /// <summary>How long to wait after a failure that usually passes by itself.</summary>
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(5);

    private static readonly FrozenDictionary<string, DomainError> All = new DomainError[]
    {
        // Those of the login are fixed by the contract of our own API.
        new("auth.codeInvalid", ErrorKind.Unauthenticated),
        new("auth.codeUsed", ErrorKind.Unauthenticated),
        new("wechat.unavailable", ErrorKind.Unavailable),
        new("wechat.busy", ErrorKind.Unavailable),
        new("wechat.timeout", ErrorKind.TimedOut),
        new("wechat.quota", ErrorKind.Unavailable),
        new("wechat.rateLimited", ErrorKind.TooMany),
        new("wechat.credential", ErrorKind.BadGateway),
        new("wechat.config", ErrorKind.Broken),
        new("wechat.banned", ErrorKind.Broken),
        new("wechat.bug", ErrorKind.Broken),
        new("wechat.page", ErrorKind.Broken),
        new("wechat.template", ErrorKind.Broken),
        new("wechat.templateValue", ErrorKind.Broken),
        new("wechat.codeInvalid", ErrorKind.Unauthenticated),
        new("wechat.sessionExpired", ErrorKind.Unauthenticated),
        new("wechat.userBlocked", ErrorKind.Forbidden),
        new("wechat.openidMismatch", ErrorKind.Forbidden),
        new("wechat.contentTooLong", ErrorKind.Unprocessable),
        new("wechat.sensitiveText", ErrorKind.Unprocessable),
        new("wechat.dataUnknown", ErrorKind.Unprocessable),
        new("ocr.imageUnreachable", ErrorKind.Unprocessable),
        new("ocr.imageInvalid", ErrorKind.Unprocessable),
        new("ocr.notFound", ErrorKind.Unprocessable),
        new("ocr.quota", ErrorKind.Unavailable),
        new("upload.tooLarge", ErrorKind.Unprocessable),
        new("face.nameInvalid", ErrorKind.Unprocessable),
        new("face.idInvalid", ErrorKind.Unprocessable),
        new("face.tampered", ErrorKind.Forbidden),
        new("face.expired", ErrorKind.Conflict),
        new("face.busy", ErrorKind.Unavailable),
        new("face.config", ErrorKind.Broken),
    }.ToFrozenDictionary(e => e.Code, StringComparer.Ordinal);

    /// <summary>The refusal of a code, without a time to wait; null for what is none of WeChat's.</summary>
    public static DomainError? Find(string code) => All.GetValueOrDefault(code);

    /// <summary>The refusal of a code with the time to wait.</summary>
    /// <param name="code">One that <see cref="Find"/> knows.</param>
    /// <param name="wait">Null for the usual: a few seconds where waiting helps.</param>
    public static DomainError Of(string code, TimeSpan? wait = null) =>
        All[code] with { RetryAfter = wait ?? (All[code].Kind is ErrorKind.Unavailable or ErrorKind.TimedOut or ErrorKind.BadGateway or ErrorKind.TooMany ? ShortWait : null) };

    /// <summary>The login code is wrong, too old, or belongs to another Mini Program: log in again with a new one.</summary>
    public static DomainError CodeInvalid() => Of("auth.codeInvalid");

    /// <summary>The login code was exchanged before: log in again with a new one.</summary>
    public static DomainError CodeUsed() => Of("auth.codeUsed");

    /// <summary>The code of a tap on the phone-number button is no such code.</summary>
    public static DomainError PhoneCodeInvalid() => Of("wechat.codeInvalid");

    /// <summary>The same refusal where a code may be used up: waiting does not help, a new code does.</summary>
    public static DomainError CodeLost(DomainError refusal) => refusal with { RemedyCode = "wechat.codeLost", RetryAfter = null };

    /// <summary>No access token can be had that the endpoints take.</summary>
    public static DomainError Credential(TimeSpan wait) => Of("wechat.credential", wait);

    /// <summary>The picture is none, or too big for WeChat.</summary>
    public static DomainError PictureInvalid() => Of("ocr.imageInvalid");

    /// <summary>The text is longer than WeChat checks.</summary>
    public static DomainError ContentTooLong() => Of("wechat.contentTooLong");

    /// <summary>Encrypted data is not ours, too old, or was made with another session key.</summary>
    public static DomainError DataUnknown() => Of("wechat.dataUnknown");

    /// <summary>What came back belongs to another Mini Program.</summary>
    public static DomainError Misconfigured() => Of("wechat.config");
}
