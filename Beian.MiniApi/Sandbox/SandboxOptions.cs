using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.Sandbox;

/// <summary>The played outside world.</summary>
public sealed class SandboxOptions
{
    public const string Section = "Sandbox";

    /// <summary>Whether WeChat, registries, face check, and the receivers of text messages, mails and webhooks are played by this server, and the demo inventory is there; default false, in Development true. Nowhere else may it be true.</summary>
    public bool Enabled { get; set; }

    /// <summary>Whether other machines may reach the sandbox, and the program may listen beyond loopback with it; default false.</summary>
    public bool AllowRemote { get; set; }

    /// <summary>Address of another program whose sandbox plays the outside world for this one as well, so that several instances on one machine live in one world; default null, this one's.</summary>
    [RegularExpression("https?://.+", ErrorMessage = "Sandbox:PlayedBy must be an absolute http(s) address.")]
    public string? PlayedBy { get; set; }

    /// <summary>Port of the played SMTP server on this machine; default 0, a free one.</summary>
    [Range(0, 65535)]
    public int MailPort { get; set; }
}
