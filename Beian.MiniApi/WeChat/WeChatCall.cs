namespace Beian.MiniApi.WeChat;

/// <summary>When a call may be sent again by itself, if it was not answered well.</summary>
internal enum WeChatRepeat
{
    /// <summary>Whenever it may help, at most twice: it changes nothing, or doing it twice is harmless.</summary>
    Freely = 1,

    /// <summary>It consumes something: when it surely was not sent, and once when WeChat says that it is busy.</summary>
    OnceWhenBusy = 2,

    /// <summary>Only when it surely was not sent.</summary>
    OnlyUnsent = 3,
}

/// <summary>How long a call may take.</summary>
internal enum WeChatPace
{
    /// <summary>A small question.</summary>
    Quick = 1,

    /// <summary>A picture goes along, or comes back.</summary>
    Picture = 2,
}

/// <summary>One endpoint of WeChat and what may be done when it fails.</summary>
/// <param name="Name">Our short name, in logs and metrics and of the breaker.</param>
/// <param name="Path">Relative to the base address, without a leading slash; the name in the errcode table.</param>
/// <param name="Repeat">When it may be sent again by itself.</param>
/// <param name="Pace">How long it may take.</param>
internal sealed record WeChatCall(string Name, string Path, WeChatRepeat Repeat, WeChatPace Pace = WeChatPace.Quick)
{
    public static readonly WeChatCall Code2Session = new("code2session", "sns/jscode2session", WeChatRepeat.OnceWhenBusy);

    public static readonly WeChatCall StableToken = new("stableToken", "cgi-bin/stable_token", WeChatRepeat.Freely);

    public static readonly WeChatCall CheckSession = new("checkSession", "wxa/checksession", WeChatRepeat.Freely);

    public static readonly WeChatCall ResetSession = new("resetSession", "wxa/resetusersessionkey", WeChatRepeat.OnlyUnsent);

    public static readonly WeChatCall PhoneNumber = new("phoneNumber", "wxa/business/getuserphonenumber", WeChatRepeat.OnceWhenBusy) { UsesCode = true };

    /// <remarks>There is no id by which WeChat tells a repeat, and a user may have given several permissions: a second sending would be a second message.</remarks>
    public static readonly WeChatCall SubscribeSend = new("subscribeSend", "cgi-bin/message/subscribe/send", WeChatRepeat.OnceWhenBusy) { KeepsUnknown = true };

    public static readonly WeChatCall Templates = new("templates", "wxaapi/newtmpl/gettemplate", WeChatRepeat.Freely);

    public static readonly WeChatCall IdCard = new("idCard", "cv/ocr/idcard", WeChatRepeat.Freely, WeChatPace.Picture);

    public static readonly WeChatCall Licence = new("licence", "cv/ocr/bizlicense", WeChatRepeat.Freely, WeChatPace.Picture);

    public static readonly WeChatCall TextCheck = new("textCheck", "wxa/msg_sec_check", WeChatRepeat.Freely);

    /// <remarks>A second sending would be a second job.</remarks>
    public static readonly WeChatCall MediaCheck = new("mediaCheck", "wxa/media_check_async", WeChatRepeat.OnceWhenBusy);

    public static readonly WeChatCall UnlimitedCode = new("unlimitedCode", "wxa/getwxacodeunlimit", WeChatRepeat.Freely, WeChatPace.Picture);

    public static readonly WeChatCall UrlLink = new("urlLink", "wxa/generate_urllink", WeChatRepeat.OnceWhenBusy);

    /// <remarks>A serial works once: the second sending would be told that it exists.</remarks>
    public static readonly WeChatCall FaceStart = new("faceStart", "cityservice/face/identify/getverifyid", WeChatRepeat.OnceWhenBusy);

    public static readonly WeChatCall FaceQuery = new("faceQuery", "cityservice/face/identify/queryverifyinfo", WeChatRepeat.Freely);

    /// <summary>Every endpoint in use.</summary>
    public static readonly IReadOnlyList<WeChatCall> All =
    [
        Code2Session, StableToken, CheckSession, ResetSession, PhoneNumber, SubscribeSend, Templates, IdCard, Licence, TextCheck, MediaCheck, UnlimitedCode, UrlLink,
        FaceStart, FaceQuery,
    ];

    /// <summary>True where it is no refusal when nobody can tell whether it was done, so that the caller does not do it again.</summary>
    public bool KeepsUnknown { get; private init; }

    /// <summary>True where a code of a tap goes along that a lost answer may have used up.</summary>
    public bool UsesCode { get; private init; }

    /// <summary>True for the calls that carry an access token instead of the AppSecret.</summary>
    public bool NeedsToken => this != Code2Session && this != StableToken;

    /// <summary>True for the calls that are sent with GET.</summary>
    public bool IsGet => this == Code2Session || this == CheckSession || this == ResetSession || this == Templates;
}
