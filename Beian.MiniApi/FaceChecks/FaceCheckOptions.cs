using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.FaceChecks;

/// <summary>Who compares a living face with a certificate.</summary>
public enum FaceCheckProviderKind
{
    /// <summary>Nobody: a picture of the person with the certificate takes the place of every check.</summary>
    None = 1,

    /// <summary>Whoever speaks the small protocol of the sandbox at <see cref="FaceCheckOptions.BaseUrl"/>.</summary>
    Sandbox = 2,

    /// <summary>Tencent Cloud E证通: open to every trade.</summary>
    TencentEid = 3,

    /// <summary>Tencent Cloud FaceID (慧眼): only for listed trades.</summary>
    TencentFaceId = 4,

    /// <summary>WeChat's own face verification 2.0: only for Mini Programs of listed trades.</summary>
    WeChat = 5,
}

/// <summary>How the provider of face checks is chosen and reached.</summary>
public sealed class FaceCheckOptions
{
    public const string Section = "FaceCheck";

    /// <summary>The word for having no provider: a picture of the person with the certificate takes the place of every check.</summary>
    public const string None = "none";

    /// <summary>Who does the checks: <c>none</c>, <c>sandbox</c>, <c>tencentEid</c>, <c>tencentFaceId</c> or <c>wechat</c>. Without it the address below decides: <c>none</c>, else <c>sandbox</c>.</summary>
    [RegularExpression("none|sandbox|tencentEid|tencentFaceId|wechat", ErrorMessage = "FaceCheck:Provider must be 'none', 'sandbox', 'tencentEid', 'tencentFaceId' or 'wechat'.")]
    public string? Provider { get; set; }

    /// <summary>For the sandbox's protocol: absolute address ending in a slash, <c>self</c> for this server's sandbox, or <c>none</c>. Default <c>none</c>; Development sets <c>self</c>.</summary>
    [Required]
    [RegularExpression("none|self|https?://.+/", ErrorMessage = "FaceCheck:BaseUrl must be 'none', 'self' or an absolute http(s) address ending in a slash.")]
    public string BaseUrl { get; set; } = None;

    /// <summary>How long one call may take, repeats included. Default 4 s. All calls of one reading together take 1 s more at most, so that a caller is answered within 5.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long no call is made once half of at least five within 30 s have failed. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan Break { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a check that is not finished is read again by itself, in case the phone never comes back. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ReadEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a code that hands the check over to another person's phone can be redeemed, in business time. Default 2 h: long enough to reach a colleague, too short to be found later.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan HandoverLifetime { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Page of the Mini Program that the picture of such a code opens, without a leading slash; the code comes as its scene. Default <c>pages/handover/index</c>.</summary>
    [Required]
    public string HandoverPage { get; set; } = "pages/handover/index";

    /// <summary>Days a picture of the check is kept where the province's rules demand one. Default 90: the authority's 20 working days, and once 45 days for mending what it sent back.</summary>
    [Range(1, 3650)]
    public int PictureDays { get; set; } = 90;

    /// <summary>Public address of <c>/api/v1/face-checks/return</c>, to which Tencent Cloud's pages lead back; it only makes us read the result. Default none: they end where they are.</summary>
    [RegularExpression("https?://.+", ErrorMessage = "FaceCheck:ReturnUrl must be an absolute http(s) address.")]
    public string? ReturnUrl { get; set; }

    /// <summary>Name of the event with which WeChat tells that somebody finished a face verification; it only makes us read the result. WeChat's pages name none: default <c>face_verify_result</c>, UNVERIFIED.</summary>
    [Required]
    public string PushEvent { get; set; } = "face_verify_result";

    /// <summary>Who does the checks.</summary>
    public FaceCheckProviderKind Chosen => Provider is { Length: > 0 }
        ? Enum.TryParse<FaceCheckProviderKind>(Provider, ignoreCase: true, out var kind) ? kind : FaceCheckProviderKind.None
        : BaseUrl == None ? FaceCheckProviderKind.None : FaceCheckProviderKind.Sandbox;

    /// <summary>True when the checks go to Tencent Cloud.</summary>
    public bool IsTencent => Chosen is FaceCheckProviderKind.TencentEid or FaceCheckProviderKind.TencentFaceId;
}

/// <summary>Tencent Cloud's face checks; needed only when one of them is chosen.</summary>
public sealed class TencentFaceOptions
{
    public const string Section = "FaceCheck:Tencent";

    /// <summary>Where the sandbox plays Tencent Cloud.</summary>
    public const string SandboxPath = "/sandbox/tencent/";

    /// <summary>SecretId of the API key; no default.</summary>
    public string? SecretId { get; set; }

    /// <summary>SecretKey of the API key; no default, never logged.</summary>
    public string? SecretKey { get; set; }

    /// <summary>Region header; default none, as FaceID needs none.</summary>
    public string? Region { get; set; }

    /// <summary>MerchantId from the console; needed for <c>tencentEid</c>.</summary>
    public string? MerchantId { get; set; }

    /// <summary>RuleId of the flow from the console; needed for <c>tencentFaceId</c>.</summary>
    public string? RuleId { get; set; }

    /// <summary>Address ending in a slash, or <c>self</c> for this server's sandbox; default <c>https://faceid.tencentcloudapi.com/</c>.</summary>
    [Required]
    [RegularExpression("self|https?://[^/]+/", ErrorMessage = "FaceCheck:Tencent:Endpoint must be 'self' or an absolute http(s) address ending in a slash, without a path.")]
    public string Endpoint { get; set; } = "https://faceid.tencentcloudapi.com/";

    /// <summary>True when this server plays it.</summary>
    public bool IsSelf => Endpoint == Platform.SelfAddress.Self;
}
