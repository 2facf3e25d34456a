using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>What the played WeChat knows: the Mini Program from the client's own section, its other settings from <see cref="Section"/>.</summary>
public sealed class SandboxWeChatOptions
{
    public const string Section = "Sandbox:WeChat";

    /// <summary>The section that holds appid and secret for client and sandbox alike.</summary>
    public const string AppSection = "WeChat";

    /// <summary>The only appid it knows.</summary>
    public string AppId { get; set; } = string.Empty;

    /// <summary>The AppSecret it accepts.</summary>
    public string AppSecret { get; set; } = string.Empty;

    /// <summary>API IP whitelist of the token calls: single addresses; empty, the default, switches it off.</summary>
    public IList<string> AllowedAddresses { get; } = [];

    /// <summary>Minutes after which a login replaces the user's session key; default 30.</summary>
    [Range(0, 100_000)]
    public int SessionKeyMinutes { get; set; } = 30;

    /// <summary>Milliseconds until the verdict on a file is pushed; default 2,000.</summary>
    [Range(0, 3_600_000)]
    public int MediaVerdictMilliseconds { get; set; } = 2_000;

    /// <summary>Whether a multipart boundary in quotes is understood, which WeChat is said not to do; default false.</summary>
    public bool QuotedBoundary { get; set; }
}
