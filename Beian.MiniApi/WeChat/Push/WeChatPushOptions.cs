using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.WeChat.Push;

/// <summary>What the Mini Program's console says about message push (消息推送), which WeChat sends to <c>/wechat/callback</c>.</summary>
public sealed class WeChatPushOptions
{
    public const string Section = "WeChat:Push";

    /// <summary>Signed but readable on the way, and the signature does not cover the body.</summary>
    internal const string Plain = "plain";

    /// <summary>Readable and encrypted in one body; only the encrypted part counts.</summary>
    internal const string Compatible = "compatible";

    /// <summary>Encrypted, and the signature covers it.</summary>
    internal const string Secure = "secure";

    private const string KeyPattern = "[A-Za-z0-9+/]{43}";

    /// <summary>The console's Token, never logged; without one, the default, no push is taken and <c>/wechat/callback</c> answers 404.</summary>
    [RegularExpression("[A-Za-z0-9_-]{3,32}", ErrorMessage = "WeChat:Push:Token must be 3 to 32 letters or digits.")]
    public string? Token { get; set; }

    /// <summary>The console's EncodingAESKey, 43 characters, never logged; no default, needed unless the mode is <c>plain</c>.</summary>
    [RegularExpression(KeyPattern, ErrorMessage = "WeChat:Push:EncodingAesKey must be 43 letters or digits.")]
    public string? EncodingAesKey { get; set; }

    /// <summary>The Token before the present one, while WeChat may still sign with it; no default.</summary>
    [RegularExpression("[A-Za-z0-9_-]{3,32}", ErrorMessage = "WeChat:Push:PreviousToken must be 3 to 32 letters or digits.")]
    public string? PreviousToken { get; set; }

    /// <summary>The EncodingAESKey before the present one, while WeChat may still encrypt with it; no default.</summary>
    [RegularExpression(KeyPattern, ErrorMessage = "WeChat:Push:PreviousEncodingAesKey must be 43 letters or digits.")]
    public string? PreviousEncodingAesKey { get; set; }

    /// <summary>The console's mode: <c>plain</c> (明文), <c>compatible</c> (兼容) or <c>secure</c> (安全), the default. A push of another mode is refused; <c>compatible</c> takes secure ones too, so that the console can be switched first.</summary>
    [Required]
    [RegularExpression("plain|compatible|secure")]
    public string Mode { get; set; } = Secure;

    /// <summary>Whether mode <c>plain</c>, whose signature does not cover the body, is accepted outside Development; default false.</summary>
    public bool AllowPlain { get; set; }

    /// <summary>How far the time a push was signed at may be from this server's, in either direction, at most a day; default 10 minutes. 0 switches it off, for a machine whose clock is wrong.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan TimestampWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>True when pushes are taken at all.</summary>
    public bool IsOn => !string.IsNullOrEmpty(Token);

    /// <summary>True when bodies are encrypted.</summary>
    public bool IsEncrypted => Mode != Plain;

    /// <summary>The present and the former Token, as far as there are any.</summary>
    internal IReadOnlyList<string> Tokens() => [.. new[] { Token, PreviousToken }.Where(t => !string.IsNullOrEmpty(t)).OfType<string>()];

    /// <summary>The present and the former AES key, 32 bytes each.</summary>
    /// <remarks>The last character may have spare bits that are not zero: the decoder ignores them, a strict check would refuse a key that WeChat made.</remarks>
    internal IReadOnlyList<byte[]> Keys() =>
        [.. new[] { EncodingAesKey, PreviousEncodingAesKey }.Where(k => !string.IsNullOrEmpty(k)).Select(k => Convert.FromBase64String(k + "="))];
}
