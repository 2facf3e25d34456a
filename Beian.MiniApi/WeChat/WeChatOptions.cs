using System.ComponentModel.DataAnnotations;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.WeChat;

/// <summary>How this service reaches WeChat.</summary>
public sealed class WeChatOptions
{
    public const string Section = "WeChat";

    /// <summary>Where the sandbox plays WeChat inside this server.</summary>
    public const string SandboxPath = "/sandbox/wechat/";

    internal const string Builtin = "builtin";

    internal const string Skit = "skit";

    /// <summary>The Mini Program's appid; no default.</summary>
    [Required]
    public string AppId { get; set; } = string.Empty;

    /// <summary>The Mini Program's AppSecret; no default, never logged.</summary>
    [Required]
    public string AppSecret { get; set; } = string.Empty;

    /// <summary>Base address, or <c>self</c> for the sandbox of this server; default <c>https://api.weixin.qq.com</c>.</summary>
    [Required]
    [RegularExpression("self|https?://.+", ErrorMessage = "WeChat:BaseUrl must be 'self' or an absolute http(s) address.")]
    public string BaseUrl { get; set; } = "https://api.weixin.qq.com";

    /// <summary>Which client makes the calls: <c>builtin</c>, the default, or <c>skit</c>, which only the cluster stack has.</summary>
    [Required]
    [RegularExpression("builtin|skit", ErrorMessage = "WeChat:Client must be 'builtin' or 'skit'.")]
    public string Client { get; set; } = Builtin;

    /// <summary>Milliseconds one attempt may take; default 3,000.</summary>
    [Range(50, 60_000)]
    public int AttemptTimeoutMilliseconds { get; set; } = 3_000;

    /// <summary>Milliseconds a call may take with all its attempts; default 5,000.</summary>
    [Range(50, 120_000)]
    public int CallTimeoutMilliseconds { get; set; } = 5_000;

    /// <summary>Milliseconds one attempt may take where a picture goes along or comes back; default 8,000.</summary>
    [Range(50, 60_000)]
    public int PictureAttemptTimeoutMilliseconds { get; set; } = 8_000;

    /// <summary>Milliseconds such a call may take with all its attempts; default 12,000.</summary>
    [Range(50, 120_000)]
    public int PictureCallTimeoutMilliseconds { get; set; } = 12_000;

    /// <summary>Calls of one endpoint that may run at once; one more is told to come back in a moment; default 64.</summary>
    [Range(1, 10_000)]
    public int MaxCallsAtOnce { get; set; } = 64;

    /// <summary>Share of failed attempts that opens the breaker of an endpoint; default 0.8.</summary>
    [Range(0.05, 1.0)]
    public double BreakerFailureRatio { get; set; } = 0.8;

    /// <summary>Attempts within 30 seconds before the breaker may open; default 20.</summary>
    [Range(2, 10_000)]
    public int BreakerMinimumAttempts { get; set; } = 20;

    /// <summary>Milliseconds an open breaker refuses calls before it lets one through; default 5,000.</summary>
    [Range(500, 600_000)]
    public int BreakerPauseMilliseconds { get; set; } = 5_000;

    /// <summary>Forced token refreshes this installation allows itself per day of Asia/Shanghai; WeChat allows 20; default 5.</summary>
    [Range(0, 15)]
    public int ForcedRefreshesPerDay { get; set; } = 5;

    /// <summary>Seconds between looks at whether the access token is about to run out; default 20.</summary>
    [Range(1, 240)]
    public int TokenWatchSeconds { get; set; } = 20;

    /// <summary>True when the outside world is played by this server.</summary>
    public bool IsSelf => BaseUrl == SelfAddress.Self;
}
