using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.Channels.Sms;

/// <summary>Text messages to applicants. Without a provider none are sent, and inbox and WeChat have everything all the same.</summary>
public sealed class SmsOptions
{
    public const string Section = "Sms";

    /// <summary>Who sends them: <c>none</c>, <c>tencent</c> or <c>http</c>. Default <c>none</c>, in Development <c>tencent</c> as the sandbox plays it.</summary>
    [Required]
    [RegularExpression("none|tencent|http", ErrorMessage = "Sms:Provider must be 'none', 'tencent' or 'http'.")]
    public string Provider { get; set; } = "none";

    /// <summary>How long one call may take; default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long no call is made once half of at least five within 30 s have failed; default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan Break { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>For <c>tencent</c>: the console's approved templates (正文模板) and what each of them tells. An event without one cannot be told by it. Default none.</summary>
    public IList<SmsTemplateOptions> Templates { get; } = [];

    /// <summary>Longest value of a template in characters; longer ones are cut, since the operator's console sets the limit by its kind of account. Default 12, which any account may have.</summary>
    [Range(6, 200)]
    public int MaxParameterLength { get; set; } = 12;
}

/// <summary>One template of the SMS console.</summary>
public sealed class SmsTemplateOptions
{
    /// <summary>The template's id, digits.</summary>
    public string Id { get; set; } = string.Empty;

    /// <summary>What it tells, such as <c>notification.approve</c>; each event belongs to one template.</summary>
    public IList<string> Events { get; } = [];

    /// <summary>What its variables {1}, {2} … say, in their order: <c>subject</c>, <c>site</c>, <c>domain</c>, <c>state</c>, <c>at</c>, <c>number</c>, <c>hint</c>, <c>reason</c>, <c>deadline</c> or <c>phoneTail</c>.</summary>
    public IList<string> Parameters { get; } = [];
}

/// <summary>Tencent Cloud SMS; needed only when <c>Sms:Provider</c> is <c>tencent</c>.</summary>
public sealed class TencentSmsOptions
{
    public const string Section = "Sms:Tencent";

    /// <summary>Where the sandbox plays Tencent Cloud.</summary>
    public const string SandboxPath = "/sandbox/tencent/";

    /// <summary>SecretId of the API key; no default.</summary>
    public string? SecretId { get; set; }

    /// <summary>SecretKey of the API key; no default, never logged.</summary>
    public string? SecretKey { get; set; }

    /// <summary>Region header; default <c>ap-guangzhou</c>.</summary>
    [Required]
    [RegularExpression("[a-z0-9-]+")]
    public string Region { get; set; } = "ap-guangzhou";

    /// <summary>SdkAppId of the application in the SMS console; no default.</summary>
    public string? SdkAppId { get; set; }

    /// <summary>The approved signature (签名), without brackets; no default.</summary>
    public string? SignName { get; set; }

    /// <summary>Address ending in a slash, or <c>self</c> for this server's sandbox; default <c>https://sms.tencentcloudapi.com/</c>.</summary>
    [Required]
    [RegularExpression("self|https?://[^/]+/", ErrorMessage = "Sms:Tencent:Endpoint must be 'self' or an absolute http(s) address ending in a slash, without a path.")]
    public string Endpoint { get; set; } = "https://sms.tencentcloudapi.com/";
}

/// <summary>A gateway of the operator's own for text messages; needed only when <c>Sms:Provider</c> is <c>http</c>.</summary>
public sealed class HttpSmsOptions
{
    public const string Section = "Sms:Http";

    /// <summary>Where the sandbox plays such a gateway.</summary>
    public const string SandboxPath = "/sandbox/sms";

    /// <summary>Address that each message is posted to as JSON <c>{ key, to, event, text, values }</c>, or <c>self</c> for this server's sandbox; no default.</summary>
    [RegularExpression("self|https?://.+", ErrorMessage = "Sms:Http:Url must be 'self' or an absolute http(s) address.")]
    public string? Url { get; set; }

    /// <summary>Value of the header <c>Authorization</c>; default none, never logged.</summary>
    public string? Authorization { get; set; }
}
