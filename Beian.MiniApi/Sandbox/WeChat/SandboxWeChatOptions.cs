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
}
